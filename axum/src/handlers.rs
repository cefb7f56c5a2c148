//! Handlers, by the pattern of events they are for.

use std::sync::Arc;

use twenty_webhook::{Delivery, Event};

use crate::{BoxError, BoxFuture};

pub(crate) type Handler = dyn Fn(Delivery<'static>) -> BoxFuture<'static, Result<(), BoxError>> + Send + Sync;

/// In the order in which they were given.
#[derive(Default)]
pub(crate) struct Handlers(Vec<(Option<String>, Arc<Handler>)>);

impl Handlers {
    /// Without a pattern it is for every delivery.
    pub(crate) fn push<F, R>(&mut self, pattern: Option<String>, handler: F)
    where
        F: Fn(Delivery<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: HandlerOutput> + Send + 'static,
    {
        let handler: Arc<Handler> = Arc::new(move |delivery| {
            let output = handler(delivery);
            Box::pin(async move { output.await.into_result() })
        });
        self.0.push((pattern, handler));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn patterns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|(pattern, _)| pattern.as_deref())
    }

    pub(crate) fn matching(&self, event: &Event<'_>) -> Vec<Arc<Handler>> {
        let is_for = |pattern: &Option<String>| pattern.as_deref().is_none_or(|pattern| event.matches(pattern));
        self.0.iter().filter(|(pattern, _)| is_for(pattern)).map(|(_, handler)| Arc::clone(handler)).collect()
    }
}

/// What a handler's future may give: nothing, or whether it failed.
///
/// # Example
///
/// ```
/// use std::io;
/// use twenty_webhook_axum::Delivery;
///
/// async fn cannot_fail(delivery: Delivery<'static>) {
///     println!("{}", delivery.id());
/// }
///
/// async fn can_fail(delivery: Delivery<'static>) -> io::Result<()> {
///     std::fs::write(delivery.id().as_str(), delivery.payload())
/// }
/// ```
pub trait HandlerOutput: sealed::Sealed {
    /// Whether it failed, and with what.
    ///
    /// # Errors
    ///
    /// What the handler failed with: `handler_failed`.
    fn into_result(self) -> Result<(), BoxError>;
}

impl HandlerOutput for () {
    fn into_result(self) -> Result<(), BoxError> {
        Ok(())
    }
}

impl<E: Into<BoxError>> HandlerOutput for Result<(), E> {
    fn into_result(self) -> Result<(), BoxError> {
        self.map_err(Into::into)
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for () {}
    impl<E> Sealed for Result<(), E> {}
}
