//! Claims in SQLite.

use std::{fmt, sync::Arc, time::Duration};

use rusqlite::{Connection, Error, ErrorCode, OptionalExtension as _, params};
use tokio::{sync::Mutex, task::spawn_blocking};

use super::{Claims, ReplayTable, holder_of, no_row, now_and_end};
use crate::{
    BoxError, BoxFuture, ReplayStore, log,
    store::{
        asking::{Failed, Failure, until_known},
        new_token,
    },
};

/// A store for one machine, in a file of SQLite (3.35 or newer): several processes may share it, and it remembers its claims when
/// they start anew.
///
/// It takes a connection of its own, so a claim is never part of a transaction of yours. Open the file in the mode `WAL`, in which
/// a claim waits for no reader.
///
/// Every fiftieth claim of a store has up to a hundred rows deleted whose time is over.
///
/// # Example
///
/// ```
/// use rusqlite::Connection;
/// use twenty_webhook_axum::{BoxError, ReplayTable, SqliteReplayStore};
///
/// fn store(file: &str) -> Result<SqliteReplayStore, BoxError> {
///     let (connection, table) = (Connection::open(file)?, ReplayTable::new(ReplayTable::DEFAULT_NAME)?);
///     connection.pragma_update(None, "journal_mode", "WAL")?;
///     connection.execute_batch(table.create())?;
///     Ok(SqliteReplayStore::new(connection, table))
/// }
/// # assert!(store(":memory:").is_ok());
/// ```
pub struct SqliteReplayStore(Arc<Inner>);

struct Inner {
    /// One thread at a time waits for the file; other claims wait for it without a thread.
    connection: Arc<Mutex<Connection>>,
    table: ReplayTable,
    claims: Claims,
}

impl SqliteReplayStore {
    /// Makes one over this connection and this table, which must be there when the first claim comes.
    pub fn new(connection: Connection, table: ReplayTable) -> Self {
        Self(Arc::new(Inner { connection: Arc::new(Mutex::new(connection)), table, claims: Claims::default() }))
    }

    /// Whose the claim is.
    async fn ask(&self, key: &str, token: &str, ttl: Duration) -> Result<String, Failed> {
        let (asked, token) = (key.to_owned(), token.to_owned());
        let answer = self.with_connection(move |connection, table| {
            let (now, end) = now_and_end(ttl);
            let values = params![asked, token, end, now, now];
            connection.query_row(&table.0.claim, values, |row| Ok((row.get(0)?, row.get(1)?))).optional()
        });
        holder_of(key, answer.await?.ok_or_else(no_row)?)
    }

    /// Does this on a thread where it may wait.
    async fn with_connection<T>(
        &self,
        call: impl FnOnce(&Connection, &ReplayTable) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Failed>
    where
        T: Send + 'static,
    {
        let inner = Arc::clone(&self.0);
        let connection = Arc::clone(&inner.connection).lock_owned().await;
        let called = spawn_blocking(move || {
            if !connection.is_autocommit() {
                return Err(Failed::new(Failure::Final, IN_A_TRANSACTION));
            }
            call(&connection, &inner.table).map_err(failed)
        });
        called.await.unwrap_or_else(|panic| Err(Failed::new(Failure::Final, panic)))
    }
}

const IN_A_TRANSACTION: &str =
    "the connection is in a transaction, with which the claim could be undone: give the store a connection of its own";

impl fmt::Debug for SqliteReplayStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteReplayStore").field("table", &self.0.table).finish_non_exhaustive()
    }
}

impl ReplayStore for SqliteReplayStore {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        _window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        Box::pin(async move {
            let token = new_token()?;
            let holder = until_known(|| self.ask(key, &token, ttl)).await?;
            if self.0.claims.is_deletion_due() {
                let deleted = self.with_connection(|connection, table| {
                    let (now, _) = now_and_end(Duration::ZERO);
                    connection.execute(&table.0.delete_expired, params![now, now])
                });
                if let Err(failed) = deleted.await {
                    log::undeleted(&failed.error);
                }
            }
            Ok((holder == token).then_some(token))
        })
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        let (key, token) = (key.to_owned(), token.to_owned());
        Box::pin(async move {
            let released = self
                .with_connection(move |connection, table| connection.execute(&table.0.release, params![key, token]));
            released.await.map(drop).map_err(|failed| failed.error)
        })
    }
}

fn failed(error: Error) -> Failed {
    let code = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy) => "SQLITE_BUSY",
        Some(ErrorCode::DatabaseLocked) => "SQLITE_LOCKED",
        _ => "SQLITE_ERROR",
    };
    Failed::new(Failure::of(code), error)
}
