//! Receivers whose exchanges a host knows by number.

use alloc::{string::String, sync::Arc, vec::Vec};
use core::mem;

use super::{
    Failure, Memory, PackedTurn, PickedHeaders, Wants, Webhook,
    json::{Object, array, quoted},
    memory::millis,
    picked_headers::KeptHeaders,
    told::tell,
    webhook::{instant, payload_beside, to_u64},
};
use crate::{
    DeliveryId, Event,
    receiver::{Action, Body, Exchange, Notice, RequestHead, Rules, Turn},
};

/// One receiver, and the exchanges it has open.
#[derive(Debug)]
pub struct Receiver {
    rules: Arc<Rules>,
    wants: Wants,
    /// A store in memory is asked in here, because asking costs less than crossing; with what its clock showed last.
    memory: Option<(Memory, f64)>,
    /// Of the body told last.
    event: Option<String>,
    payload: Option<String>,
    open: Vec<Option<Open>>,
    free: Vec<usize>,
}

#[derive(Debug)]
struct Open {
    exchange: Exchange,
    headers: KeptHeaders,
    notices: Vec<Notice>,
    next: Option<Action>,
}

impl Receiver {
    /// Makes one of these rules.
    pub fn new(rules: Rules, wants: Wants) -> Self {
        Self {
            rules: Arc::new(rules),
            wants,
            memory: None,
            event: None,
            payload: None,
            open: Vec::new(),
            free: Vec::new(),
        }
    }

    /// Makes this store its own: no turn asks for what it does.
    pub fn remember_in(&mut self, memory: &Memory) {
        self.memory = Some((memory.clone(), 0.0));
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
            .raw("warnings", &array(self.rules.routes().warnings().iter().map(|warning| quoted(warning))))
            .number("webhookMs", millis(limits.webhook_timeout))
            .number("bodyMs", millis(limits.body_timeout))
            .number("slowHandlerMs", millis(limits.slow_handler))
            .number("storeMs", millis(limits.store_timeout))
            .number("lateClaimMs", millis(limits.late_claim_timeout))
            .end()
    }

    /// Begins an exchange: its number times 2^32, plus the turn.
    pub fn begin(&mut self, head: &RequestHead<'_>) -> f64 {
        let (number, turn) = self.begun(head);
        turn.of_exchange(number)
    }

    /// Tells the webhook of an exchange that has begun, or begins one where the number is negative; the result is that of
    /// [`begin`](Self::begin). The headers are kept for the body.
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
        let Some(open) = self.open(number) else { return turn.of_exchange(number) };
        let turn = open.exchange.found(Arc::clone(webhook.core()), head, headers, instant(now));
        open.headers = headers.kept();
        self.taken(number, turn).of_exchange(number)
    }

    /// See [`Exchange::body`]. `at` is what the clock of a store in memory shows.
    pub fn body(&mut self, number: f64, body: Body<'_>, now: f64, at: f64) -> PackedTurn {
        let number = place(number);
        if let Some((_, clock)) = &mut self.memory {
            *clock = at;
        }
        let Some(open) = self.open(number) else { return PackedTurn::default() };
        let headers = mem::take(&mut open.headers);
        let headers = headers.picked();
        let (turn, delivery) = open.exchange.body_read(body, &headers, instant(now), fields_and_id);
        let packed = self.taken(number, turn);
        let (Body::Bytes(bytes) | Body::Text(bytes)) = body;
        let Some((delivery, event)) = delivery else { return packed };
        self.payload = payload_beside(&delivery, bytes);
        self.event = self.next(number).is_some().then_some(event);
        packed.with_delivery(&delivery, self.payload.is_none())
    }

    /// Of the body told last: the fields of its event in their order and its id, as one JSON array.
    pub fn take_event(&mut self) -> Option<String> {
        self.event.take()
    }

    /// Of the body told last: its payload, where that is not the body.
    pub fn take_payload(&mut self) -> Option<String> {
        self.payload.take()
    }

    /// See [`tell`].
    pub fn tell(&mut self, number: f64, what: &str, text: Option<String>, cause: Option<String>) -> PackedTurn {
        self.with(place(number), |exchange| tell(exchange, what, text, cause))
    }

    /// See [`Exchange::handled`].
    pub fn handled(&mut self, number: f64) -> PackedTurn {
        self.with(place(number), Exchange::handled)
    }

    /// What the last turn asks for, as JSON: `key`, `ttlMs`, `windowMs` of a claim, `key` and `token` of one to give back.
    pub fn claim(&self, number: f64) -> String {
        match self.next(place(number)) {
            Some(Action::Claim { key, ttl, window, .. }) => Object::new()
                .text("key", Some(key))
                .number("ttlMs", millis(*ttl))
                .number("windowMs", millis(*window))
                .end(),
            Some(Action::Release { key, token, .. }) => {
                Object::new().text("key", Some(key)).text("token", Some(token)).end()
            }
            _ => Object::new().end(),
        }
    }

    /// The notices since they were taken last, as a JSON array: `level`, `message`, and where there are any `line` (what to
    /// log), `outcome`, `code`, `status`; with an outcome, if those are wanted, also what [`Facts`](crate::receiver::Facts) tell.
    pub fn take_notices(&mut self, number: f64) -> String {
        let (number, wants) = (place(number), self.wants);
        let Some(open) = self.open(number) else { return array([]) };
        let notices = mem::take(&mut open.notices);
        let notices = array(notices.iter().map(|notice| wants.shown(notice, &open.exchange)));
        self.close_if_over(number);
        notices
    }

    fn begun(&mut self, head: &RequestHead<'_>) -> (usize, PackedTurn) {
        let (exchange, turn) = Exchange::begin(Arc::clone(&self.rules), head);
        let open = Some(Open { exchange, headers: KeptHeaders::default(), notices: Vec::new(), next: None });
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
        let Self { wants, memory, open, .. } = self;
        let Some(open) = open.get_mut(number).and_then(Option::as_mut) else { return PackedTurn::default() };
        let (mut turn, mut answer) = (turn, None);
        let next = loop {
            answer = answer.or(turn.answer);
            open.notices.extend(turn.notices.into_iter().filter(|notice| wants.needs(notice)));
            turn = match (&*memory, turn.next) {
                (Some((memory, at)), Some(Action::Claim { key, ttl, window, .. })) => {
                    open.exchange.claimed(memory.claimed(&key, ttl, window, *at))
                }
                (Some((memory, _)), Some(Action::Release { key, token, .. })) => {
                    memory.release(&key, &token);
                    open.exchange.released()
                }
                (_, next) => break next,
            };
        };
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

fn fields_and_id(event: &Event<'_>, id: &DeliveryId) -> String {
    let mut array = event.to_json_array();
    array.truncate(array.len() - 1);
    for piece in [",\"", id.as_str(), "\"]"] {
        array += piece;
    }
    array
}
