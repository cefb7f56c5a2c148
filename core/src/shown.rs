//! Text that others wrote, in a sentence or a line of a log.

#[cfg(feature = "diagnose")]
use alloc::{format, string::String};
use core::fmt::{self, Write};

use crate::webhook::is_invisible;

/// One line of a bounded length, whatever the sender put into it.
pub(crate) struct Shown<'t>(pub(crate) &'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self.0, |_| false)
    }
}

/// The same in quotes, which nothing in it can close.
#[cfg(feature = "diagnose")]
pub(crate) struct Quoted<'t>(pub(crate) &'t str);

#[cfg(feature = "diagnose")]
impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_quote = |it| matches!(it, '"' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' | '\u{ff02}');
        f.write_char('"')?;
        write(f, self.0, is_quote)?;
        f.write_char('"')
    }
}

/// A URL without a user's name, which may come with a password.
///
/// # Example
///
/// ```
/// use twenty_webhook::host::without_user;
///
/// assert_eq!(without_user("https://user:p@ss@a.example/hook@b"), "https://...@a.example/hook@b");
/// assert_eq!(without_user("https://a.example/@b"), "https://a.example/@b");
/// ```
#[cfg(feature = "diagnose")]
#[cfg_attr(not(feature = "host"), allow(unreachable_pub, reason = "only hosts are shown it"))]
pub fn without_user(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    match rest.split('/').next().and_then(|authority| authority.rsplit_once('@')) {
        Some((user, _)) => format!("{scheme}://...{}", &rest[user.len()..]),
        None => url.into(),
    }
}

fn write(f: &mut fmt::Formatter<'_>, text: &str, is_escaped: impl Fn(char) -> bool) -> fmt::Result {
    for character in text.chars().take(LONGEST) {
        if matches!(character, '\\' | '\u{2028}' | '\u{2029}') || is_invisible(character) || is_escaped(character) {
            write!(f, "{}", character.escape_default())?;
        } else {
            f.write_char(character)?;
        }
    }
    if text.chars().nth(LONGEST).is_some() { f.write_str("...") } else { Ok(()) }
}

const LONGEST: usize = 100;
