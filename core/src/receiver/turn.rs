//! What the machine answers: what to log, what to send back, what to do next.

use alloc::{string::String, vec::Vec};
use core::time::Duration;

use super::{Answer, Notice};

/// What a host does after it told an [`Exchange`](super::Exchange) something: it logs the notices, sends the answer if there is
/// one, and carries out the action if there is one. Without an action there is nothing to tell until something happens that the
/// host waits for already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "an answer that is not sent leaves the sender waiting"]
pub struct Turn {
    /// In the order in which they are logged.
    pub notices: Vec<Notice>,
    /// At most one turn of an exchange has it.
    pub answer: Option<Answer>,
    /// What is done after the answer is sent.
    pub next: Option<Action>,
}

impl Turn {
    pub(super) fn of(next: Action) -> Self {
        Self { next: Some(next), ..Self::default() }
    }

    pub(super) fn noting(notice: Notice) -> Self {
        Self { notices: [notice].into(), ..Self::default() }
    }
}

/// What a host does for a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask the function that finds the webhook of a request, and tell what it gave.
    FindWebhook {
        /// How long it may take.
        within: Duration,
    },
    /// Read the body, and tell its bytes or why there are none.
    ReadBody {
        /// One byte more is a body that is [too large](super::Unreadable::TooLarge): nothing of it is read further.
        at_most: usize,
        /// How long it may take to arrive.
        within: Duration,
    },
    /// Ask the replay store for a claim, and tell what it answered, also when that comes after [`Claimed::Late`](super::Claimed), until the claim is given up.
    Claim {
        /// What is claimed.
        key: String,
        /// How long the claim lives, in whole milliseconds.
        ttl: Duration,
        /// A store that has no more room may forget a claim that is older than this, never a younger one.
        window: Duration,
        /// How long the store may take.
        within: Duration,
    },
    /// Call the handler of a route, and tell how it ended.
    Handle {
        /// The number of the route, as it stands in [`Routes`](super::Routes).
        route: usize,
        /// After how long it is told that the handler is [slow](super::Exchange::slow); never where the answer is sent already.
        warn_after: Option<Duration>,
    },
    /// Give a claim back to the replay store, and tell whether that worked.
    Release {
        /// What was claimed.
        key: String,
        /// The store's word for the claim.
        token: String,
        /// How long the store may take.
        within: Duration,
    },
}
