//! Claims in PostgreSQL.

use std::{fmt, sync::Arc, time::Duration};

use deadpool_postgres::Pool;
use tokio_postgres::{
    Error,
    error::SqlState,
    types::{ToSql, Type},
};

use super::{Claims, ReplayTable, holder_of, no_row, now_and_end};
use crate::{
    BoxError, BoxFuture, ReplayStore, log,
    store::{
        asking::{Failed, Failure, until_known},
        new_token,
    },
    task::spawn,
};

/// A store for receivers on several machines, in PostgreSQL.
///
/// It takes connections from your pool, one for each claim, and gives them back at once, so a claim is never part of a
/// transaction of yours. A connection that comes back to the pool within a transaction, after a `BEGIN` by hand, would make it one:
/// use the transactions of `tokio-postgres`, which end when they are dropped. Each statement is one round trip without a prepared
/// statement, so a pooler between (`PgBouncer`) may be in any mode.
///
/// Every fiftieth claim of a store has up to a hundred rows deleted whose time is over.
///
/// # Example
///
/// ```
/// use deadpool_postgres::{Config, Runtime};
/// use tokio_postgres::NoTls;
/// use twenty_webhook_axum::{BoxError, PostgresReplayStore, ReplayTable};
///
/// async fn store() -> Result<PostgresReplayStore, BoxError> {
///     let mut config = Config::new();
///     config.url = Some("postgres://127.0.0.1/crm".to_owned());
///     let pool = config.create_pool(Some(Runtime::Tokio1), NoTls)?;
///     let table = ReplayTable::new(ReplayTable::DEFAULT_NAME)?;
///     pool.get().await?.batch_execute(table.create()).await?;
///     Ok(PostgresReplayStore::new(pool, table))
/// }
/// ```
pub struct PostgresReplayStore(Arc<Inner>);

struct Inner {
    pool: Pool,
    table: ReplayTable,
    claims: Claims,
}

impl PostgresReplayStore {
    /// Makes one over this pool and this table, which must be there when the first claim comes.
    pub fn new(pool: Pool, table: ReplayTable) -> Self {
        Self(Arc::new(Inner { pool, table, claims: Claims::default() }))
    }
}

impl Inner {
    /// Whose the claim is.
    async fn ask(&self, key: &str, token: &str, ttl: Duration) -> Result<String, Failed> {
        // Nothing was sent, and the pool has its own patience.
        let client = self.pool.get().await.map_err(|error| Failed::new(Failure::Final, error))?;
        let (now, end) = now_and_end(ttl);
        let values: [(&(dyn ToSql + Sync), Type); 5] =
            [(&key, Type::TEXT), (&token, Type::TEXT), (&end, Type::INT8), (&now, Type::INT8), (&now, Type::INT8)];
        let rows = client.query_typed(&self.table.0.claim, &values).await.map_err(failed)?;
        let row = rows.first().ok_or_else(no_row)?;
        let answer = row.try_get(0).and_then(|answered| Ok((answered, row.try_get(1)?)));
        holder_of(key, answer.map_err(|error| Failed::new(Failure::Final, error))?)
    }

    async fn release(&self, key: &str, token: &str) -> Result<(), BoxError> {
        let values: [(&(dyn ToSql + Sync), Type); 2] = [(&key, Type::TEXT), (&token, Type::TEXT)];
        self.pool.get().await?.query_typed(&self.table.0.release, &values).await?;
        Ok(())
    }

    async fn delete_expired(&self) -> Result<(), BoxError> {
        let (now, _) = now_and_end(Duration::ZERO);
        let values: [(&(dyn ToSql + Sync), Type); 2] = [(&now, Type::INT8), (&now, Type::INT8)];
        self.pool.get().await?.query_typed(&self.table.0.delete_expired, &values).await?;
        Ok(())
    }
}

impl fmt::Debug for PostgresReplayStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresReplayStore").field("table", &self.0.table).finish_non_exhaustive()
    }
}

impl ReplayStore for PostgresReplayStore {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        _window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        Box::pin(async move {
            let token = new_token()?;
            let holder = until_known(|| self.0.ask(key, &token, ttl)).await?;
            if self.0.claims.is_deletion_due() {
                let inner = Arc::clone(&self.0);
                spawn(async move { inner.delete_expired().await.unwrap_or_else(|error| log::undeleted(&error)) });
            }
            Ok((holder == token).then_some(token))
        })
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(self.0.release(key, token))
    }
}

/// An error without a code is one of the connection.
fn failed(error: Error) -> Failed {
    Failed::new(Failure::of(error.code().map_or("", SqlState::code)), error)
}
