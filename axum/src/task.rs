//! What the user's code does: it goes on when a request's connection does not, its panics are failures like others, and its
//! time is watched.

use std::{
    any::Any,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, Sleep, sleep, timeout},
};

use crate::{BoxError, BoxFuture};

/// Spawns a task that logs under the span of the one that spawns it.
pub(crate) fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    #[cfg(feature = "tracing")]
    let future = tracing::Instrument::in_current_span(future);
    tokio::spawn(future)
}

/// Makes a panic a failure like others. What has half changed is the user's own; the receiver goes on without it.
pub(crate) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, BoxError> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| told(&*panic).into())
}

fn told(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("it panicked: {}", words.unwrap_or("without words"))
}

/// Something that runs, and the alarm that rings if it takes long; it goes on after that. The alarm may be set once more.
pub(crate) struct Running<T> {
    future: BoxFuture<'static, Result<T, BoxError>>,
    alarm: Option<Pin<Box<Sleep>>>,
    has_a_second_alarm: bool,
}

pub(crate) enum Report<T> {
    Ended {
        result: Result<T, BoxError>,
        /// The alarm was due and has not rung, as it cannot while the thread is blocked.
        is_overdue: bool,
    },
    TakesLong,
}

impl<T> Running<T> {
    pub(crate) fn new<F>(alarm_after: Option<Duration>, future: F) -> Self
    where
        F: Future<Output = Result<T, BoxError>> + Send + 'static,
    {
        Self {
            future: Box::pin(future),
            alarm: alarm_after.map(|after| Box::pin(sleep(after))),
            has_a_second_alarm: false,
        }
    }

    /// What is to be said of it; what has ended is taken away.
    pub(crate) fn poll(running: &mut Option<Self>, context: &mut Context<'_>) -> Poll<Report<T>> {
        let Some(Self { future, alarm, .. }) = running else { return Poll::Pending };
        let result = match guarded(|| future.as_mut().poll(context)) {
            Ok(Poll::Pending) => {
                let has_rung = alarm.as_mut().is_some_and(|alarm| alarm.as_mut().poll(context).is_ready());
                if !has_rung {
                    return Poll::Pending;
                }
                *alarm = None;
                return Poll::Ready(Report::TakesLong);
            }
            Ok(Poll::Ready(result)) => result,
            Err(panic) => Err(panic),
        };
        let is_overdue = alarm.as_ref().is_some_and(|alarm| alarm.deadline() < Instant::now());
        *running = None;
        Poll::Ready(Report::Ended { result, is_overdue })
    }
}

impl<T: Send + 'static> Running<T> {
    /// Sets the alarm once more, or says that it was.
    pub(crate) fn ring_again(&mut self, after: Duration) -> bool {
        let is_to_ring = !mem::replace(&mut self.has_a_second_alarm, true);
        if is_to_ring {
            self.alarm = Some(Box::pin(sleep(after)));
        }
        is_to_ring
    }

    /// It goes on for so long, and nobody asks what came of it.
    pub(crate) fn leave(self, within: Duration, alive: watch::Receiver<()>) {
        spawn(async move {
            timeout(within, self.future).await.ok();
            drop(alive);
        });
    }
}

/// Gives up what runs. It may panic when it is dropped, as a future of the user's.
pub(crate) fn abandon<T>(running: Option<Running<T>>) {
    guarded(|| drop(running)).ok();
}
