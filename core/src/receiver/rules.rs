//! What a receiver was told when it was made.

#[cfg(feature = "diagnose")]
use alloc::sync::Arc;
use alloc::{borrow::ToOwned, format, string::String};
use core::{str::FromStr, time::Duration};

#[cfg(feature = "diagnose")]
use super::diagnosing::Diagnosing;
use super::{Facts, ReceiverLimits, Routes};
use crate::{ConfigError, Options};

/// The rules of one receiver, the same for each of its requests.
///
/// # Example
///
/// ```
/// use core::{str::FromStr, time::Duration};
/// use twenty_webhook::receiver::{OnStoreFailure, Routes, Rules};
///
/// let rules = Rules::new(Routes::of_patterns(["person.*"])?)
///     .namespace("crm-1")
///     .ttl(Duration::from_secs(60 * 60))
///     .on_store_failure(OnStoreFailure::Handle);
/// # Ok::<(), twenty_webhook::receiver::RouteError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rules {
    pub(super) routes: Routes,
    pub(super) limits: ReceiverLimits,
    pub(super) has_store: bool,
    pub(super) on_store_failure: OnStoreFailure,
    pub(super) is_background: bool,
    #[cfg(feature = "diagnose")]
    pub(super) diagnosing: Option<Arc<Diagnosing>>,
    namespace: String,
    ttl: Duration,
}

/// What becomes of a delivery that cannot be claimed, because the store fails or does not answer in time. The sender does not
/// repeat: refusing loses the event, handling it may handle it twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnStoreFailure {
    /// It is answered with 503, `replay_store_unavailable`.
    #[default]
    Refuse,
    /// It is handled without a claim.
    Handle,
}

/// Reads its name: `refuse` or `handle`. Else a sentence that says so.
impl FromStr for OnStoreFailure {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "refuse" => Ok(Self::Refuse),
            "handle" => Ok(Self::Handle),
            _ => Err("What to do on a failure of the store must be refuse or handle."),
        }
    }
}

impl Rules {
    /// Begins the rules: claims of a day under the namespace `twenty-webhook`, a handler that is waited for, the limits of
    /// [`ReceiverLimits`].
    pub fn new(routes: Routes) -> Self {
        Self {
            routes,
            limits: ReceiverLimits::default(),
            has_store: true,
            on_store_failure: OnStoreFailure::default(),
            is_background: false,
            #[cfg(feature = "diagnose")]
            diagnosing: None,
            namespace: Self::DEFAULT_NAMESPACE.to_owned(),
            ttl: DAY,
        }
    }

    /// Sets the routes, for those who know them last.
    pub fn with_routes(self, routes: Routes) -> Self {
        Self { routes, ..self }
    }

    /// The namespace of a receiver that names none.
    pub const DEFAULT_NAMESPACE: &'static str = "twenty-webhook";

    /// Sets what the keys of claims begin with: receivers that share a store and handle the same deliveries each in their own
    /// way need one each.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// Sets how long a claim lives; see [`Rules::lifetimes`].
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// Sets how long a claim lives from a number of seconds that nothing has checked.
    ///
    /// # Errors
    ///
    /// `invalid_ttl` for what is negative, infinite or not a number.
    pub fn ttl_seconds(self, seconds: f64) -> Result<Self, ConfigError> {
        match Duration::try_from_secs_f64(seconds) {
            Ok(ttl) => Ok(self.ttl(ttl)),
            Err(_) if seconds > 0.0 && seconds.is_finite() => Ok(self.ttl(LONGEST_TTL)),
            Err(_) => Err(ConfigError::INVALID_TTL),
        }
    }

    /// Handles a delivery as often as it comes.
    pub fn no_store(mut self) -> Self {
        self.has_store = false;
        self
    }

    /// Sets what becomes of a delivery that cannot be claimed because the store does not answer.
    pub fn on_store_failure(mut self, choice: OnStoreFailure) -> Self {
        self.on_store_failure = choice;
        self
    }

    /// Answers as soon as a delivery is claimed, and has it handled afterwards.
    pub fn background(mut self) -> Self {
        self.is_background = true;
        self
    }

    /// Diagnoses deliveries whose signature does not match, and adds the findings to the line of the log: with bodies of up to
    /// 64 kB, and one in five seconds, so that forged requests cannot buy much time of a processor.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::receiver::{Routes, Rules};
    ///
    /// let rules = Rules::new(Routes::every()).diagnose();
    /// ```
    #[cfg(feature = "diagnose")]
    pub fn diagnose(mut self) -> Self {
        self.diagnosing = Some(Arc::default());
        self
    }

    /// Sets how long a body may take to arrive.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.limits.body_timeout = timeout;
        self
    }

    /// The limits.
    pub fn limits(&self) -> ReceiverLimits {
        self.limits
    }

    /// The routes.
    pub fn routes(&self) -> &Routes {
        &self.routes
    }

    /// How long a claim lives, in whole milliseconds, and how long it must live at least for no delivery to be accepted twice:
    /// twice the tolerance, because a delivery is accepted from `tolerance` before its timestamp to `tolerance` after it, and
    /// [`CLAIM_MARGIN`] for the time between a verification and its claim.
    ///
    /// # Errors
    ///
    /// `invalid_ttl` for a claim that would live less.
    ///
    /// # Example
    ///
    /// ```
    /// use core::{str::FromStr, time::Duration};
    /// use twenty_webhook::{Options, receiver::{Routes, Rules}};
    ///
    /// let rules = Rules::new(Routes::every());
    /// let (ttl, window) = rules.lifetimes(&Options::default())?; // tolerance: 5 minutes
    /// assert_eq!((ttl, window), (Duration::from_secs(24 * 60 * 60), Duration::from_secs(610)));
    /// assert!(rules.ttl(Duration::from_secs(609)).lifetimes(&Options::default()).is_err());
    /// # Ok::<(), twenty_webhook::ConfigError>(())
    /// ```
    pub fn lifetimes(&self, options: &Options) -> Result<(Duration, Duration), ConfigError> {
        let window = options.tolerance().saturating_mul(2).saturating_add(CLAIM_MARGIN);
        if self.ttl < window {
            return Err(ConfigError::INVALID_TTL);
        }
        let ttl = self.ttl.min(LONGEST_TTL);
        let is_whole = ttl.subsec_nanos() % NANOS_PER_MILLI == 0;
        let millis = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX) + u64::from(!is_whole);
        Ok((Duration::from_millis(millis), window))
    }

    /// What a delivery is claimed by. The webhook's name keeps apart what those who share a store send.
    pub(super) fn key(&self, facts: &Facts) -> String {
        let Facts { id, webhook, .. } = facts;
        match webhook {
            Some(name) => format!("{}:{id}:{name}", self.namespace),
            None => format!("{}:{id}", self.namespace),
        }
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a claim has to live beyond twice the tolerance: between a verification and its claim lies what a store takes to answer,
/// a second at most, and within the window the clocks for freshness and for claims drift apart by less than another.
pub const CLAIM_MARGIN: Duration = Duration::from_secs(10);

/// Stores add it to a clock's milliseconds, in 64 bits or a double: 285 years.
const LONGEST_TTL: Duration = Duration::from_millis((1 << 53) / 1_000);

const NANOS_PER_MILLI: u32 = 1_000_000;
