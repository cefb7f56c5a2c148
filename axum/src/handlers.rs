//! Handlers.

use twenty_webhook::Delivery;

use crate::{BoxError, BoxFuture, Head};

pub(crate) type Handler =
    Box<dyn Fn(Delivery<'static>, Head) -> BoxFuture<'static, Result<(), BoxError>> + Send + Sync>;

pub(crate) fn boxed<F, R>(handler: F) -> Handler
where
    F: Fn(Delivery<'static>, Head) -> R + Send + Sync + 'static,
    R: Future<Output: HandlerOutput> + Send + 'static,
{
    Box::new(move |delivery, head| {
        let output = handler(delivery, head);
        Box::pin(async move { output.await.into_result() })
    })
}

/// What a handler's future may give: nothing, or whether it failed.
///
/// # Example
///
/// ```
/// use std::io;
/// use twenty_webhook_axum::{Delivery, Head};
///
/// async fn cannot_fail(delivery: Delivery<'static>, head: Head) {
///     println!("{} from {:?}", delivery.id(), head.headers.get("user-agent"));
/// }
///
/// async fn can_fail(delivery: Delivery<'static>, _: Head) -> io::Result<()> {
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
