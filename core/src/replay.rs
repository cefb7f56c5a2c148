//! How a replay store is keyed, and how long a claim in it lives.

use core::{fmt, time::Duration};

use crate::{ConfigError, DeliveryId, Options};

/// What a receiver claims in its replay store before it handles a delivery, and for how long.
///
/// A delivery can be accepted from `tolerance` before its timestamp to `tolerance` after it, so a claim that lives twice
/// the tolerance covers that window whenever in it the delivery first came. The default, a day, also covers the sender's own
/// repetitions, which come with a new timestamp.
///
/// # Example
///
/// ```
/// use core::time::Duration;
/// use twenty_webhook::{Code, Options, ReplayPolicy};
///
/// let options = Options::default(); // tolerance: 5 minutes
/// let policy = ReplayPolicy::new("crm-1", None, &options)?;
/// assert_eq!(policy.ttl(), Duration::from_secs(24 * 60 * 60));
///
/// let too_short = ReplayPolicy::new("crm-1", Some(Duration::from_secs(60)), &options).unwrap_err();
/// assert_eq!(too_short.code(), Code::InvalidTtl);
/// # Ok::<(), twenty_webhook::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplayPolicy<N> {
    namespace: N,
    ttl: Duration,
    window: Duration,
}

impl ReplayPolicy<&'static str> {
    /// The namespace of a receiver that names none.
    pub const DEFAULT_NAMESPACE: &'static str = "twenty-webhook";
}

impl<N: AsRef<str>> ReplayPolicy<N> {
    /// Makes the policy of one receiver: two receivers, or two secrets, that share a store need two namespaces, so that they
    /// do not claim each other's deliveries. `ttl` is how long a claim lives, a day if left out.
    ///
    /// # Errors
    ///
    /// `invalid_ttl` for less than twice the tolerance of `options`, which with a tolerance beyond half a day the default is.
    pub fn new(namespace: N, ttl: Option<Duration>, options: &Options) -> Result<Self, ConfigError> {
        let ttl = ttl.unwrap_or(Duration::from_secs(24 * 60 * 60));
        let window = options.tolerance().saturating_mul(2);
        if ttl < window {
            return Err(ConfigError::INVALID_TTL);
        }
        Ok(Self { namespace, ttl, window })
    }

    /// The same, of a number of seconds as hosts have them: fractions count, and what is no duration is refused.
    ///
    /// # Errors
    ///
    /// `invalid_ttl`, also for what is negative or not a number; what is beyond counting lives as long as counting goes.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Options, ReplayPolicy};
    ///
    /// assert!(ReplayPolicy::of_seconds("crm-1", Some(900.5), &Options::default()).is_ok());
    /// assert!(ReplayPolicy::of_seconds("crm-1", Some(f64::NAN), &Options::default()).is_err());
    /// ```
    pub fn of_seconds(namespace: N, ttl: Option<f64>, options: &Options) -> Result<Self, ConfigError> {
        let ttl = ttl.map(|seconds| match Duration::try_from_secs_f64(seconds) {
            Ok(ttl) => Ok(ttl),
            Err(_) if seconds > 0.0 && seconds.is_finite() => Ok(Duration::MAX),
            Err(_) => Err(ConfigError::INVALID_TTL),
        });
        Self::new(namespace, ttl.transpose()?, options)
    }

    /// How long a claim must live for no repetition to be accepted a second time: twice the tolerance. A store that has to
    /// forget something early may forget what is older.
    pub const fn window(&self) -> Duration {
        self.window
    }

    /// How long a claim lives.
    pub const fn ttl(&self) -> Duration {
        self.ttl
    }

    /// The key to claim: the namespace, a colon, the delivery's id.
    ///
    /// # Example
    ///
    /// ```
    /// # use twenty_webhook::{Nonce, ReplayPolicy, Secret, Timestamp, Webhook};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let webhook = Webhook::new(Secret::new("a secret")?);
    /// # let now = Timestamp::from_unix_millis(0);
    /// # let headers = webhook.sign(b"", now, Nonce::from_bytes([7; 16]))?;
    /// # let delivery = webhook.verify(b"", &headers, now)?;
    /// let policy = ReplayPolicy::new(ReplayPolicy::DEFAULT_NAMESPACE, None, webhook.options())?;
    /// let key = policy.key(delivery.id()).to_string();
    /// assert_eq!(key, "twenty-webhook:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    /// # Ok(())
    /// # }
    /// ```
    pub fn key(&self, id: DeliveryId) -> impl fmt::Display {
        Key { namespace: self.namespace.as_ref(), id }
    }
}

struct Key<'n> {
    namespace: &'n str,
    id: DeliveryId,
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.namespace, self.id)
    }
}
