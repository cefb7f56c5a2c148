//! Tasks that go on when a request's does not, and panics that end nothing but what panicked.

use std::{
    any::Any,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::Poll,
};

use tokio::task::JoinHandle;

use crate::BoxError;

/// Spawns a task that logs under the span of the one that spawns it.
pub(crate) fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    #[cfg(feature = "tracing")]
    let future = tracing::Instrument::in_current_span(future);
    tokio::spawn(future)
}

/// Makes a panic a failure like others.
pub(crate) async fn guarded<T>(future: impl Future<Output = Result<T, BoxError>>) -> Result<T, BoxError> {
    let mut future = Box::pin(future);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        polled.unwrap_or_else(|panic| Poll::Ready(Err(told(&*panic).into())))
    })
    .await
}

fn told(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("it panicked: {}", words.unwrap_or("without words"))
}

/// What has ended at once, or goes on in a task.
pub(crate) enum Begun<T> {
    Ended(T),
    Running(JoinHandle<T>),
}

/// Begins it here, which is all that a store in memory needs: a task costs more than it.
pub(crate) async fn begin<T: Send + 'static>(mut future: Pin<Box<dyn Future<Output = T> + Send>>) -> Begun<T> {
    let at_once = poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(ended) => Poll::Ready(Some(ended)),
        Poll::Pending => Poll::Ready(None),
    });
    match at_once.await {
        Some(ended) => Begun::Ended(ended),
        None => Begun::Running(spawn(future)),
    }
}
