//! Claims in a table of a SQL database.

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

#[cfg(feature = "postgres")]
pub use postgres::PostgresReplayStore;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteReplayStore;
use twenty_webhook::receiver::{SqlPlaceholders, SqlStatements, SqlTableError};

use super::asking::{Failed, Failure};

/// The table of a replay store in SQL: its name, and the statements that make it.
///
/// # Example
///
/// ```
/// use twenty_webhook_axum::ReplayTable;
///
/// let table = ReplayTable::new(ReplayTable::DEFAULT_NAME)?;
/// assert_eq!(
///     table.create(),
///     r#"CREATE TABLE IF NOT EXISTS "twenty_webhook_claims" (key TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL, expires_at BIGINT NOT NULL);
/// CREATE INDEX IF NOT EXISTS "twenty_webhook_claims_expires_at" ON "twenty_webhook_claims" (expires_at);
/// "#
/// );
/// # Ok::<(), twenty_webhook_axum::SqlTableError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReplayTable(SqlStatements);

impl ReplayTable {
    /// The name that stores of other languages use unless they are told another: a table serves receivers of all of them.
    pub const DEFAULT_NAME: &str = SqlStatements::DEFAULT_TABLE;

    /// Takes a name as the database spells it, with its schema and a dot before it if need be.
    ///
    /// # Errors
    ///
    /// [`SqlTableError`] for a name that is not made of up to 50 ASCII letters, digits and underscores.
    pub fn new(name: &str) -> Result<Self, SqlTableError> {
        SqlStatements::new(name, SqlPlaceholders::Numbered).map(Self)
    }

    /// The statements that make the table and its index if they are not there yet, one on each line: for your migrations. Stores
    /// do not run them.
    pub fn create(&self) -> &str {
        &self.0.create_table
    }
}

/// Counts claims, and says when a batch of those that are gone is to be deleted.
#[derive(Debug, Default)]
struct Claims(AtomicU32);

impl Claims {
    fn is_deletion_due(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) % SqlStatements::CLAIMS_BETWEEN_DELETIONS == 0
    }
}

/// Now, in milliseconds since 1970, and when a claim that is made now will be gone.
fn now_and_end(ttl: Duration) -> (i64, i64) {
    let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let now = millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default());
    (now, now.saturating_add(millis(ttl)))
}

/// Whose the claim is. What is answered for another key says nothing of this one.
fn holder_of(key: &str, answer: (String, String)) -> Result<String, Failed> {
    let (answered, holder) = answer;
    if answered == key { Ok(holder) } else { Err(Failed::new(Failure::Final, ANSWERED_FOR_ANOTHER)) }
}

const ANSWERED_FOR_ANOTHER: &str = "the database answered for another claim: something else uses the connection, too";

/// A claim's statement gives one row in any case. Where a rule or a trigger on the table takes it away, nobody knows whose the
/// claim is.
fn no_row() -> Failed {
    Failed::new(Failure::Final, "the claim gave no row: remove rules and triggers from the table")
}
