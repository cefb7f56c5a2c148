//! A command as a shell of Unix reads it: words, quotes and escapes. Nothing is expanded.

use alloc::{string::String, vec, vec::Vec};
use core::{iter::Peekable, str::Chars};

use super::CaptureError;

/// The words of the first command.
pub(super) fn split(command: &str) -> Result<Vec<String>, CaptureError> {
    let mut words = Vec::new();
    let mut word = None::<String>;
    let mut rest = command.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\n' | ';' | '|' | '&' => {
                words.extend(word.take());
                if !words.is_empty() {
                    break;
                }
            }
            ' ' | '\t' | '\r' => words.extend(word.take()),
            '\'' => single(&mut rest, word.get_or_insert_default())?,
            '"' => double(&mut rest, word.get_or_insert_default())?,
            '$' if rest.next_if_eq(&'\'').is_some() => ansi(&mut rest, word.get_or_insert_default())?,
            '^' if rest.peek() == Some(&'"') => {
                return Err(CaptureError::new("It is a command for cmd.exe: copy the one for bash."));
            }
            '\\' => match escaped(&mut rest) {
                Some('\n') | None => {}
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    Ok(words)
}

type Rest<'c> = Peekable<Chars<'c>>;

/// The character after a backslash; of a line end of Windows the second.
fn escaped(rest: &mut Rest<'_>) -> Option<char> {
    match rest.next() {
        Some('\r') => rest.next_if_eq(&'\n').or(Some('\r')),
        other => other,
    }
}

fn single(rest: &mut Rest<'_>, word: &mut String) -> Result<(), CaptureError> {
    loop {
        match rest.next().ok_or_else(open)? {
            '\'' => return Ok(()),
            character => word.push(character),
        }
    }
}

/// A backslash stays one unless it escapes what would be special here.
fn double(rest: &mut Rest<'_>, word: &mut String) -> Result<(), CaptureError> {
    loop {
        match rest.next().ok_or_else(open)? {
            '"' => return Ok(()),
            '\\' => match escaped(rest).ok_or_else(open)? {
                '\n' => {}
                special @ ('"' | '\\' | '$' | '`') => word.push(special),
                other => word.extend(['\\', other]),
            },
            character => word.push(character),
        }
    }
}

/// `$'...'`, which browsers write for what has a quote or more than ASCII in it.
fn ansi(rest: &mut Rest<'_>, word: &mut String) -> Result<(), CaptureError> {
    loop {
        match rest.next().ok_or_else(open)? {
            '\'' => return Ok(()),
            '\\' => word.push(match rest.next().ok_or_else(open)? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => unit(rest)?,
                same @ ('\\' | '\'' | '"' | '?') => same,
                other => {
                    return Err(CaptureError::new(format_args!("\\{other} in a word of $'...' is not known.")));
                }
            }),
            character => word.push(character),
        }
    }
}

/// Four hex digits, and those of the other half of a pair.
fn unit(rest: &mut Rest<'_>) -> Result<char, CaptureError> {
    let digits = |rest: &mut Rest<'_>| u16::from_str_radix(&rest.take(4).collect::<String>(), 16);
    let mut units = vec![digits(rest).map_err(|_| no_unit())?];
    if (0xd800..0xdc00).contains(&units[0]) && rest.next_if_eq(&'\\').is_some() && rest.next_if_eq(&'u').is_some() {
        units.push(digits(rest).map_err(|_| no_unit())?);
    }
    char::decode_utf16(units).next().and_then(Result::ok).ok_or_else(no_unit)
}

fn open() -> CaptureError {
    CaptureError::new("A quote is not closed.")
}

fn no_unit() -> CaptureError {
    CaptureError::new("A \\u of the command lacks the digits of a character.")
}

#[cfg(test)]
mod tests {
    use super::{CaptureError, split};

    /// By bash's `printf '[%s]'`, but for line ends of Windows, and for pairs of `\u`, which browsers write.
    #[test]
    fn words_are_those_of_bash() -> Result<(), CaptureError> {
        for (command, words) in [
            (r#"curl 'a b' "c \"d\" \x $" e\ f"#, ["curl", "a b", "c \"d\" \\x $", "e f"].as_slice()),
            ("curl \\\n -d ''\\\r\n x", &["curl", "-d", "", "x"]),
            (r"curl 'it'\''s' a'b'c $'\'\n\u00eb\ud83d\ude00\\'", &["curl", "it's", "abc", "'\në😀\\"]),
            ("curl a; rm b", &["curl", "a"]),
            ("\n curl a | jq", &["curl", "a"]),
            ("curl \"a\nb\"\nc", &["curl", "a\nb"]),
        ] {
            assert_eq!(split(command)?, words, "{command}");
        }
        for command in ["curl 'a", "curl \"a", "curl ^\"a^\"", r"curl $'\x'", r"curl $'\ud800'"] {
            assert!(split(command).is_err(), "{command}");
        }
        Ok(())
    }
}
