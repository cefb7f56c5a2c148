use std::{format, string::String, vec::Vec};

use super::{canonical_contents, quoted_pieces};
use crate::json::unescape;

#[test]
fn escapes_are_spelt_anew() {
    for (contents, canonical) in [
        (r"\ud83d\ude00", "😀"),
        (r"\uD83D\uDE00", "😀"),
        (r"\ud83d", r"\ud83d"),
        (r"\uDE00\uD83D", r"\ude00\ud83d"),
        (r"\ud83d\ud83d\ude00", r"\ud83d😀"),
        (r"\ud83dx\ude00", r"\ud83dx\ude00"),
        (r"\ud83d\n", r"\ud83d\n"),
        (r"\ud83d\u0041", r"\ud83dA"),
        (r"\u0000\u001F\u007f\u2028\/", "\\u0000\\u001f\u{7f}\u{2028}/"),
        (r"\u0022\u005c\u0008\u000C", r#"\"\\\b\f"#),
    ] {
        assert_eq!(canonical_contents(contents), canonical);
    }
}

#[test]
fn quoting_emits_the_escaped_text() {
    let quoted = |text: &str| {
        let mut bytes = Vec::new();
        quoted_pieces(text.as_bytes(), |piece| bytes.extend_from_slice(piece));
        String::from_utf8(bytes).unwrap()
    };
    assert_eq!(quoted(""), "\"\"");
    assert_eq!(
        quoted("a\"\\\u{8}\u{c}\n\r\t\0\u{1f}\u{7f}é\u{2028}😀/"),
        "\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}é\u{2028}😀/\""
    );
    for character in (0..0x80_u8).map(char::from) {
        let inner = quoted(&format!("{character}"));
        assert_eq!(unescape(&inner[1..inner.len() - 1]), format!("{character}"));
    }
}
