//! JSON text in pieces: strings, and what stands between them.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// With its quotes.
    String(&'t str),
    Outside(&'t str),
}

/// All of a text, whatever it is.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_string = rest.starts_with('"');
        let end = if is_string { end_of_string(rest) } else { rest.find('"').unwrap_or(rest.len()) };
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(if is_string { Part::String(part) } else { Part::Outside(part) })
    })
}

fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().enumerate().skip(1).find(|&(_, byte)| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// What follows each backslash: the letter, and the code of a `\u`.
pub(super) fn escapes(text: &str) -> impl Iterator<Item = (char, &str)> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (_, escape) = rest.split_once('\\')?;
        let letter = escape.chars().next()?;
        rest = &escape[letter.len_utf8()..];
        Some((letter, rest.get(..4).filter(|_| letter == 'u').unwrap_or_default()))
    })
}
