//! Turns as numbers, because an object that crosses costs more than all that it says.

use alloc::vec::Vec;

use crate::{
    Code, Delivery,
    receiver::{Action, Answer, Outcome},
};

/// A turn in 32 bits: what is to be done, and what is to be asked for.
///
/// | bits | |
/// |---|---|
/// | 0 to 2 | the action: none, find the webhook, read the body, claim, handle, release |
/// | 3 | there are notices |
/// | 4 to 9 | the answer: none, or its place among the `answers` of [`constants`](super::constants), counted from 1 |
/// | 10 to 21 | the route to handle |
/// | 22 to 23 | which secret the delivery was signed with |
/// | 24 | its nonce is usable |
/// | 25 | its payload is not the body |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackedTurn(pub u32);

impl PackedTurn {
    pub(super) fn of(next: Option<&Action>, has_notices: bool, answer: Option<Answer>) -> Self {
        let (action, route) = match next {
            None => (0, 0),
            Some(Action::FindWebhook { .. }) => (1, 0),
            Some(Action::ReadBody { .. }) => (2, 0),
            Some(Action::Claim { .. }) => (3, 0),
            Some(Action::Handle { route, .. }) => (4, u32::try_from(*route).unwrap_or(u32::MAX) & MOST_ROUTES),
            Some(Action::Release { .. }) => (5, 0),
        };
        let answer = answer.and_then(|answer| place_of(answer.outcome())).map_or(0, |place| place + 1);
        Self(action | u32::from(has_notices) << 3 | answer << 4 | route << 10)
    }

    /// The exchange's number times 2^32, plus the turn.
    pub(super) fn of_exchange(self, number: usize) -> f64 {
        f64::from(u32::try_from(number).unwrap_or(u32::MAX)) * 4_294_967_296.0 + f64::from(self.0)
    }

    pub(super) fn with_delivery(self, delivery: &Delivery<'_>, is_body: bool) -> Self {
        Self(self.0 | delivery_bits(delivery, is_body) << 22)
    }
}

/// Two bits for the index of the secret, one for a usable nonce, one for a payload that is not the body.
pub(super) fn delivery_bits(delivery: &Delivery<'_>, is_body: bool) -> u32 {
    let index = u32::try_from(delivery.secret_index()).unwrap_or_default() & 3;
    index | u32::from(delivery.nonce().is_some()) << 2 | u32::from(!is_body) << 3
}

/// As many as the number of a route has room for.
pub(super) const MOST_ROUTES: u32 = (1 << 12) - 1;

/// Every answer there is, by its place in a packed turn.
pub(super) fn answers() -> Vec<Answer> {
    let refusals = Code::ALL.iter().map(|code| Outcome::Refused(*code));
    SUCCESSES.into_iter().chain(refusals).map(Answer::of).collect()
}

/// What was refused and what failed is answered alike.
fn place_of(outcome: Outcome) -> Option<u32> {
    let place = match outcome.code() {
        None => SUCCESSES.iter().position(|success| *success == outcome)?,
        Some(code) => SUCCESSES.len() + Code::ALL.iter().position(|known| *known == code)?,
    };
    u32::try_from(place).ok()
}

const SUCCESSES: [Outcome; 4] = [Outcome::Handled, Outcome::Duplicate, Outcome::Ignored, Outcome::Accepted];

const _: () = assert!(SUCCESSES.len() + Code::ALL.len() < 1 << 6, "an answer has six bits");
