//! Files of SQLite.

use std::{
    error::Error as _,
    path::Path,
    sync::{Arc, Mutex},
};

use rusqlite::Connection;
use tempfile::TempDir;
use twenty_webhook_axum::{ReplayTable, SqliteReplayStore};

use crate::{
    deliveries::{builder, deliver, deliver_until},
    postgres::table,
};

pub(crate) fn file() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

pub(crate) fn store(folder: &Path) -> SqliteReplayStore {
    SqliteReplayStore::new(open(folder), table())
}

fn open(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("claims.db")).expect("a file");
    connection.pragma_update(None, "journal_mode", "WAL").expect("a mode");
    connection.execute_batch(table().create()).expect("a table");
    connection
}

#[tokio::test]
async fn claims_outlive_the_process() {
    let folder = file();
    for expected in ["handled", "duplicate"] {
        let receiver = builder().on_every(async |_, _| ()).replay_store(store(folder.path())).build().unwrap();
        assert_eq!(deliver(&receiver, "1").await, expected);
    }
}

#[tokio::test]
async fn a_file_that_another_locks_is_waited_for_and_what_is_claimed_late_is_given_back() {
    let folder = file();
    let receiver = builder().on_every(async |_, _| ()).replay_store(store(folder.path())).build().unwrap();
    let other = open(folder.path());
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(deliver(&receiver, "1").await, "replay_store_unavailable");
    other.execute_batch("COMMIT").unwrap();
    receiver.drain().await;
    deliver_until("handled", &receiver, "1").await;
    assert_eq!(deliver(&receiver, "1").await, "duplicate");
}

/// What the store fails with, as `on_error` is told.
async fn cause(connection: Connection, table: ReplayTable) -> String {
    let causes = Arc::new(Mutex::new(String::new()));
    let told = Arc::clone(&causes);
    let receiver = builder()
        .on_every(async |_, _| ())
        .replay_store(SqliteReplayStore::new(connection, table))
        .on_error(move |error| *told.lock().unwrap() = error.source().map(ToString::to_string).unwrap_or_default())
        .build()
        .unwrap();
    assert_eq!(deliver(&receiver, "1").await, "replay_store_unavailable");
    causes.lock().unwrap().clone()
}

#[tokio::test]
async fn a_table_that_is_not_there_and_a_connection_in_a_transaction_are_named() {
    let folder = file();
    let unmade = cause(open(folder.path()), ReplayTable::new("other").unwrap()).await;
    assert!(unmade.contains("no such table: other"), "{unmade}");
    let connection = open(folder.path());
    connection.execute_batch("BEGIN").unwrap();
    let within = cause(connection, table()).await;
    assert!(within.contains("the connection is in a transaction"), "{within}");
}

#[tokio::test]
async fn rows_whose_time_is_over_are_deleted_in_batches() {
    let (folder, count) = (file(), |connection: &Connection| -> u32 {
        connection.query_row("SELECT count(*) FROM twenty_webhook_claims", [], |row| row.get(0)).unwrap()
    });
    let connection = open(folder.path());
    let fill = "INSERT INTO twenty_webhook_claims
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) SELECT i, 'token', 5 FROM n";
    connection.execute_batch(fill).unwrap();
    let receiver = builder().on_every(async |_, _| ()).replay_store(store(folder.path())).build().unwrap();
    let mut left = vec![];
    for id in 0..101 {
        assert_eq!(deliver(&receiver, &id.to_string()).await, "handled");
        left.push(count(&connection));
    }
    // The first, the fifty-first and the hundred-and-first claim have a batch deleted, each of a hundred rows at most.
    assert_eq!([left[0], left[49], left[50], left[99], left[100]], [151, 200, 101, 150, 101]);
}
