//! Claims in Redis or Valkey.

use std::{fmt, time::Duration};

use redis::{Cmd, ErrorKind, FromRedisValue, RedisError, ServerErrorKind, aio::ConnectionLike};

use super::{
    asking::{Failed, Failure, until_known},
    new_token,
};
use crate::{BoxError, BoxFuture, ReplayStore};

/// A store for receivers on several machines, in Redis or Valkey.
///
/// It takes any asynchronous connection of the crate `redis` that can be cloned. A `ConnectionManager` or a cluster's
/// connection connects again by itself; a `MultiplexedConnection` does not, and a store over one that broke stays unavailable.
/// Make a `ConnectionManager` lazily, so that the receiver starts while Redis is away, and with a longest pause between its
/// attempts, which otherwise double without end, so that it claims again soon after Redis is back.
///
/// # Example
///
/// ```
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use redis::aio::{ConnectionManager, ConnectionManagerConfig};
/// use twenty_webhook_axum::RedisReplayStore;
///
/// let client = redis::Client::open("redis://127.0.0.1/")?;
/// let config = ConnectionManagerConfig::new().set_max_delay(Duration::from_millis(500));
/// let store = RedisReplayStore::new(ConnectionManager::new_lazy_with_config(client, config)?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisReplayStore<C> {
    connection: C,
}

impl<C> RedisReplayStore<C>
where
    C: ConnectionLike + Clone + Send + Sync + 'static,
{
    /// Makes one over this connection.
    pub fn new(connection: C) -> Self {
        Self { connection }
    }

    async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, RedisError> {
        command.query_async(&mut self.connection.clone()).await
    }

    async fn ask(&self, key: &str, token: &str, milliseconds: u64) -> Result<bool, Failed> {
        let mut set = redis::cmd("SET");
        set.arg(key).arg(token).arg("NX").arg("PX").arg(milliseconds);
        if self.query::<Option<String>>(&set).await.map_err(failed)?.is_some() {
            return Ok(true);
        }
        // What an earlier asking has set, whose answer was lost, is ours.
        let holder: Option<Vec<u8>> = self.query(redis::cmd("GET").arg(key)).await.map_err(failed)?;
        Ok(holder.is_some_and(|holder| holder == token.as_bytes()))
    }
}

impl<C> fmt::Debug for RedisReplayStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisReplayStore").finish_non_exhaustive()
    }
}

impl<C> ReplayStore for RedisReplayStore<C>
where
    C: ConnectionLike + Clone + Send + Sync + 'static,
{
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        _window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        Box::pin(async move {
            let token = new_token()?;
            let milliseconds = u64::try_from(ttl.as_millis())?;
            let is_ours = until_known(|| self.ask(key, &token, milliseconds)).await?;
            Ok(is_ours.then_some(token))
        })
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move {
            let mut eval = redis::cmd("EVAL");
            eval.arg(COMPARE_AND_DELETE).arg(1).arg(key).arg(token);
            Ok(self.query::<()>(&eval).await?)
        })
    }
}

fn failed(error: RedisError) -> Failed {
    use ServerErrorKind::{BusyLoading, ClusterDown, MasterDown, ReadOnly, TryAgain};

    let failure = match error.kind() {
        // The server has not said it, so it may have claimed.
        ErrorKind::Io | ErrorKind::Client | ErrorKind::ClusterConnectionNotFound | ErrorKind::Parse => Failure::Lost,
        // A server says so that starts, or that another is about to take over from.
        ErrorKind::Server(BusyLoading | ClusterDown | MasterDown | ReadOnly | TryAgain) => Failure::Passing,
        _ => Failure::Final,
    };
    Failed::new(failure, error)
}

/// One command: between a GET and a DEL of ours the claim could expire and be another's.
const COMPARE_AND_DELETE: &str =
    r#"if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0"#;
