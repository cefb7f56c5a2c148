//! One request's exchange: what the machine asks for is done, and what comes of it is told.

use std::{
    future::poll_fn,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};
use twenty_webhook::{
    Delivery, Timestamp,
    receiver::{Action, Answer, Body, Claimed, Exchange, Notice, RequestHead, Turn},
};

use crate::{
    BoxError, Head, ReceiverError, RequestOutcome,
    body::Unread,
    error::Causes,
    log,
    receiver::Inner,
    task::{Report, Running, abandon, guarded, spawn},
};

pub(crate) struct Drive {
    receiver: Arc<Inner>,
    exchange: Exchange,
    head: Head,
    begun: Instant,
    /// Until a handler has it; with `on_error` until all is over.
    delivery: Option<Delivery<'static>>,
    claim: Option<Running<Option<String>>>,
    handler: Option<Running<()>>,
    release: Option<Running<()>>,
    causes: Causes,
    alive: watch::Receiver<()>,
}

impl Drive {
    pub(crate) fn begin(receiver: Arc<Inner>, head: Head, told: &RequestHead<'_>) -> (Self, Turn) {
        let (exchange, turn) = Exchange::begin(Arc::clone(&receiver.rules), told);
        let drive = Self {
            exchange,
            head,
            begun: Instant::now(),
            delivery: None,
            claim: None,
            handler: None,
            release: None,
            causes: Causes::default(),
            alive: receiver.alive.subscribe(),
            receiver,
        };
        (drive, turn)
    }

    /// What is answered where this crate itself is at fault.
    pub(crate) fn fault(receiver: Arc<Inner>, head: Head, panic: BoxError) -> Option<Answer> {
        let told = RequestHead { method: "POST", content_encoding: None, content_length: None };
        let mut drive = Self::begin(receiver, head, &told).0;
        let turn = drive.exchange.fault(drive.causes.keep(panic));
        drive.carry_out(turn)
    }

    /// Finds the webhook, which judges the head.
    pub(crate) async fn find(&mut self, told: &RequestHead<'_>, within: Duration) -> Turn {
        let found = self.receiver.finder.find(&self.head, within, &mut self.causes).await;
        let webhook = match found {
            Ok(webhook) => webhook,
            Err(why) => return self.exchange.not_found(why),
        };
        match self.now() {
            Ok(now) => self.exchange.found(webhook, told, &self.head.headers, now),
            Err(fault) => fault,
        }
    }

    pub(crate) fn give_up(&mut self, unread: Unread) -> Turn {
        let cause = unread.cause.and_then(|cause| self.causes.keep(cause));
        self.exchange.unreadable(unread.why, unread.remedy.map(str::to_owned), cause)
    }

    pub(crate) fn verify(&mut self, body: &[u8]) -> Turn {
        let now = match self.now() {
            Ok(now) => now,
            Err(fault) => return fault,
        };
        let (turn, delivery) = self.exchange.body(Body::Bytes(body), &self.head.headers, now);
        self.delivery = delivery.map(Delivery::into_owned);
        turn
    }

    fn now(&mut self) -> Result<Timestamp, Turn> {
        guarded(&self.receiver.clock).map_err(|panic| self.exchange.fault(self.causes.keep(panic)))
    }

    /// Goes on until there is an answer; what comes after it does so in a task of its own.
    pub(crate) async fn run(mut self, mut turn: Turn) -> Option<Answer> {
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
        if self.handler.is_none() {
            // A store may take a minute for what no handler is to get.
            self.delivery = None;
        }
        while let Some(turn) = self.next().await {
            self.carry_out(turn);
        }
    }

    /// Logs, and begins what is to be done; gives what is to be sent back first.
    pub(crate) fn carry_out(&mut self, turn: Turn) -> Option<Answer> {
        for notice in turn.notices {
            self.report(notice);
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
                let (receiver, head) = (Arc::clone(&self.receiver), Arc::clone(&self.head));
                let delivery = if receiver.on_error.is_some() { self.delivery.clone() } else { self.delivery.take() };
                let handle = |delivery| async move { receiver.handlers[route](delivery, head).await };
                self.handler = delivery.map(|delivery| Running::new(warn_after, handle(delivery)));
            }
            _ => {}
        }
        turn.answer
    }

    fn report(&mut self, notice: Notice) {
        let Self { receiver, exchange, head, delivery, causes, .. } = self;
        let (webhook, facts, outcome) = (exchange.webhook_name(), exchange.facts(), notice.outcome);
        log::notice(&notice, webhook, facts);
        if let (Some(code), Some(on_error)) = (notice.code, &receiver.on_error) {
            let error = ReceiverError::new(code, notice, causes, delivery.take(), head);
            if let Err(panic) = guarded(|| on_error(&error)) {
                log::told_in_vain("on_error", &panic, webhook, facts);
            }
            *delivery = error.delivery;
        }
        if let (Some(outcome), Some(on_outcome)) = (outcome, &receiver.on_outcome) {
            let told = RequestOutcome { outcome, duration: self.begun.elapsed(), facts, webhook, head };
            if let Err(panic) = guarded(|| on_outcome(&told)) {
                log::told_in_vain("on_outcome", &panic, webhook, facts);
            }
        }
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
        let within = self.receiver.rules.limits().late_claim_timeout;
        self.exchange.claimed(match report {
            Report::Ended { result: Ok(Some(token)), .. } => Claimed::Granted { token },
            Report::Ended { result: Ok(None), .. } => Claimed::Held,
            Report::Ended { result: Err(error), .. } => Claimed::Failed { cause: self.causes.keep(error) },
            Report::TakesLong if self.claim.as_mut().is_some_and(|claim| claim.ring_again(within)) => Claimed::Late,
            Report::TakesLong => {
                abandon(self.claim.take());
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
                    let within = self.receiver.rules.limits().late_claim_timeout;
                    release.leave(within, self.alive.clone());
                }
                self.exchange.not_released_in_time()
            }
        }
    }
}
