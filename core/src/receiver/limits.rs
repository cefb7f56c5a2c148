//! The limits receivers keep to.

use core::time::Duration;

/// The limits receivers keep to unless told otherwise.
///
/// # Example
///
/// ```
/// use core::time::Duration;
/// use twenty_webhook::receiver::ReceiverLimits;
///
/// assert_eq!(ReceiverLimits::default().body_timeout, Duration::from_secs(10));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceiverLimits {
    /// How long a body may take to arrive: ten seconds.
    pub body_timeout: Duration,
    /// How long the function that finds the webhook of a request may take: two seconds.
    pub webhook_timeout: Duration,
    /// From when on a handler's time is logged: four seconds, because the sender gives up after five.
    pub slow_handler: Duration,
    /// How long a replay store may take to answer before it counts as unavailable: one second.
    pub store_timeout: Duration,
    /// How long a claim that is late is waited for before it is given up: ninety seconds, which is longer than a store is
    /// [asked again](super::AskAgain).
    pub late_claim_timeout: Duration,
    /// How many claims a store in memory holds: 100,000.
    pub memory_store_entries: usize,
    /// How much of a refused body is worth reading so that the connection can be used again: 64 KiB.
    pub leftover_bytes: usize,
    /// How long the rest of a refused body may take to arrive before its connection is closed: one second.
    pub leftover_timeout: Duration,
}

impl Default for ReceiverLimits {
    fn default() -> Self {
        Self {
            body_timeout: Duration::from_secs(10),
            webhook_timeout: Duration::from_secs(2),
            slow_handler: Duration::from_secs(4),
            store_timeout: Duration::from_secs(1),
            late_claim_timeout: Duration::from_secs(90),
            memory_store_entries: 100_000,
            leftover_bytes: 64 * 1024,
            leftover_timeout: Duration::from_secs(1),
        }
    }
}
