//! The texts that a printed text may have been parsed from.

use alloc::{format, string::String, vec::Vec};

use super::spelling::{self, Part};
use crate::canonical::canonicalize_to_vec;

/// What Twenty signed: the text as `JSON.stringify` prints it, and with what some printers change besides put right.
pub(super) fn undone(text: &str) -> Vec<Vec<u8>> {
    let Ok(canonical) = canonicalize_to_vec(text.as_bytes()) else { return Vec::new() };
    let Ok(printed) = core::str::from_utf8(&canonical) else { return Vec::new() };
    let put_right = [
        // PHP makes an empty array of an empty object; Twenty sends one as an actor's context.
        printed.replace("\"context\":[]", "\"context\":{}"),
        // Newtonsoft.Json takes zeros from the end of a date's milliseconds.
        whole_dates(printed),
    ];
    let put_right =
        put_right.into_iter().map(String::into_bytes).filter(|bytes| *bytes != canonical).collect::<Vec<_>>();
    [[canonical].into(), put_right].concat()
}

/// What others may have signed that was parsed and printed again after: indented, as scripts in JavaScript sign it, or with
/// blanks or escapes, as those in Python do. Numbers stay as they are spelled.
pub(super) fn otherwise(text: &str) -> Vec<Vec<u8>> {
    if !text.trim_start().starts_with(['{', '['])
        || text.contains('\n')
        || canonicalize_to_vec(text.as_bytes()).is_err()
    {
        return Vec::new();
    }
    let indented = ["  ", "    ", "\t"].map(|indentation| Layout { indentation, after_comma: "", after_colon: " " });
    let mut all: Vec<_> = indented.iter().filter_map(|layout| layout.of(text)).collect();
    for gap in [" ", ""] {
        let in_a_line = Layout { indentation: "", after_comma: gap, after_colon: gap }.of(text).unwrap_or_default();
        if !text.is_ascii() {
            all.push(escaped(&in_a_line));
        }
        all.push(in_a_line);
    }
    all.into_iter().map(String::into_bytes).collect()
}

struct Layout {
    /// Of each level; none if all is in one line.
    indentation: &'static str,
    after_comma: &'static str,
    after_colon: &'static str,
}

impl Layout {
    /// Nothing if it is nested so deep that blanks would fill the memory.
    fn of(&self, text: &str) -> Option<String> {
        let most = MOST_GROWTH * text.len();
        let (mut laid_out, mut depth, mut is_open) = (String::with_capacity(text.len() * 2), 0_usize, false);
        for part in spelling::parts(text) {
            let outside = match part {
                Part::String(string) => {
                    self.begin(&mut laid_out, depth, core::mem::take(&mut is_open));
                    laid_out.push_str(string);
                    continue;
                }
                Part::Outside(outside) => outside,
            };
            for character in outside.chars().filter(|character| !character.is_ascii_whitespace()) {
                if matches!(character, '}' | ']') {
                    depth = depth.saturating_sub(1);
                    let is_empty = core::mem::take(&mut is_open);
                    self.begin(&mut laid_out, depth, !is_empty);
                } else {
                    self.begin(&mut laid_out, depth, core::mem::take(&mut is_open));
                }
                laid_out.push(character);
                if laid_out.len() > most {
                    return None;
                }
                match character {
                    '{' | '[' => (depth, is_open) = (depth + 1, true),
                    ',' if self.indentation.is_empty() => laid_out.push_str(self.after_comma),
                    ',' => self.begin(&mut laid_out, depth, true),
                    ':' => laid_out.push_str(self.after_colon),
                    _ => {}
                }
            }
        }
        Some(laid_out)
    }

    /// Begins a line, if there is to be one.
    fn begin(&self, laid_out: &mut String, depth: usize, is_due: bool) {
        if is_due && !self.indentation.is_empty() {
            laid_out.push('\n');
            (0..depth).for_each(|_| laid_out.push_str(self.indentation));
        }
    }
}

/// With each character outside ASCII as an escape.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            let units = &mut [0; 2];
            escaped.extend(character.encode_utf16(units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    escaped
}

/// With three digits of milliseconds in each date of ECMAScript's form.
fn whole_dates(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("Z\"") {
        let (before, after) = rest.split_at(at);
        whole.push_str(before);
        let time = before.rsplit_once('T').map_or("", |(_, time)| time);
        let missing = match (time.len(), time.split_once('.')) {
            (8, None) if is_time(time) => ".000",
            (10, Some((clock, _))) if is_time(clock) => "00",
            (11, Some((clock, _))) if is_time(clock) => "0",
            _ => "",
        };
        whole.push_str(missing);
        whole.push_str("Z\"");
        rest = &after[2..];
    }
    whole.push_str(rest);
    whole
}

fn is_time(text: &str) -> bool {
    text.split(':').map(str::len).eq([2, 2, 2]) && text.bytes().all(|byte| byte == b':' || byte.is_ascii_digit())
}

/// How many times as long a text becomes that is indented; a record becomes twice as long at most.
const MOST_GROWTH: usize = 8;

#[cfg(test)]
mod tests {
    use alloc::{format, vec::Vec};
    use std::string::String;

    use super::{MOST_GROWTH, otherwise, undone};

    /// By V8: `JSON.stringify(JSON.parse(text), null, "\t")`, and Python's `json.dumps` with and without escapes.
    #[test]
    fn as_others_print_it() {
        let all: Vec<_> = otherwise("{\"a\":[1,{\"\\\"}\":\"é\"},[],{}]}").into_iter().map(String::from_utf8).collect();
        for expected in [
            "{\n\t\"a\": [\n\t\t1,\n\t\t{\n\t\t\t\"\\\"}\": \"é\"\n\t\t},\n\t\t[],\n\t\t{}\n\t]\n}",
            "{\"a\": [1, {\"\\\"}\": \"\\u00e9\"}, [], {}]}",
            "{\"a\": [1, {\"\\\"}\": \"é\"}, [], {}]}",
        ] {
            assert!(all.contains(&Ok(expected.into())), "{expected}");
        }
    }

    /// A thousand brackets deep, indentation is a thousand times as long as what is indented.
    #[test]
    fn deep_texts_do_not_fill_the_memory() {
        let deep = format!("{}{}[]{}", "[".repeat(1_000), "[],".repeat(5_000), "]".repeat(1_000));
        let all = otherwise(&deep);
        assert_eq!(all.len(), 2, "in one line, with blanks and without");
        assert!(all.iter().all(|text| text.len() < MOST_GROWTH * deep.len()));
    }

    #[test]
    fn dates_get_their_zeros_back() {
        let all = undone(
            "[\"2024-12-24T18:57:19.7Z\",\"2024-12-24T18:57:19.76Z\",\"2024-12-24T18:57:19Z\",\"xT1:2Z\",\"Z\"]",
        );
        let expected =
            "[\"2024-12-24T18:57:19.700Z\",\"2024-12-24T18:57:19.760Z\",\"2024-12-24T18:57:19.000Z\",\"xT1:2Z\",\"Z\"]";
        assert_eq!(all.last().map(Vec::as_slice), Some(expected.as_bytes()));
    }
}
