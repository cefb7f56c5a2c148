//! The settings of a receiver, until it is made.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use tokio::sync::watch;
use twenty_webhook::{
    ConfigError, Delivery, Timestamp,
    receiver::{OnStoreFailure, RouteError, Routes, Rules},
};

use crate::{
    HandlerOutput, Head, MemoryReplayStore, Receiver, ReceiverError, ReplayStore, RequestOutcome,
    finder::Finder,
    handlers::{Handler, boxed},
    log,
    receiver::{Clock, Inner, OnError, OnOutcome},
};

/// What [`receive`](crate::receive) or [`receive_with`](crate::receive_with) begins and [`build`](ReceiverBuilder::build) ends.
pub struct ReceiverBuilder {
    finder: Finder,
    patterns: Vec<Option<String>>,
    handlers: Vec<Handler>,
    store: Option<Arc<dyn ReplayStore>>,
    /// All but the routes.
    rules: Rules,
    on_error: Option<Box<OnError>>,
    on_outcome: Option<Box<OnOutcome>>,
    clock: Box<Clock>,
}

impl ReceiverBuilder {
    pub(crate) fn new(finder: Finder) -> Self {
        Self {
            finder,
            patterns: Vec::new(),
            handlers: Vec::new(),
            store: Some(Arc::new(MemoryReplayStore::default())),
            rules: Rules::new(Routes::every()),
            on_error: None,
            on_outcome: None,
            clock: Box::new(Timestamp::now),
        }
    }

    /// Adds a handler of the events that match a pattern: `person.created`, `person.*`, `*.deleted`, `metadata.*.*`, `*.*`. Of
    /// several handlers whose pattern matches, the one that was added first is called, and only that one.
    pub fn on<F, R>(self, pattern: impl Into<String>, handler: F) -> Self
    where
        F: Fn(Delivery<'static>, Head) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.route(Some(pattern.into()), boxed(handler))
    }

    /// Adds a handler of what is authentic and of no shape that is known here. No pattern matches it.
    pub fn on_unknown<F, R>(self, handler: F) -> Self
    where
        F: Fn(Delivery<'static>, Head) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.route(Some("unknown".to_owned()), boxed(handler))
    }

    /// Adds a handler of every delivery, those of unknown shape included. Handlers added after it are never called.
    pub fn on_every<F, R>(self, handler: F) -> Self
    where
        F: Fn(Delivery<'static>, Head) -> R + Send + Sync + 'static,
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
    /// caught and logged, and change nothing. With it, a copy of each delivery is kept while its handler runs.
    pub fn on_error(mut self, on_error: impl Fn(&ReceiverError) + Send + Sync + 'static) -> Self {
        self.on_error = Some(Box::new(on_error));
        self
    }

    /// Sets what is told of every request once its answer is decided; in the background a second time, when the handler has
    /// ended. It should return soon. Its panics are caught and logged, and change nothing.
    ///
    /// # Example
    ///
    /// ```
    /// # use twenty_webhook_axum::{Secret, Webhook, receive};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let receiver = receive(Webhook::new(Secret::new("a secret")?))
    ///     .on("person.*", async |_, _| ())
    ///     .on_outcome(|told| println!("{} in {:?}", told.outcome.as_str(), told.duration))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_outcome(mut self, on_outcome: impl Fn(&RequestOutcome<'_>) + Send + Sync + 'static) -> Self {
        self.on_outcome = Some(Box::new(on_outcome));
        self
    }

    /// Answers as soon as a delivery is claimed, and calls the handler afterwards. If it fails, the claim is released, but
    /// the sender, which does not repeat, has its 200 already. What is running when the process ends is lost:
    /// [`drain`](Receiver::drain) waits for it.
    pub fn background(mut self) -> Self {
        self.rules = self.rules.background();
        self
    }

    /// Sets how long a body may take to arrive, ten seconds unless set.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.rules = self.rules.body_timeout(timeout);
        self
    }

    /// Sets the clock by which deliveries are fresh or not, in place of the system's. It is asked once the webhook is known and
    /// again once the body is there; if it panics, the request is answered with `internal`. Durations are measured by the
    /// monotonic clock.
    pub fn clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Finds out why a signature does not match, and adds that to the line of the log: for bodies of up to 64 kB, once in five
    /// seconds.
    ///
    /// # Example
    ///
    /// ```
    /// # use twenty_webhook_axum::{Secret, Webhook, receive};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let receiver = receive(Webhook::new(Secret::new("a secret")?)).on("person.*", async |_, _| ()).diagnose().build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "diagnose")]
    pub fn diagnose(mut self) -> Self {
        self.rules = self.rules.diagnose();
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
        if let Finder::Known(webhook) = &self.finder {
            rules.lifetimes(webhook.options()).map_err(BuildError::Config)?;
        }
        let rules = if self.store.is_some() { rules } else { rules.no_store() };
        Ok(Receiver(Arc::new(Inner {
            finder: self.finder,
            rules: Arc::new(rules),
            handlers: self.handlers,
            store: self.store,
            on_error: self.on_error,
            on_outcome: self.on_outcome,
            clock: self.clock,
            alive: watch::Sender::new(()),
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
