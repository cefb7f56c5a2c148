//! Claims in Redis or Valkey.

use std::{fmt, time::Duration};

use redis::{Cmd, ErrorKind, FromRedisValue, RedisError, ServerErrorKind, aio::ConnectionLike};
use tokio::time::{Instant, sleep};
use twenty_webhook::receiver::AskAgain;

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

    async fn ask(&self, key: &str, token: &str, milliseconds: u64) -> Result<bool, RedisError> {
        let mut set = redis::cmd("SET");
        set.arg(key).arg(token).arg("NX").arg("PX").arg(milliseconds);
        if self.query::<Option<String>>(&set).await?.is_some() {
            return Ok(true);
        }
        // What an earlier asking has set, whose answer was lost, is ours.
        let holder: Option<Vec<u8>> = self.query(redis::cmd("GET").arg(key)).await?;
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
            let (first, mut pauses) = (Instant::now(), AskAgain::default());
            // An asking whose answer was lost may have claimed, so somebody has to find out, whatever is answered to later
            // ones and however late: the receiver, which has gone on after a second, gives up what is found then.
            let mut may_be_ours = false;
            loop {
                let error = match self.ask(key, &token, milliseconds).await {
                    Ok(is_ours) => return Ok(is_ours.then_some(token)),
                    Err(error) => error,
                };
                may_be_ours |= !is_answer(&error);
                let is_worth_asking = may_be_ours || will_pass(&error);
                match pauses.next(first.elapsed()).filter(|_| is_worth_asking) {
                    Some(pause) => sleep(pause).await,
                    None => return Err(error.into()),
                }
            }
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

/// Whether the server has said it: then it has not claimed.
fn is_answer(error: &RedisError) -> bool {
    let is_silence = matches!(
        error.kind(),
        ErrorKind::Io | ErrorKind::Client | ErrorKind::ClusterConnectionNotFound | ErrorKind::Parse
    );
    !is_silence
}

/// Whether a server says so that starts, or that another is about to take over from.
fn will_pass(error: &RedisError) -> bool {
    use ServerErrorKind::{BusyLoading, ClusterDown, MasterDown, ReadOnly, TryAgain};

    matches!(error.kind(), ErrorKind::Server(BusyLoading | ClusterDown | MasterDown | ReadOnly | TryAgain))
}

/// 128 random bits in hex: no two claims share one, on whatever machines they are made.
fn new_token() -> Result<String, BoxError> {
    let bits = u128::from(getrandom::u64()?) << 64 | u128::from(getrandom::u64()?);
    Ok(format!("{bits:032x}"))
}

/// One command: between a GET and a DEL of ours the claim could expire and be another's.
const COMPARE_AND_DELETE: &str =
    r#"if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0"#;
