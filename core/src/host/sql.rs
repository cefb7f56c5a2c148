//! A replay store in SQL, for the hosts of JavaScript.

use alloc::string::String;

use super::{Failure, SqlFailure, SqlPlaceholders, SqlStatements, json::Object};

/// The statements for a table, the default one unless it is named, as JSON: `createTable`, `claim`, `release`, `deleteExpired`,
/// `claimsBetweenDeletions`.
///
/// # Errors
///
/// A sentence without a code for placeholders and names that cannot be meant.
pub fn sql_statements(first_placeholder: &str, table: Option<&str>) -> Result<String, Failure> {
    let placeholders: SqlPlaceholders = first_placeholder.parse().map_err(|error: &str| Failure::mistake(error))?;
    let table = table.unwrap_or(SqlStatements::DEFAULT_TABLE);
    let statements = SqlStatements::new(table, placeholders).map_err(|error| Failure::mistake(&error))?;
    Ok(Object::new()
        .text("createTable", Some(&statements.create_table))
        .text("claim", Some(&statements.claim))
        .text("release", Some(&statements.release))
        .text("deleteExpired", Some(&statements.delete_expired))
        .number("claimsBetweenDeletions", SqlStatements::CLAIMS_BETWEEN_DELETIONS.into())
        .end())
}

/// What an error with this code says about a claim: `final`, `passing` or `lost`.
pub fn sql_failure(code: &str) -> &'static str {
    match SqlFailure::of(code) {
        SqlFailure::Final => "final",
        SqlFailure::Passing => "passing",
        SqlFailure::Lost => "lost",
    }
}
