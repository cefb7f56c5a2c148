//! One request's exchange: what the machine asks for is done, and what comes of it is told.

use std::{
    future::poll_fn,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::HeaderMap;
use twenty_webhook::{
    Delivery, Timestamp,
    receiver::{Action, Answer, Body, Claimed, Exchange, RequestHead, Turn},
};

use crate::{
    BoxError,
    body::Unread,
    error::Causes,
    receiver::Inner,
    task::{Report, Running, guarded, spawn},
};

pub(crate) struct Drive {
    receiver: Arc<Inner>,
    exchange: Exchange,
    delivery: Option<Delivery<'static>>,
    claim: Option<Running<Option<String>>>,
    handler: Option<Running<()>>,
    release: Option<Running<()>>,
    causes: Causes,
}

impl Drive {
    /// What comes before the body.
    pub(crate) fn begin(receiver: &Arc<Inner>, head: &RequestHead<'_>, headers: &HeaderMap) -> (Self, Turn) {
        let (exchange, mut turn) = Exchange::begin(Arc::clone(&receiver.rules), head);
        let mut drive = Self::of(receiver, exchange);
        if let Some(Action::FindWebhook { .. }) = turn.next {
            turn = match drive.now() {
                Ok(now) => drive.exchange.found(Arc::clone(&receiver.webhook), head, headers, now),
                Err(fault) => fault,
            };
        }
        (drive, turn)
    }

    /// What is answered where this crate itself is at fault.
    pub(crate) fn fault(receiver: &Arc<Inner>, panic: BoxError) -> Option<Answer> {
        let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
        let mut drive = Self::of(receiver, Exchange::begin(Arc::clone(&receiver.rules), &head).0);
        let turn = drive.exchange.fault(drive.causes.keep(panic));
        drive.carry_out(turn)
    }

    fn of(receiver: &Arc<Inner>, exchange: Exchange) -> Self {
        let (receiver, causes) = (Arc::clone(receiver), Causes::default());
        Self { receiver, exchange, delivery: None, claim: None, handler: None, release: None, causes }
    }

    pub(crate) fn give_up(&mut self, unread: Unread) -> Option<Answer> {
        let cause = unread.cause.and_then(|cause| self.causes.keep(cause));
        let turn = self.exchange.unreadable(unread.why, unread.remedy.map(str::to_owned), cause);
        self.carry_out(turn)
    }

    /// Goes on until there is an answer; what comes after it does so in a task of its own.
    pub(crate) async fn run(mut self, headers: HeaderMap, body: Bytes) -> Option<Answer> {
        let mut turn = self.verify(&headers, &body);
        // Not to be kept while handlers run.
        drop((headers, body));
        loop {
            let answer = self.carry_out(turn);
            if answer.is_some() {
                if self.is_waiting() {
                    spawn(self.end());
                }
                return answer;
            }
            turn = self.next().await?;
        }
    }

    async fn end(mut self) {
        // A store may take a minute for what no handler is to get.
        self.delivery = None;
        while let Some(turn) = self.next().await {
            self.carry_out(turn);
        }
    }

    fn verify(&mut self, headers: &HeaderMap, body: &[u8]) -> Turn {
        let now = match self.now() {
            Ok(now) => now,
            Err(fault) => return fault,
        };
        let (turn, delivery) = self.exchange.body(Body::Bytes(body), headers, now);
        self.delivery = delivery.map(Delivery::into_owned);
        turn
    }

    fn now(&mut self) -> Result<Timestamp, Turn> {
        guarded(&self.receiver.clock).map_err(|panic| self.exchange.fault(self.causes.keep(panic)))
    }

    /// Logs, and begins what is to be done; gives what is to be sent back first.
    pub(crate) fn carry_out(&mut self, turn: Turn) -> Option<Answer> {
        for notice in turn.notices {
            self.receiver.report(self.exchange.facts(), notice, &mut self.causes);
        }
        match (turn.next, &self.receiver.store) {
            (Some(Action::Claim { key, ttl, window, within }), Some(store)) => {
                let store = Arc::clone(store);
                self.claim = Some(Running::new(Some(within), async move { store.claim(&key, ttl, window).await }));
            }
            (Some(Action::Release { key, token, within }), Some(store)) => {
                let store = Arc::clone(store);
                self.release = Some(Running::new(Some(within), async move { store.release(&key, &token).await }));
            }
            (Some(Action::Handle { route, warn_after }), _) => {
                let receiver = Arc::clone(&self.receiver);
                let handle = |delivery| async move { receiver.handlers[route](delivery).await };
                self.handler = self.delivery.take().map(|delivery| Running::new(warn_after, handle(delivery)));
            }
            _ => {}
        }
        turn.answer
    }

    fn is_waiting(&self) -> bool {
        self.claim.is_some() || self.handler.is_some() || self.release.is_some()
    }

    async fn next(&mut self) -> Option<Turn> {
        if !self.is_waiting() {
            return None;
        }
        Some(poll_fn(|context| self.poll(context)).await)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Turn> {
        if let Poll::Ready(report) = Running::poll(&mut self.claim, context) {
            return Poll::Ready(self.claimed(report));
        }
        if let Poll::Ready(report) = Running::poll(&mut self.handler, context) {
            return Poll::Ready(self.handled(report));
        }
        Running::poll(&mut self.release, context).map(|report| self.released(report))
    }

    fn claimed(&mut self, report: Report<Option<String>>) -> Turn {
        let waits_on = self.receiver.rules.limits().late_claim_timeout;
        self.exchange.claimed(match report {
            Report::Ended { result: Ok(Some(token)), .. } => Claimed::Granted { token },
            Report::Ended { result: Ok(None), .. } => Claimed::Held,
            Report::Ended { result: Err(error), .. } => Claimed::Failed { cause: self.causes.keep(error) },
            Report::TakesLong if self.claim.as_mut().is_some_and(|claim| claim.ring_again(waits_on)) => Claimed::Late,
            Report::TakesLong => {
                self.claim = None;
                Claimed::Abandoned
            }
        })
    }

    fn handled(&mut self, report: Report<()>) -> Turn {
        let Report::Ended { result, is_overdue } = report else {
            return self.exchange.slow();
        };
        if is_overdue {
            let turn = self.exchange.slow();
            self.carry_out(turn);
        }
        match result {
            Ok(()) => self.exchange.handled(),
            Err(error) => self.exchange.failed(self.causes.keep(error)),
        }
    }

    fn released(&mut self, report: Report<()>) -> Turn {
        match report {
            Report::Ended { result: Ok(()), .. } => self.exchange.released(),
            Report::Ended { result: Err(error), .. } => self.exchange.not_released(self.causes.keep(error)),
            Report::TakesLong => {
                if let Some(release) = self.release.take() {
                    release.leave();
                }
                self.exchange.not_released_in_time()
            }
        }
    }
}
