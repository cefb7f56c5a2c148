//! Asking a server for a claim until it is known whose it is.

use tokio::time::{Instant, sleep};
use twenty_webhook::receiver::AskAgain;
pub(super) use twenty_webhook::receiver::SqlFailure as Failure;

use crate::BoxError;

/// What a server or the way to it failed with, and what that says about the claim.
pub(super) struct Failed {
    pub(super) failure: Failure,
    pub(super) error: BoxError,
}

impl Failed {
    pub(super) fn new(failure: Failure, error: impl Into<BoxError>) -> Self {
        Self { failure, error: error.into() }
    }
}

/// An asking whose answer was lost may have claimed, so somebody has to find out, whatever is answered to later ones and however
/// late: the receiver, which has gone on after a second, gives up what is found then.
pub(super) async fn until_known<T, F>(ask: impl Fn() -> F) -> Result<T, BoxError>
where
    F: Future<Output = Result<T, Failed>>,
{
    let (first, mut pauses) = (Instant::now(), AskAgain::default());
    let mut may_be_ours = false;
    loop {
        let Failed { failure, error } = match ask().await {
            Ok(known) => return Ok(known),
            Err(failed) => failed,
        };
        may_be_ours |= failure == Failure::Lost;
        let is_worth_asking = may_be_ours || failure == Failure::Passing;
        match pauses.next(first.elapsed()).filter(|_| is_worth_asking) {
            Some(pause) => sleep(pause).await,
            None => return Err(error),
        }
    }
}
