//! Receivers whose exchanges a host knows by number.

use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::mem;

use super::{
    Failure, Memory, PackedTurn, PickedHeaders, Webhook,
    json::{Object, array, quoted},
    memory::millis,
    told::tell,
    webhook::{instant, to_u64},
};
use crate::{
    Code,
    receiver::{Action, Body, Claimed, Exchange, Level, Notice, Outcome, RequestHead, Rules, Turn},
};

/// One receiver, and the exchanges it has open.
#[derive(Debug)]
pub struct Receiver {
    rules: Arc<Rules>,
    wants_debug: bool,
    open: Vec<Option<Open>>,
    free: Vec<usize>,
}

#[derive(Debug)]
struct Open {
    exchange: Exchange,
    notices: Vec<Notice>,
    next: Option<Action>,
}

impl Receiver {
    /// Makes one of these rules.
    pub fn new(rules: Rules, wants_debug: bool) -> Self {
        Self { rules: Arc::new(rules), wants_debug, open: Vec::new(), free: Vec::new() }
    }

    /// Judges a webhook that is known when the receiver is made.
    ///
    /// # Errors
    ///
    /// Those of [`Rules::lifetimes`].
    pub fn check(&self, webhook: &Webhook) -> Result<(), Failure> {
        self.rules.lifetimes(webhook.core().options())?;
        Ok(())
    }

    /// What is the same for each of its exchanges, as JSON: the `warnings` of its routes, and how many milliseconds it waits
    /// for a webhook, a body, a handler before it is slow, a store, and a claim that is late (`webhookMs`, `bodyMs`,
    /// `slowHandlerMs`, `storeMs`, `lateClaimMs`).
    pub fn facts(&self) -> String {
        let limits = self.rules.limits();
        Object::new()
            .raw("warnings", array(self.rules.routes().warnings().iter().map(|warning| quoted(warning))))
            .raw("webhookMs", millis(limits.webhook_timeout))
            .raw("bodyMs", millis(limits.body_timeout))
            .raw("slowHandlerMs", millis(limits.slow_handler))
            .raw("storeMs", millis(limits.store_timeout))
            .raw("lateClaimMs", millis(limits.late_claim_timeout))
            .end()
    }

    /// Begins an exchange: its number times 2^32, plus the turn.
    pub fn begin(&mut self, head: &RequestHead<'_>) -> f64 {
        let (number, turn) = self.begun(head);
        turn.of_exchange(number)
    }

    /// Tells the webhook of an exchange that has begun, or begins one where the number is negative; the result is that of
    /// [`begin`](Self::begin).
    pub fn found(
        &mut self,
        number: f64,
        webhook: &Webhook,
        head: &RequestHead<'_>,
        headers: &PickedHeaders<'_>,
        now: f64,
    ) -> f64 {
        let (number, turn) = if number < 0.0 { self.begun(head) } else { (place(number), PackedTurn::default()) };
        if !matches!(self.next(number), Some(Action::FindWebhook { .. })) {
            return turn.of_exchange(number);
        }
        let turn =
            self.with(number, |exchange| exchange.found(Arc::clone(webhook.core()), head, headers, instant(now)));
        turn.of_exchange(number)
    }

    /// See [`Exchange::body`]. A payload that is not the body is `webhook`'s to hand over.
    pub fn body(
        &mut self,
        number: f64,
        webhook: &Webhook,
        body: Body<'_>,
        headers: &PickedHeaders<'_>,
        now: f64,
    ) -> PackedTurn {
        let number = place(number);
        let Some(open) = self.open(number) else { return PackedTurn::default() };
        let (turn, delivery) = open.exchange.body(body, headers, instant(now));
        let packed = self.taken(number, turn);
        let (Body::Bytes(bytes) | Body::Text(bytes)) = body;
        delivery.map_or(packed, |delivery| packed.with_delivery(&delivery, webhook.keep_payload(&delivery, bytes)))
    }

    /// Asks a store in memory for the claim that the last turn asked for, `at` being its clock, and tells what it answers.
    pub fn claim_in(&mut self, number: f64, memory: &Memory, at: f64) -> PackedTurn {
        let number = place(number);
        let claimed = match self.next(number) {
            Some(Action::Claim { key, ttl, window, .. }) => match memory.ask(key, *ttl, *window, at) {
                Ok(Some(token)) => Claimed::Granted { token },
                Ok(None) => Claimed::Held,
                Err(full) => Claimed::Failed { cause: Some(full.to_string()) },
            },
            _ => Claimed::Failed { cause: None },
        };
        self.with(number, |exchange| exchange.claimed(claimed))
    }

    /// See [`tell`].
    pub fn tell(&mut self, number: f64, what: &str, text: Option<String>, cause: Option<String>) -> PackedTurn {
        self.with(place(number), |exchange| tell(exchange, what, text, cause))
    }

    /// See [`Exchange::handled`].
    pub fn handled(&mut self, number: f64) -> PackedTurn {
        self.with(place(number), Exchange::handled)
    }

    /// Gives a claim back to the memory it is in.
    pub fn release_in(&mut self, number: f64, memory: &Memory) -> PackedTurn {
        let number = place(number);
        if let Some(Action::Release { key, token, .. }) = self.next(number) {
            memory.release(key, token);
        }
        self.with(number, Exchange::released)
    }

    /// What the last turn asks for, as JSON: `key`, `ttlMs`, `windowMs` of a claim, `key` and `token` of one to give back.
    pub fn claim(&self, number: f64) -> String {
        match self.next(place(number)) {
            Some(Action::Claim { key, ttl, window, .. }) => {
                Object::new().text("key", Some(key)).raw("ttlMs", millis(*ttl)).raw("windowMs", millis(*window)).end()
            }
            Some(Action::Release { key, token, .. }) => {
                Object::new().text("key", Some(key)).text("token", Some(token)).end()
            }
            _ => Object::new().end(),
        }
    }

    /// The notices since they were taken last, as a JSON array: `level`, `line`, `message`, and where there are any `outcome`,
    /// `code`, `status`.
    pub fn take_notices(&mut self, number: f64) -> String {
        let number = place(number);
        let Some(open) = self.open(number) else { return array([]) };
        let exchange = &open.exchange;
        let shown = mem::take(&mut open.notices).into_iter().map(|notice| {
            let object = Object::new()
                .text("level", Some(notice.level.as_str()))
                .text("outcome", notice.outcome.map(Outcome::as_str))
                .text("code", notice.code.map(Code::as_str))
                .text("message", Some(&notice.reason))
                .text("line", Some(&exchange.line(&notice)));
            match notice.code.and_then(Code::status) {
                Some(status) => object.raw("status", status).end(),
                None => object.end(),
            }
        });
        let notices = array(shown);
        self.close_if_over(number);
        notices
    }

    fn begun(&mut self, head: &RequestHead<'_>) -> (usize, PackedTurn) {
        let (exchange, turn) = Exchange::begin(Arc::clone(&self.rules), head);
        let open = Some(Open { exchange, notices: Vec::new(), next: None });
        let number = self.free.pop().unwrap_or(self.open.len());
        if number == self.open.len() {
            self.open.push(open);
        } else {
            self.open[number] = open;
        }
        (number, self.taken(number, turn))
    }

    fn next(&self, number: usize) -> Option<&Action> {
        self.open.get(number)?.as_ref()?.next.as_ref()
    }

    fn with(&mut self, number: usize, tell: impl FnOnce(&mut Exchange) -> Turn) -> PackedTurn {
        let turn = self.open(number).map(|open| tell(&mut open.exchange)).unwrap_or_default();
        self.taken(number, turn)
    }

    fn open(&mut self, number: usize) -> Option<&mut Open> {
        self.open.get_mut(number)?.as_mut()
    }

    fn taken(&mut self, number: usize, turn: Turn) -> PackedTurn {
        let wants_debug = self.wants_debug;
        let Some(open) = self.open(number) else { return PackedTurn::default() };
        let Turn { notices, answer, next } = turn;
        open.notices.extend(notices.into_iter().filter(|notice| wants_debug || notice.level > Level::Debug));
        let packed = PackedTurn::of(next.as_ref(), !open.notices.is_empty(), answer);
        open.next = next;
        self.close_if_over(number);
        packed
    }

    /// Nothing can be told of it or asked any more.
    fn close_if_over(&mut self, number: usize) {
        let is_closed = |open: &mut Open| open.exchange.is_over() && open.notices.is_empty() && open.next.is_none();
        if self.open(number).is_some_and(is_closed) {
            self.open[number] = None;
            self.free.push(number);
        }
    }
}

/// An exchange's number as the hosts have it; a negative one is nobody's.
fn place(number: f64) -> usize {
    if number >= 0.0 { usize::try_from(to_u64(number)).unwrap_or(usize::MAX) } else { usize::MAX }
}
