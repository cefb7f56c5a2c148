//! Tasks that go on when a request's does not.

use tokio::task::JoinHandle;

/// Spawns a task that logs under the span of the one that spawns it.
pub(crate) fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    #[cfg(feature = "tracing")]
    let future = tracing::Instrument::in_current_span(future);
    tokio::spawn(future)
}
