//! Where deliveries are claimed.

#[cfg(any(feature = "postgres", feature = "redis", feature = "sqlite"))]
mod asking;
mod memory;
#[cfg(feature = "redis")]
mod redis;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod sql;

use std::{sync::Arc, time::Duration};

pub use memory::MemoryReplayStore;
#[cfg(feature = "redis")]
pub use redis::RedisReplayStore;
#[cfg(feature = "postgres")]
pub use sql::PostgresReplayStore;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub use sql::ReplayTable;
#[cfg(feature = "sqlite")]
pub use sql::SqliteReplayStore;

use crate::{BoxError, BoxFuture};

/// Remembers which deliveries have been handled. Several receivers may share one; then each key is granted once for all of
/// them.
///
/// What fails, panics or takes longer than a second is unavailable; what is then done is
/// [`on_store_failure`](crate::ReceiverBuilder::on_store_failure).
///
/// # Example
///
/// ```
/// use std::{collections::HashMap, sync::Mutex, time::Duration};
/// use twenty_webhook_axum::{BoxError, BoxFuture, ReplayStore};
///
/// /// Forgets nothing.
/// #[derive(Default)]
/// struct Forever(Mutex<HashMap<String, String>>);
///
/// impl ReplayStore for Forever {
///     fn claim<'a>(
///         &'a self,
///         key: &'a str,
///         _ttl: Duration,
///         _window: Duration,
///     ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
///         Box::pin(async move {
///             let mut claims = self.0.lock().map_err(|error| error.to_string())?;
///             if claims.contains_key(key) {
///                 return Ok(None);
///             }
///             let token = claims.len().to_string();
///             claims.insert(key.to_owned(), token.clone());
///             Ok(Some(token))
///         })
///     }
///
///     fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
///         Box::pin(async move {
///             let mut claims = self.0.lock().map_err(|error| error.to_string())?;
///             if claims.get(key).is_some_and(|held| held == token) {
///                 claims.remove(key);
///             }
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait ReplayStore: Send + Sync + 'static {
    /// Claims a key, atomically: a token for who claims it first, `None` for everyone else. The claim lives for `ttl`. It
    /// must live for `window` at least for no delivery to be accepted twice: what has no more room may forget older claims,
    /// never younger ones.
    ///
    /// # Errors
    ///
    /// Whatever kept it from finding out: `replay_store_unavailable`.
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>>;

    /// Gives a key free again, if it is still held by this token.
    ///
    /// # Errors
    ///
    /// Whatever kept it from that: it is logged, and [`on_error`](crate::ReceiverBuilder::on_error) is told.
    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>>;
}

/// One store for several receivers.
impl<S: ReplayStore + ?Sized> ReplayStore for Arc<S> {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        S::claim(self, key, ttl, window)
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        S::release(self, key, token)
    }
}

/// 128 random bits in hex: no two claims share one, on whatever machines they are made.
#[cfg(any(feature = "postgres", feature = "redis", feature = "sqlite", feature = "testing"))]
pub(crate) fn new_token() -> Result<String, BoxError> {
    let bits = u128::from(getrandom::u64()?) << 64 | u128::from(getrandom::u64()?);
    Ok(format!("{bits:032x}"))
}
