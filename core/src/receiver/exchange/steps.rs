//! What each thing that is told leads to.

use alloc::{
    borrow::Cow,
    boxed::Box,
    format,
    string::{String, ToString},
};
use core::mem;

use super::{Claim, Exchange, Judge, State};
use crate::{
    Code, Delivery, DeliveryId, Event, Headers, Timestamp, VerifyError,
    receiver::{Action, Answer, Body, Claimed, Facts, Notice, OnStoreFailure, Outcome, Turn},
};

impl Exchange {
    /// See [`Exchange::body`]. The event is read once, so what `read` makes of it costs no second reading.
    pub(crate) fn body_read<'a, H, R>(
        &mut self,
        body: Body<'a>,
        headers: &'a H,
        now: Timestamp,
        read: impl FnOnce(&Event<'_>, &DeliveryId) -> R,
    ) -> (Turn, Option<(Delivery<'a>, R)>)
    where
        H: Headers + ?Sized,
    {
        let (State::AwaitsBody, Some(judge)) = (&self.state, self.judge.clone()) else {
            return (self.out_of_order("a body"), None);
        };
        if body.bytes().is_empty() && judge.length.is_some_and(|length| length > 0) {
            return (self.refuse_with(Code::BodyAlreadyRead, NOTHING_CAME, None), None);
        }
        let verified = match body {
            Body::Bytes(bytes) => judge.webhook.verify(bytes, headers, now),
            #[cfg(feature = "host")]
            Body::Text(wtf8) => judge.webhook.verify_text(wtf8, headers, now),
        };
        let delivery = match verified {
            Ok(delivery) => delivery,
            Err(error) => {
                #[cfg_attr(not(feature = "diagnose"), allow(unused_mut, reason = "nothing is added without it"))]
                let mut reason = reason_of(&error, judge.length, body.bytes().len());
                #[cfg(feature = "diagnose")]
                if let Some(diagnosing) = self.rules.diagnosing.as_ref().filter(|_| is_riddle(error.code())) {
                    reason = format!("{reason} {}", diagnosing.told(&judge.webhook, headers, body.bytes(), now));
                }
                return (self.refuse_with(error.code(), reason, None), None);
            }
        };
        let (event, id) = delivery.event_and_id();
        let turn = self.verified(Facts::of(judge.webhook.options(), &delivery, id, &event), &event, &judge);
        let read = read(&event, &id);
        drop(event); // It borrows from the delivery.
        (turn, Some((delivery, read)))
    }

    fn verified(&mut self, facts: Facts, event: &Event<'_>, judge: &Judge) -> Turn {
        let Judge { ttl, window, .. } = judge;
        let facts = self.facts.insert(Box::new(facts));
        let Some(route) = self.rules.routes.find(event) else {
            return self.end(Notice::ignored(event.kind()));
        };
        if !self.rules.has_store {
            return self.handle(route);
        }
        let action = Action::Claim {
            key: self.rules.key(facts),
            ttl: *ttl,
            window: *window,
            within: self.rules.limits.store_timeout,
        };
        self.state = State::AwaitsClaim { route };
        Turn::of(action)
    }

    pub(super) fn handle(&mut self, route: usize) -> Turn {
        self.state = State::Handles;
        let is_background = self.rules.is_background;
        let warn_after = (!is_background).then_some(self.rules.limits.slow_handler);
        let mut turn = Turn::of(Action::Handle { route, warn_after });
        if is_background {
            turn.notices.push(Notice::of(Outcome::Accepted));
            turn.answer = self.answer(Outcome::Accepted);
        }
        turn
    }

    pub(super) fn without_claim(&mut self, route: usize, cause: Option<String>) -> Turn {
        let refusal = Notice { cause, ..Notice::of(Outcome::Refused(Code::ReplayStoreUnavailable)) };
        match self.rules.on_store_failure {
            OnStoreFailure::Refuse => self.end(refusal),
            OnStoreFailure::Handle => {
                let mut turn = self.handle(route);
                turn.notices.insert(0, Notice { outcome: None, ..refusal });
                turn
            }
        }
    }

    /// Of what was handled it is kept. Of what was not, it would keep out the same event sent again.
    pub(super) fn claimed_late(&mut self, claimed: Claimed) -> Turn {
        // A host may give a claim up in the moment in which it settles.
        if matches!(
            (&self.claim, &claimed),
            (Claim::Abandoned, _) | (Claim::None | Claim::Held { .. }, Claimed::Abandoned)
        ) {
            return Turn::default();
        }
        if !matches!(self.claim, Claim::Late) {
            return self.out_of_order("a claim");
        }
        let is_lost = matches!(self.state, State::Over { is_handled: false });
        self.claim = Claim::None;
        match claimed {
            Claimed::Granted { token } if token.is_empty() => Turn::noting(Notice::odd_and_late("empty text")),
            Claimed::Odd { answer } => Turn::noting(Notice::odd_and_late(&answer)),
            Claimed::Failed { cause: Some(cause) } => Turn::noting(Notice::failed_late(cause)),
            Claimed::Granted { token } => {
                self.claim = Claim::Held { token };
                is_lost.then(|| self.release()).flatten().map_or_else(Turn::default, Turn::of)
            }
            Claimed::Abandoned => {
                self.claim = Claim::Abandoned;
                if is_lost { Turn::noting(Notice::unsettled()) } else { Turn::default() }
            }
            _ => Turn::default(),
        }
    }

    pub(super) fn fail(&mut self, code: Code, cause: Option<String>) -> Turn {
        let is_handling = matches!(self.state, State::Handles);
        if matches!(self.state, State::AwaitsClaim { .. }) {
            self.claim = Claim::Late;
        }
        let outcome = if is_handling { Outcome::Failed(code) } else { Outcome::Refused(code) };
        let Some(release) = self.release() else {
            let mut turn = self.end(Notice { cause, ..Notice::of(outcome) });
            if matches!(self.claim, Claim::Abandoned) {
                turn.notices.insert(0, Notice::unsettled());
            }
            return turn;
        };
        self.state = State::Releases { outcome, cause };
        Turn::of(release)
    }

    pub(super) fn release(&mut self) -> Option<Action> {
        let Claim::Held { token } = &mut self.claim else { return None };
        let token = mem::take(token);
        self.claim = Claim::None;
        let (key, within) = (self.rules.key(self.facts.as_ref()?), self.rules.limits.store_timeout);
        Some(Action::Release { key, token, within })
    }

    pub(super) fn refuse(&mut self, error: &VerifyError) -> Turn {
        self.refuse_with(error.code(), error.to_string(), None)
    }

    pub(super) fn refuse_with(
        &mut self,
        code: Code,
        reason: impl Into<Cow<'static, str>>,
        cause: Option<String>,
    ) -> Turn {
        self.end(Notice { reason: reason.into(), cause, ..Notice::of(Outcome::Refused(code)) })
    }

    pub(super) fn end(&mut self, notice: Notice) -> Turn {
        let Some(outcome) = notice.outcome else { return Turn::noting(notice) };
        self.state = State::Over { is_handled: outcome == Outcome::Handled };
        Turn { answer: self.answer(outcome), ..Turn::noting(notice) }
    }

    pub(super) fn answer(&mut self, outcome: Outcome) -> Option<Answer> {
        let is_first = !mem::replace(&mut self.is_answered, true);
        is_first.then(|| Answer::of(outcome))
    }

    pub(super) fn out_of_order(&mut self, told: &str) -> Turn {
        // A fuzzer tells everything in every order, to see what comes of it where assertions are off.
        debug_assert!(cfg!(fuzzing), "{told} was told out of order: {:?}", self.state);
        self.fault(Some(format!("{told} was told out of order")))
    }
}

/// If a body of another length was announced, the signature may be right, and the body not what was signed.
fn reason_of(error: &VerifyError, announced: Option<u64>, came: usize) -> String {
    let suspicion = match announced {
        _ if error.code() != Code::SignatureMismatch => return error.to_string(),
        Some(length) if u64::try_from(came) != Ok(length) => format!(
            "The Content-Length header announces {length} bytes, and {came} came: something on the way may have changed the body."
        ),
        _ => return error.to_string(),
    };
    format!("{error} {suspicion}")
}

/// What has many causes.
#[cfg(feature = "diagnose")]
const fn is_riddle(code: Code) -> bool {
    matches!(code, Code::SignatureMismatch | Code::PayloadNotUtf8 | Code::PayloadNotJson | Code::PayloadTooDeep)
}

const NOTHING_CAME: &str = "The Content-Length header announces a body, and none came: something read it before the receiver could, or dropped it on the way.";
