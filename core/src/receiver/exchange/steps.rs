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
    Code, Delivery, VerifyError,
    receiver::{Action, Answer, Claimed, Facts, Notice, OnStoreFailure, Outcome, Turn},
};

impl Exchange {
    pub(super) fn verified(&mut self, delivery: &Delivery<'_>, judge: &Judge) -> Turn {
        let (event, id) = delivery.event_and_id();
        let Judge { webhook, ttl, window, .. } = judge;
        let facts = self.facts.insert(Box::new(Facts::of(webhook.options(), delivery, id, &event)));
        let Some(route) = self.rules.routes.find(&event) else {
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
        if !matches!(self.claim, Claim::Late) {
            return self.out_of_order("a claim");
        }
        self.claim = match claimed {
            Claimed::Granted { token } if !token.is_empty() => Claim::Held { token },
            _ => Claim::None,
        };
        if matches!(self.state, State::Over { is_handled: false }) {
            return self.release().map_or_else(Turn::default, Turn::of);
        }
        Turn::default()
    }

    pub(super) fn fail(&mut self, code: Code, cause: Option<String>) -> Turn {
        let is_handling = matches!(self.state, State::Handles);
        if matches!(self.state, State::AwaitsClaim { .. }) {
            self.claim = Claim::Late;
        }
        let outcome = if is_handling { Outcome::Failed(code) } else { Outcome::Refused(code) };
        let Some(release) = self.release() else {
            return self.end(Notice { cause, ..Notice::of(outcome) });
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

    /// If a body of another length was announced, the signature may be right, and the body not what was signed.
    pub(super) fn refuse_body(&mut self, error: &VerifyError, announced: Option<u64>, came: usize) -> Turn {
        match announced.filter(|&length| u64::try_from(came) != Ok(length)) {
            Some(length) if error.code() == Code::SignatureMismatch => {
                let reason = format!(
                    "{error} The Content-Length header announces {length} bytes, and {came} came: something on the way may have changed the body."
                );
                self.refuse_with(error.code(), reason, None)
            }
            _ => self.refuse(error),
        }
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
        debug_assert!(false, "{told} was told out of order: {:?}", self.state);
        self.fault(Some(format!("{told} was told out of order")))
    }
}
