//! What a replay store asks of a SQL database, and what the errors of one say about a claim.

use alloc::{borrow::ToOwned, format, string::String};
use core::{fmt, str::FromStr};

use crate::shown::Shown;

/// The statements of a replay store in one table, for PostgreSQL (tried on 15) and SQLite (from 3.35 on). Times are milliseconds
/// since 1970, which the host binds.
///
/// # Example
///
/// ```
/// use twenty_webhook::receiver::{SqlPlaceholders, SqlStatements};
///
/// let statements = SqlStatements::new(SqlStatements::DEFAULT_TABLE, SqlPlaceholders::Numbered)?;
/// let table = r#""twenty_webhook_claims""#;
/// assert_eq!(statements.release, format!("DELETE FROM {table} WHERE key = $1 AND token = $2"));
/// # Ok::<(), twenty_webhook::receiver::SqlTableError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SqlStatements {
    /// Makes the table and its index, a statement on each line.
    pub create_table: String,
    /// Of key, token, when the claim will be gone, now, and now again. It always answers with one row of two columns,
    /// the key and the token that holds it: my token is a grant, also when I ask again because an answer was lost; another's is a
    /// refusal. An answer for another key is neither: somebody else uses the same connection.
    pub claim: String,
    /// Of key and token: deletes a claim that is still this token's.
    pub release: String,
    /// Of now, and now again: deletes a batch of claims that are gone.
    pub delete_expired: String,
}

impl SqlStatements {
    /// The table of a store that is not told another.
    pub const DEFAULT_TABLE: &'static str = "twenty_webhook_claims";

    /// After how many claims a store deletes a batch, beginning with its first: twice as many rows go as come, and a process
    /// that serves few requests deletes some, too.
    pub const CLAIMS_BETWEEN_DELETIONS: u32 = BATCH / 2;

    /// The statements for a table, whose name is spelt as the database has it, with a schema before it or without.
    ///
    /// # Errors
    ///
    /// [`SqlTableError`] for a name that is not made of ASCII letters, digits and underscores.
    pub fn new(table: &str, placeholders: SqlPlaceholders) -> Result<Self, SqlTableError> {
        let (schema, name) = table.split_once('.').map_or((None, table), |(schema, name)| (Some(schema), name));
        if !schema.into_iter().chain([name]).all(is_identifier) {
            return Err(SqlTableError(table.to_owned()));
        }
        let quoted = schema.map_or_else(|| format!("\"{name}\""), |schema| format!("\"{schema}\".\"{name}\""));
        let [create_table, claim, release, delete_expired] = [CREATE_TABLE, CLAIM, RELEASE, DELETE_EXPIRED]
            .map(|template| placeholders.put_into(template, name, &quoted));
        Ok(Self { create_table, claim, release, delete_expired })
    }
}

/// How a client of a database spells the place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlPlaceholders {
    /// `$1`, `$2`, in the order in which they stand.
    Numbered,
    /// `?`.
    QuestionMarks,
    /// `%s`.
    Percent,
}

impl SqlPlaceholders {
    /// Every second piece of a template stands for something: an empty one for a value.
    fn put_into(self, template: &str, name: &str, table: &str) -> String {
        let (mut text, mut is_literal, mut values) = (String::new(), false, b'0');
        for piece in template.split('|') {
            is_literal = !is_literal;
            text += match (is_literal, piece) {
                (false, "name") => name,
                (false, "table") => table,
                (false, _) => self.spelling(),
                _ => piece,
            };
            if !is_literal && piece.is_empty() && self == Self::Numbered {
                values += 1;
                text.push(values.into());
            }
        }
        text
    }

    const fn spelling(self) -> &'static str {
        match self {
            Self::Numbered => "$",
            Self::QuestionMarks => "?",
            Self::Percent => "%s",
        }
    }
}

/// Reads the first placeholder: `$1`, `?` or `%s`.
impl FromStr for SqlPlaceholders {
    type Err = &'static str;

    fn from_str(first: &str) -> Result<Self, Self::Err> {
        match first {
            "$1" => Ok(Self::Numbered),
            "?" => Ok(Self::QuestionMarks),
            "%s" => Ok(Self::Percent),
            _ => Err("The placeholders must be $1, ? or %s."),
        }
    }
}

/// A table's name that cannot be part of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlTableError(String);

impl fmt::Display for SqlTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The table's name must be up to {MOST_CHARACTERS} ASCII letters, digits and underscores, with its schema and a dot \
             before it if need be, not \"{}\".",
            Shown(&self.0)
        )
    }
}

impl core::error::Error for SqlTableError {}

/// What an error of a database says about the claim that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlFailure {
    /// The claim was not made. Asking again would not change that.
    Final,
    /// The claim was not made, but the reason passes: another asking may make it.
    Passing,
    /// The answer was lost, so the claim may have been made: only another asking tells.
    Lost,
}

impl SqlFailure {
    /// By the error's code: a SQLSTATE, the name of an error of SQLite, or the code of an error of the operating system or of
    /// the client; empty where an error has none.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::receiver::SqlFailure;
    ///
    /// assert_eq!(SqlFailure::of("42P01"), SqlFailure::Final); // There is no such table.
    /// assert_eq!(SqlFailure::of("SQLITE_BUSY"), SqlFailure::Passing);
    /// assert_eq!(SqlFailure::of("ECONNRESET"), SqlFailure::Lost);
    /// ```
    pub fn of(code: &str) -> Self {
        let is_one_of = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
        match code {
            _ if NEVER_SENT.contains(&code) => Self::Final,
            _ if is_one_of(&["SQLITE_BUSY", "SQLITE_LOCKED"]) => Self::Passing,
            _ if is_one_of(&["SQLITE_"]) => Self::Final,
            _ if !is_sqlstate(code) || is_one_of(&LOST_CLASSES) => Self::Lost,
            _ if is_one_of(&PASSING_CLASSES) => Self::Passing,
            _ => Self::Final,
        }
    }
}

/// The row is written in any case, so that it is there to be answered. In SQLite, too, `c` is the row that is there.
const CLAIM: &str = "INSERT INTO |table| AS c (key, token, expires_at) VALUES (||, ||, ||) \
    ON CONFLICT (key) DO UPDATE SET \
    token = CASE WHEN c.expires_at <= || THEN excluded.token ELSE c.token END, \
    expires_at = CASE WHEN c.expires_at <= || THEN excluded.expires_at ELSE c.expires_at END \
    RETURNING key, token";

const RELEASE: &str = "DELETE FROM |table| WHERE key = || AND token = ||";

/// The first condition is asked of a row once more when it is locked: it may have been claimed anew since it was chosen.
const DELETE_EXPIRED: &str = "DELETE FROM |table| WHERE expires_at <= || AND key IN \
    (SELECT key FROM |table| WHERE expires_at <= || ORDER BY expires_at LIMIT 100)";

const CREATE_TABLE: &str = "CREATE TABLE IF NOT EXISTS |table| (key TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL, \
    expires_at BIGINT NOT NULL);\n\
    CREATE INDEX IF NOT EXISTS \"|name|_expires_at\" ON |table| (expires_at);\n";

/// As the statement has it.
const BATCH: u32 = 100;

/// PostgreSQL cuts names after 63, and the index has the longer one.
const MOST_CHARACTERS: usize = 50;

fn is_identifier(name: &str) -> bool {
    let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word && !name.starts_with(|first: char| first.is_ascii_digit()) && (1..=MOST_CHARACTERS).contains(&name.len())
}

/// Codes of the operating system have no digit.
fn is_sqlstate(code: &str) -> bool {
    let is_spelt_so = code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    code.len() == 5 && is_spelt_so && code.bytes().any(|byte| byte.is_ascii_digit())
}

/// Of the connection; of an operator who ends it.
const LOST_CLASSES: [&str; 2] = ["08", "57"];
/// Of a transaction that met another; of resources; of a lock; of a server that only reads, because another takes over.
const PASSING_CLASSES: [&str; 4] = ["40", "53", "55", "25006"];
/// There was no connection to send anything over: codes of the operating system, then those of the package `postgres`.
const NEVER_SENT: [&str; 5] = ["ECONNREFUSED", "ENOENT", "ENOTFOUND", "CONNECT_TIMEOUT", "CONNECTION_ENDED"];

#[cfg(test)]
mod tests;
