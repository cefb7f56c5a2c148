use alloc::string::ToString;

use super::{SqlFailure, SqlPlaceholders, SqlStatements, SqlTableError};

#[test]
fn placeholders_stand_in_the_order_of_the_values() {
    let claim = |placeholders| SqlStatements::new("t", placeholders).unwrap().claim;
    let written = |[key, token, expires, now, again]: [&str; 5]| {
        ["INSERT INTO \"t\" AS c (key, token, expires_at) VALUES (", key, ", ", token, ", ", expires, ") "].concat()
            + "ON CONFLICT (key) DO UPDATE SET token = CASE WHEN c.expires_at <= "
            + now
            + " THEN excluded.token ELSE c.token END, expires_at = CASE WHEN c.expires_at <= "
            + again
            + " THEN excluded.expires_at ELSE c.expires_at END RETURNING key, token"
    };
    assert_eq!(claim(SqlPlaceholders::Numbered), written(["$1", "$2", "$3", "$4", "$5"]));
    assert_eq!(claim(SqlPlaceholders::QuestionMarks), written(["?"; 5]));
    assert_eq!(claim(SqlPlaceholders::Percent), written(["%s"; 5]));
    for (text, placeholders) in
        [("$1", SqlPlaceholders::Numbered), ("?", SqlPlaceholders::QuestionMarks), ("%s", SqlPlaceholders::Percent)]
    {
        assert_eq!(text.parse(), Ok(placeholders));
    }
    assert!(":1".parse::<SqlPlaceholders>().is_err());
}

#[test]
fn names_are_quoted_and_nothing_but_names_is_taken() {
    fn statements(table: &str) -> Result<SqlStatements, SqlTableError> {
        SqlStatements::new(table, SqlPlaceholders::QuestionMarks)
    }
    assert_eq!(
        statements("app.Order").unwrap().create_table,
        "CREATE TABLE IF NOT EXISTS \"app\".\"Order\" (key TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL, \
         expires_at BIGINT NOT NULL);\n\
         CREATE INDEX IF NOT EXISTS \"Order_expires_at\" ON \"app\".\"Order\" (expires_at);\n"
    );
    assert_eq!(
        statements("_a1").unwrap().delete_expired,
        "DELETE FROM \"_a1\" WHERE expires_at <= ? AND key IN \
         (SELECT key FROM \"_a1\" WHERE expires_at <= ? ORDER BY expires_at LIMIT 100)"
    );
    assert!(statements(&"a".repeat(50)).is_ok());
    for table in
        ["", ".", "a.", ".a", "a.b.c", "1a", "a b", "a-b", "a\"", "a;", "é", "a%s", "||", "|table|", &"a".repeat(51)]
    {
        let told = statements(table).unwrap_err().to_string();
        assert!(told.starts_with("The table's name must be up to 50 ASCII letters"), "{told}");
    }
    let told = statements(&"\"\n;".repeat(100)).unwrap_err().to_string();
    assert!(told.len() < 300 && !told.contains('\n'), "{told}");
    let told = statements(&"a".repeat(101)).unwrap_err().to_string();
    assert!(told.ends_with(&["not \"", &"a".repeat(100), "...\"."].concat()), "{told}");
}

#[test]
fn errors_are_told_apart_by_their_codes() {
    for (failure, codes) in [
        (
            SqlFailure::Lost,
            &[
                "",
                "08006",
                "57P01",
                "57014",
                "EPIPE",
                "ECONNRESET",
                "ETIMEDOUT",
                "CONNECTION_CLOSED",
                "é",
                "EAI_4",
                "123456",
            ][..],
        ),
        (SqlFailure::Passing, &["40001", "40P01", "53300", "55P03", "25006", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"]),
        (SqlFailure::Final, &["42P01", "23502", "25P02", "28P01", "XX000", "P0001", "SQLITE_ERROR", "SQLITE_FULL"]),
        (SqlFailure::Final, &["ECONNREFUSED", "ENOTFOUND", "ENOENT", "CONNECTION_ENDED", "CONNECT_TIMEOUT"]),
    ] {
        for code in codes {
            assert_eq!(SqlFailure::of(code), failure, "{code}");
        }
    }
}
