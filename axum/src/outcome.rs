//! What became of a request.

use std::{fmt, time::Duration};

use twenty_webhook::receiver::{Facts, Outcome};

use crate::Head;

/// What became of a request: what [`on_outcome`](crate::ReceiverBuilder::on_outcome) is told, for metrics and traces. It holds
/// no record, no secret and no expected signature.
///
/// # Example
///
/// ```
/// use twenty_webhook_axum::{Code, RequestOutcome};
///
/// fn count(told: &RequestOutcome<'_>) {
///     let event = told.facts.and_then(|facts| facts.name.as_deref());
///     let code = told.outcome.code().map(Code::as_str);
///     println!("{} {event:?} {code:?} in {:?}", told.outcome.as_str(), told.duration);
/// }
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RequestOutcome<'a> {
    /// The outcome, with its code and its status.
    pub outcome: Outcome,
    /// How long it took, from the head of the request to this.
    pub duration: Duration,
    /// Which delivery and which event it is; `None` until a delivery is verified.
    pub facts: Option<&'a Facts>,
    /// The webhook's name, if it was found and has one.
    pub webhook: Option<&'a str>,
    /// The head of the request.
    pub head: &'a Head,
}

/// Shows nothing of the request's head, which may hold credentials.
impl fmt::Debug for RequestOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestOutcome")
            .field("outcome", &self.outcome)
            .field("duration", &self.duration)
            .field("facts", &self.facts)
            .field("webhook", &self.webhook)
            .finish_non_exhaustive()
    }
}
