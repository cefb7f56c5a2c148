//! One request's way through a receiver: a state machine without input or output.

mod state;
mod steps;

use alloc::{borrow::Cow, boxed::Box, format, string::String, sync::Arc};
use core::mem;

use state::{Claim, Judge, State};

use super::{
    Action, Body, Claimed, Facts, NoWebhook, Notice, Outcome, RequestHead, Rules, Turn, Unreadable,
    facts::Named,
    notice::{no_answer_within, odd},
};
use crate::{Code, Delivery, Headers, Timestamp, Webhook};

/// One request's way through a receiver. The host tells it what happened and carries out the [`Turn`] it gets back.
///
/// | the host tells | the turn asks for |
/// |---|---|
/// | [`begin`](Self::begin): the head of a request | `FindWebhook`, or it answers |
/// | [`found`](Self::found), [`not_found`](Self::not_found) | `ReadBody`, or it answers |
/// | [`body`](Self::body), [`unreadable`](Self::unreadable) | `Claim`, or `Handle` without a store, or it answers |
/// | [`claimed`](Self::claimed) | `Handle` (in the background it answers, too), or it answers |
/// | [`handled`](Self::handled), [`failed`](Self::failed), [`slow`](Self::slow) | it answers, or `Release` |
/// | [`unawaited`](Self::unawaited) | nothing |
/// | [`released`](Self::released), [`not_released`](Self::not_released), [in time](Self::not_released_in_time) | it answers |
///
/// A claim that comes late is told whenever it comes, also after the answer. It is released if the event was not handled. One
/// that does not come at all is [given up](Claimed::Abandoned) after a time, so that every exchange ends.
///
/// # Panics
///
/// In debug builds, for what is told out of order: a mistake in the host. Else the request is refused with `internal`.
#[derive(Debug)]
pub struct Exchange {
    rules: Arc<Rules>,
    state: State,
    claim: Claim,
    judge: Option<Judge>,
    facts: Option<Box<Facts>>,
    is_answered: bool,
}

impl Exchange {
    /// Judges a request by what needs no webhook to be known: `method_not_allowed`, `unsupported_content_encoding`,
    /// `malformed_content_length`.
    pub fn begin(rules: Arc<Rules>, head: &RequestHead<'_>) -> (Self, Turn) {
        let mut exchange = Self {
            rules,
            state: State::AwaitsWebhook,
            claim: Claim::None,
            judge: None,
            facts: None,
            is_answered: false,
        };
        let turn = match head.check() {
            Ok(()) => Turn::of(Action::FindWebhook { within: exchange.rules.limits.webhook_timeout }),
            Err(error) => exchange.refuse(&error),
        };
        (exchange, turn)
    }

    /// Tells the webhook, and judges the head by it: its length, its headers.
    pub fn found<H>(&mut self, webhook: Arc<Webhook>, head: &RequestHead<'_>, headers: &H, now: Timestamp) -> Turn
    where
        H: Headers + ?Sized,
    {
        if !matches!(self.state, State::AwaitsWebhook) {
            return self.out_of_order("a webhook");
        }
        let Ok((ttl, window)) = self.rules.lifetimes(webhook.options()) else {
            return self.refuse_with(Code::WebhookUnavailable, Code::InvalidTtl.meaning(), None);
        };
        let checked = head.check_length(&webhook).and_then(|()| webhook.check_headers(headers, now));
        let at_most = webhook.options().max_body_bytes();
        self.judge = Some(Judge { webhook, ttl, window, length: head.length() });
        if let Err(error) = checked {
            return self.refuse(&error);
        }
        self.state = State::AwaitsBody;
        Turn::of(Action::ReadBody { at_most, within: self.rules.limits.body_timeout })
    }

    /// Tells that there is no webhook: `unknown_webhook`, `webhook_unavailable`.
    pub fn not_found(&mut self, why: NoWebhook) -> Turn {
        if !matches!(self.state, State::AwaitsWebhook) {
            return self.out_of_order("a webhook");
        }
        let (code, cause) = match why {
            NoWebhook::Unknown => (Code::UnknownWebhook, None),
            NoWebhook::Failed { cause } => (Code::WebhookUnavailable, cause),
            NoWebhook::Late => (Code::WebhookUnavailable, Some(no_answer_within(self.rules.limits.webhook_timeout))),
        };
        self.refuse_with(code, code.meaning(), cause)
    }

    /// Tells the body, verifies it, and finds its route. The delivery is there if and only if it is authentic.
    pub fn body<'a, H>(&mut self, body: Body<'a>, headers: &'a H, now: Timestamp) -> (Turn, Option<Delivery<'a>>)
    where
        H: Headers + ?Sized,
    {
        let (turn, delivery) = self.body_read(body, headers, now, |_, _| ());
        (turn, delivery.map(|(delivery, ())| delivery))
    }

    /// Tells why there is no body. `reason` names the remedy in the words of the host's framework, `cause` what it failed with: for
    /// a body that is too large, the limit of the framework.
    pub fn unreadable(&mut self, why: Unreadable, reason: Option<String>, cause: Option<String>) -> Turn {
        if !matches!(self.state, State::AwaitsWebhook | State::AwaitsBody) {
            return self.out_of_order("an unreadable body");
        }
        let is_too_large = why == Unreadable::TooLarge;
        let too_large = self.judge.as_ref().filter(|_| is_too_large && cause.is_none());
        if let Some(Err(error)) = too_large.map(|judge| judge.webhook.check_body_length(u64::MAX)) {
            return self.refuse(&error);
        }
        let meaning = if is_too_large && cause.is_some() { LIMIT_OF_ANOTHER } else { why.meaning() };
        self.refuse_with(why.code(), reason.map_or(Cow::Borrowed(meaning), Cow::Owned), cause)
    }

    /// Tells what the replay store answered, or that it did not in time.
    pub fn claimed(&mut self, claimed: Claimed) -> Turn {
        let State::AwaitsClaim { route } = self.state else {
            return self.claimed_late(claimed);
        };
        match claimed {
            Claimed::Granted { token } if token.is_empty() => self.without_claim(route, Some(odd("empty text"))),
            Claimed::Granted { token } => {
                self.claim = Claim::Held { token };
                self.handle(route)
            }
            Claimed::Held => self.end(Notice::of(Outcome::Duplicate)),
            Claimed::Failed { cause } => self.without_claim(route, cause),
            Claimed::Odd { answer } => self.without_claim(route, Some(odd(&answer))),
            Claimed::Abandoned => self.out_of_order("that a claim was given up"),
            Claimed::Late => {
                self.claim = Claim::Late;
                self.without_claim(route, Some(no_answer_within(self.rules.limits.store_timeout)))
            }
        }
    }

    /// Tells that the handler has done its work.
    pub fn handled(&mut self) -> Turn {
        if !matches!(self.state, State::Handles) {
            return self.out_of_order("the end of a handler");
        }
        self.end(Notice::of(Outcome::Handled))
    }

    /// Tells that the handler failed, and with what: `handler_failed`.
    pub fn failed(&mut self, cause: Option<String>) -> Turn {
        if !matches!(self.state, State::Handles) {
            return self.out_of_order("the failure of a handler");
        }
        self.fail(Code::HandlerFailed, cause)
    }

    /// Tells that the handler has been running for as long as `warn_after` says.
    pub fn slow(&mut self) -> Turn {
        if !matches!(self.state, State::Handles) {
            return Turn::default();
        }
        Turn::noting(Notice::slow(self.rules.limits.slow_handler))
    }

    /// Tells that the server waits for this request no longer. If it ends, so does what the host does for the event.
    pub fn unawaited(&mut self) -> Turn {
        if !matches!(self.state, State::AwaitsClaim { .. } | State::Handles | State::Releases { .. }) {
            return Turn::default();
        }
        Turn::noting(Notice::unawaited())
    }

    /// Tells that the claim was given back.
    pub fn released(&mut self) -> Turn {
        match mem::replace(&mut self.state, State::Over { is_handled: false }) {
            State::Releases { outcome, cause } => self.end(Notice { cause, ..Notice::of(outcome) }),
            State::Over { is_handled } => {
                self.state = State::Over { is_handled };
                Turn::default()
            }
            state => {
                self.state = state;
                self.out_of_order("a release")
            }
        }
    }

    /// Tells that the claim could not be given back, and why.
    pub fn not_released(&mut self, cause: Option<String>) -> Turn {
        let mut turn = self.released();
        turn.notices.insert(0, Notice::unreleased(cause));
        turn
    }

    /// Tells that the store has not given the claim back in time. What it does after that need not be told.
    pub fn not_released_in_time(&mut self) -> Turn {
        self.not_released(Some(no_answer_within(self.rules.limits.store_timeout)))
    }

    /// Tells that the host itself is at fault: `internal`, at any time. A claim that is asked for may still come, and is told.
    pub fn fault(&mut self, cause: Option<String>) -> Turn {
        match self.state {
            State::Over { .. } => Turn::noting(Notice { cause, ..Notice::of(Outcome::Refused(Code::Internal)) }),
            State::Releases { .. } => self.not_released(cause),
            _ => self.fail(Code::Internal, cause),
        }
    }

    /// What may be told of the delivery; `None` until it is verified.
    pub fn facts(&self) -> Option<&Facts> {
        self.facts.as_deref()
    }

    /// The name of the webhook, once that is known and if it has one.
    pub fn webhook_name(&self) -> Option<&str> {
        self.judge.as_ref()?.webhook.options().name()
    }

    /// Whether nothing more can come of it: not even a claim that is late.
    pub fn is_over(&self) -> bool {
        matches!((&self.state, &self.claim), (State::Over { .. }, Claim::None | Claim::Held { .. } | Claim::Abandoned))
    }

    /// A notice as a line of the log; see [`Notice::line`]. Before there are facts it names the webhook, if that has a name.
    pub fn line(&self, notice: &Notice) -> String {
        let line = notice.line(self.facts());
        match self.webhook_name().filter(|_| self.facts.is_none()) {
            Some(name) => format!("{line} [{}]", Named(name)),
            None => line,
        }
    }
}

const LIMIT_OF_ANOTHER: &str = "The framework or a middleware has a smaller limit than the receiver: raise that limit.";

#[cfg(test)]
mod tests;
