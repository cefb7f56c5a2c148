//! How a receiver is made.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use twenty_webhook::{ConfigError, Delivery, ReceiverLimits, ReplayPolicy, Webhook, is_pattern};

use crate::{
    HandlerOutput, MemoryReplayStore, Receiver, ReceiverError, ReplayStore, claims::Claims, handlers::Handlers,
    receiver::Inner, report::Reporter,
};

/// Begins a receiver of this webhook's deliveries.
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use twenty_webhook_axum::{Secret, Webhook, receive};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let receiver = receive(Webhook::new(Secret::new("a secret")?))
///     .on("person.*", async |delivery| println!("{:?}", delivery.event()))
///     .on_error(|error| eprintln!("{} {error}", error.code()))
///     .replay_ttl(Duration::from_secs(60 * 60))
///     .build()?;
///
/// let mistake = receive(Webhook::new(Secret::new("a secret")?)).on("person", async |_| ()).build();
/// assert_eq!(
///     mistake.unwrap_err().to_string(),
///     "The pattern \"person\" matches no event: write it as person.created, *.deleted or metadata.*.*"
/// );
/// # Ok(())
/// # }
/// ```
pub fn receive(webhook: Webhook) -> ReceiverBuilder {
    ReceiverBuilder {
        webhook,
        handlers: Handlers::default(),
        store: Some(Arc::new(MemoryReplayStore::default())),
        namespace: ReplayPolicy::DEFAULT_NAMESPACE.to_owned(),
        ttl: None,
        on_store_failure: OnStoreFailure::Refuse,
        reporter: Reporter::default(),
        is_background: false,
        body_timeout: ReceiverLimits::default().body_timeout,
    }
}

/// What [`receive`] begins and [`build`](ReceiverBuilder::build) ends.
pub struct ReceiverBuilder {
    webhook: Webhook,
    handlers: Handlers,
    store: Option<Arc<dyn ReplayStore>>,
    namespace: String,
    ttl: Option<Duration>,
    on_store_failure: OnStoreFailure,
    reporter: Reporter,
    is_background: bool,
    body_timeout: Duration,
}

impl ReceiverBuilder {
    /// Adds a handler of the events that match a pattern: `person.created`, `*.deleted`, `metadata.*.*`. All whose pattern
    /// matches are called, in the order in which they were added, one after the other; the first that fails is the last.
    pub fn on<F, R>(mut self, pattern: impl Into<String>, handler: F) -> Self
    where
        F: Fn(Delivery<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.handlers.push(Some(pattern.into()), handler);
        self
    }

    /// Adds a handler of every delivery, those whose event has an unknown shape included.
    pub fn on_every<F, R>(mut self, handler: F) -> Self
    where
        F: Fn(Delivery<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.handlers.push(None, handler);
        self
    }

    /// Sets where deliveries are claimed, in place of a [`MemoryReplayStore`] of the receiver's own.
    pub fn replay_store(mut self, store: impl ReplayStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Handles a delivery as often as it comes.
    pub fn no_replay_store(mut self) -> Self {
        self.store = None;
        self
    }

    /// Sets what the claims' keys begin with, `twenty-webhook` unless set: one of its own for each receiver, and for each
    /// secret, that shares a store with another.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// Sets how long a claim lives, a day unless set; at least twice the webhook's tolerance.
    pub fn replay_ttl(mut self, ttl: Duration) -> Self {
        self.ttl = Some(ttl);
        self
    }

    /// Sets what becomes of a delivery that cannot be claimed because the store does not answer.
    pub fn on_store_failure(mut self, choice: OnStoreFailure) -> Self {
        self.on_store_failure = choice;
        self
    }

    /// Sets what is told of every refusal and failure, before the answer is sent: it should return soon. Its panics are
    /// caught and logged.
    pub fn on_error(mut self, on_error: impl Fn(&ReceiverError) + Send + Sync + 'static) -> Self {
        self.reporter = Reporter::new(on_error);
        self
    }

    /// Answers as soon as a delivery is claimed, and calls the handlers afterwards. If one fails, the claim is released, but
    /// the sender, which does not repeat, has its 200 already; what is running when the process ends is lost.
    pub fn background(mut self) -> Self {
        self.is_background = true;
        self
    }

    /// Sets how long a body may take to arrive, ten seconds unless set.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.body_timeout = timeout;
        self
    }

    /// Makes the service.
    ///
    /// # Errors
    ///
    /// [`BuildError`] for no handlers, a pattern that matches no event, a time-out of nothing, and a time to live that is shorter than
    /// twice the tolerance.
    pub fn build(self) -> Result<Receiver, BuildError> {
        if self.handlers.is_empty() {
            return Err(BuildError::NoHandlers);
        }
        if let Some(pattern) = self.handlers.patterns().find(|pattern| !is_pattern(pattern)) {
            return Err(BuildError::Pattern(pattern.to_owned()));
        }
        if self.body_timeout.is_zero() {
            return Err(BuildError::BodyTimeout);
        }
        let policy = ReplayPolicy::new(self.namespace, self.ttl, self.webhook.options())?;
        let claims = self.store.map(|store| Claims::new(store, policy, self.on_store_failure));
        Ok(Receiver::new(Inner {
            webhook: self.webhook,
            handlers: self.handlers,
            claims,
            reporter: self.reporter,
            is_background: self.is_background,
            body_timeout: self.body_timeout,
        }))
    }
}

impl fmt::Debug for ReceiverBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverBuilder").field("namespace", &self.namespace).finish_non_exhaustive()
    }
}

/// What becomes of a delivery that cannot be claimed, because the store fails or takes longer than a second. The sender
/// does not repeat: refusing loses the event, handling may handle it twice, but only within the tolerance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnStoreFailure {
    /// It is answered with 503, `replay_store_unavailable`.
    #[default]
    Refuse,
    /// It is handled without a claim.
    Handle,
}

/// Why a receiver cannot be made: a mistake of its author.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no handler: nothing would be handled.
    NoHandlers,
    /// This pattern matches no event.
    Pattern(String),
    /// A body would have no time to arrive.
    BodyTimeout,
    /// The webhook's tolerance and the time to live do not go together.
    Config(ConfigError),
}

impl From<ConfigError> for BuildError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHandlers => {
                f.write_str("A receiver needs a handler: add one with .on(pattern, handler) or .on_every(handler)")
            }
            Self::Pattern(pattern) => write!(
                f,
                "The pattern {pattern:?} matches no event: write it as person.created, *.deleted or metadata.*.*"
            ),
            Self::BodyTimeout => f.write_str("body_timeout must be longer than nothing"),
            Self::Config(error) => error.fmt(f),
        }
    }
}

impl Error for BuildError {}
