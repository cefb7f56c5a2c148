//! How a receiver is made.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use twenty_webhook::{
    ConfigError, Delivery, Timestamp, Webhook,
    receiver::{OnStoreFailure, RouteError, Routes, Rules},
};

use crate::{
    HandlerOutput, MemoryReplayStore, Receiver, ReceiverError, ReplayStore,
    handlers::{Handler, boxed},
    log,
    receiver::{Clock, Inner, OnError},
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
///     "The pattern \"person\" matches no event: write it like person.created, person.*, *.deleted, metadata.*.*, *.* or unknown."
/// );
/// # Ok(())
/// # }
/// ```
pub fn receive(webhook: Webhook) -> ReceiverBuilder {
    ReceiverBuilder {
        webhook,
        patterns: Vec::new(),
        handlers: Vec::new(),
        store: Some(Arc::new(MemoryReplayStore::default())),
        rules: Rules::new(Routes::every()),
        on_error: None,
        clock: Box::new(Timestamp::now),
    }
}

/// What [`receive`] begins and [`build`](ReceiverBuilder::build) ends.
pub struct ReceiverBuilder {
    webhook: Webhook,
    patterns: Vec<Option<String>>,
    handlers: Vec<Handler>,
    store: Option<Arc<dyn ReplayStore>>,
    /// All but the routes.
    rules: Rules,
    on_error: Option<Box<OnError>>,
    clock: Box<Clock>,
}

impl ReceiverBuilder {
    /// Adds a handler of the events that match a pattern: `person.created`, `person.*`, `*.deleted`, `metadata.*.*`, `*.*`. Of
    /// several handlers whose pattern matches, the one that was added first is called, and only that one.
    pub fn on<F, R>(self, pattern: impl Into<String>, handler: F) -> Self
    where
        F: Fn(Delivery<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.route(Some(pattern.into()), boxed(handler))
    }

    /// Adds a handler of what is authentic and of no shape that is known here. No pattern matches it.
    pub fn on_unknown<F, R>(self, handler: F) -> Self
    where
        F: Fn(Delivery<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.route(Some("unknown".to_owned()), boxed(handler))
    }

    /// Adds a handler of every delivery, those of unknown shape included. Handlers added after it are never called.
    pub fn on_every<F, R>(self, handler: F) -> Self
    where
        F: Fn(Delivery<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.route(None, boxed(handler))
    }

    fn route(mut self, pattern: Option<String>, handler: Handler) -> Self {
        self.patterns.push(pattern);
        self.handlers.push(handler);
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
        self.rules = self.rules.namespace(namespace);
        self
    }

    /// Sets how long a claim lives, a day unless set: at least twice the webhook's tolerance and ten seconds.
    pub fn replay_ttl(mut self, ttl: Duration) -> Self {
        self.rules = self.rules.ttl(ttl);
        self
    }

    /// Sets what becomes of a delivery that cannot be claimed because the store does not answer.
    pub fn on_store_failure(mut self, choice: OnStoreFailure) -> Self {
        self.rules = self.rules.on_store_failure(choice);
        self
    }

    /// Sets what is told of every refusal and failure, before the answer is sent: it should return soon. Its panics are
    /// caught and logged.
    pub fn on_error(mut self, on_error: impl Fn(&ReceiverError) + Send + Sync + 'static) -> Self {
        self.on_error = Some(Box::new(on_error));
        self
    }

    /// Answers as soon as a delivery is claimed, and calls the handler afterwards. If it fails, the claim is released, but
    /// the sender, which does not repeat, has its 200 already; what is running when the process ends is lost.
    pub fn background(mut self) -> Self {
        self.rules = self.rules.background();
        self
    }

    /// Sets how long a body may take to arrive, ten seconds unless set.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.rules = self.rules.body_timeout(timeout);
        self
    }

    /// Sets the clock by which deliveries are fresh or not, in place of the system's.
    pub fn clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Makes the service, and logs what is likely a mistake: a handler that is never called, an action that is never sent.
    ///
    /// # Errors
    ///
    /// [`BuildError`] for no handlers, a pattern that matches no event, a time-out of nothing, and a claim that lives too
    /// short a time.
    pub fn build(self) -> Result<Receiver, BuildError> {
        let routes = Routes::read(self.patterns).map_err(BuildError::Routes)?;
        routes.warnings().iter().for_each(|line| log::warning(line));
        let rules = self.rules.with_routes(routes);
        if rules.limits().body_timeout.is_zero() {
            return Err(BuildError::BodyTimeout);
        }
        rules.lifetimes(self.webhook.options()).map_err(BuildError::Config)?;
        let rules = if self.store.is_some() { rules } else { rules.no_store() };
        Ok(Receiver(Arc::new(Inner {
            webhook: Arc::new(self.webhook),
            rules: Arc::new(rules),
            handlers: self.handlers,
            store: self.store,
            on_error: self.on_error,
            clock: self.clock,
        })))
    }
}

impl fmt::Debug for ReceiverBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverBuilder").field("rules", &self.rules).finish_non_exhaustive()
    }
}

/// Why a receiver cannot be made: a mistake of its author.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no handler, or a pattern that matches no event.
    Routes(RouteError),
    /// A body would have no time to arrive.
    BodyTimeout,
    /// The webhook's tolerance and the life of a claim do not go together.
    Config(ConfigError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Routes(error) => error.fmt(f),
            Self::BodyTimeout => f.write_str("body_timeout must be longer than nothing."),
            Self::Config(error) => error.fmt(f),
        }
    }
}

impl Error for BuildError {}
