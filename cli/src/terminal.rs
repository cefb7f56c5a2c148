//! What a person can be shown: nothing that moves the cursor, reorders the line or gives a token away.

use std::fmt::Write as _;

use twenty_webhook::host::without_user;

/// The text with every character escaped that a terminal would act on instead of showing it.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unsafe(character) {
            push_escape(&mut shown, character);
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Controls (C0, DEL, C1), line and paragraph separators, and what Unicode calls `Bidi_Control`.
pub(crate) fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Appends it as JSON would escape it; every unsafe character has a single UTF-16 unit.
pub(crate) fn push_escape(text: &mut String, character: char) {
    // Writing to a String cannot fail.
    let _ = write!(text, "\\u{:04x}", u32::from(character));
}

/// The URL up to its query, which is where receivers keep tokens, and without a user's name and password.
pub(crate) fn without_query(url: &str) -> String {
    match url.split_once('?') {
        Some((start, _)) => without_user(start) + "?...",
        None => without_user(url),
    }
}

#[cfg(test)]
mod tests {
    use super::{visible, without_query};

    #[test]
    fn escapes_what_a_terminal_acts_on() {
        for (text, expected) in [
            ("\u{1b}[2J", "\\u001b[2J"),
            ("a\nb\r\t\u{7f}", "a\\u000ab\\u000d\\u0009\\u007f"),
            ("\u{9b}31m", "\\u009b31m"),
            ("\u{202e}evil\u{2066}\u{2069}\u{200f}\u{61c}", "\\u202eevil\\u2066\\u2069\\u200f\\u061c"),
            ("line\u{2028}line\u{2029}", "line\\u2028line\\u2029"),
            ("Zoë 株式会社 👩\u{200d}💻", "Zoë 株式会社 👩\u{200d}💻"),
        ] {
            assert_eq!(visible(text), expected, "{text:?}");
        }
    }

    #[test]
    fn hides_the_query() {
        assert_eq!(without_query("https://a.example/hook?token=abc&x=?"), "https://a.example/hook?...");
        assert_eq!(without_query("https://a.example/hook#part"), "https://a.example/hook#part");
        assert_eq!(without_query("?"), "?...");
        assert_eq!(without_query("https://user:p@ss@a.example/hook@b?c"), "https://...@a.example/hook@b?...");
        assert_eq!(without_query("https://a.example/@b"), "https://a.example/@b");
    }
}
