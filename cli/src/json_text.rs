//! JSON text for people to read: worked on as text, so that numbers, repeated keys and lone surrogates stay as sent.

use crate::terminal::{is_unsafe, push_escape, without_query};

/// The same JSON value with what a terminal would act on escaped, without what is under a key `secret`, and without the query of
/// any `targetUrl`.
pub(crate) fn for_people(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    let mut last_string = "";
    let mut depth = 0_usize;
    // What the value under a key may show, once it begins, and how deep the key is.
    let mut value: Option<(Shown, usize)> = None;
    let mut begins = false;
    for token in tokens(json) {
        let is_blank = token.trim_ascii().is_empty();
        let starts_value = begins && !is_blank;
        begins &= is_blank;
        match (token, value) {
            (_, Some((Shown::Nothing, _))) if starts_value => shown.push_str("\"...\""),
            (_, Some((Shown::Nothing, level))) if !begins && depth > level => {}
            (_, Some((Shown::UrlWithoutQuery, _))) if token.starts_with('"') => {
                push_visible(&mut shown, &quoted_without_query(token));
            }
            _ => push_visible(&mut shown, token),
        }
        match token {
            "{" | "[" => depth += 1,
            "}" | "]" => depth = depth.saturating_sub(1),
            ":" if value.is_none() => {
                value = Shown::under(last_string).map(|shown| (shown, depth));
                begins = value.is_some();
                continue;
            }
            _ if token.starts_with('"') => last_string = token,
            _ => {}
        }
        value = value.filter(|(_, level)| begins || depth > *level);
    }
    shown
}

/// What a person sees of the value of a key.
#[derive(Clone, Copy)]
enum Shown {
    Nothing,
    UrlWithoutQuery,
}

impl Shown {
    fn under(key: &str) -> Option<Self> {
        let key = text_of(key)?;
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        if is("secret") { Some(Self::Nothing) } else { is("targetUrl").then_some(Self::UrlWithoutQuery) }
    }
}

/// The same without white space between tokens: one line.
pub(crate) fn compact(json: &str) -> String {
    tokens(json).map(|token| if token.starts_with('"') { token } else { token.trim_ascii() }).collect()
}

/// One value or member a line, two spaces a level, beginning at `level`; empty objects and arrays stay together.
pub(crate) fn indented(json: &str, level: usize) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = level;
    let mut tokens = tokens(json).map(str::trim_ascii).filter(|token| !token.is_empty()).peekable();
    while let Some(token) = tokens.next() {
        text.push_str(token);
        let closes = |token: &&str| matches!(*token, "}" | "]");
        match token {
            "{" | "[" if !tokens.peek().is_some_and(closes) => {
                depth += 1;
                break_line(&mut text, depth);
            }
            "," => break_line(&mut text, depth),
            ":" => text.push(' '),
            "{" | "[" => text.extend(tokens.next()),
            _ => {}
        }
        if tokens.peek().is_some_and(closes) {
            depth = depth.saturating_sub(1);
            break_line(&mut text, depth);
        }
    }
    text
}

/// Strings with their quotes, single punctuation marks, and runs of anything else; together they are the text.
fn tokens(mut json: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let length = match json.chars().next()? {
            '"' => string_length(json),
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            _ => json.find(['"', '{', '}', '[', ']', ',', ':']).unwrap_or(json.len()),
        };
        let (token, rest) = json.split_at(length);
        json = rest;
        Some(token)
    })
}

fn string_length(json: &str) -> usize {
    let mut escaped = false;
    let end = json.bytes().skip(1).position(|byte| {
        let is_end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_end
    });
    end.map_or(json.len(), |end| end + 2)
}

fn push_visible(shown: &mut String, token: &str) {
    for character in token.chars() {
        if is_unsafe(character) {
            push_escape(shown, character);
        } else {
            shown.push(character);
        }
    }
}

fn quoted_without_query(url: &str) -> String {
    text_of(url)
        .and_then(|url| serde_json::to_string(&without_query(&url)).ok())
        .unwrap_or_else(|| "\"...\"".to_owned())
}

/// What a string token says; none if that is no well-formed text.
fn text_of(token: &str) -> Option<String> {
    serde_json::from_str(token).ok()
}

/// Levels beyond are not indented further: a megabyte of deep arrays would be printed as hundreds.
const MOST_INDENTED: usize = 20;

fn break_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth.min(MOST_INDENTED)));
}

#[cfg(test)]
mod tests {
    use super::{MOST_INDENTED, compact, for_people, indented};

    #[test]
    fn hides_the_query_of_every_target_url() {
        for (json, expected) in [
            (
                r#"{"diff":{"targetUrl":{"before":"a?b","after":["c?d"]},"x":"e?f"}}"#,
                r#"{"diff":{"targetUrl":{"before":"a?...","after":["c?..."]},"x":"e?f"}}"#,
            ),
            (r#"{"targetUrl":"https://a/?t=1","x":"b?c"}"#, r#"{"targetUrl":"https://a/?...","x":"b?c"}"#),
            (r#"{"a": { "targetUrl" : "https:\/\/a\u003ft=\\\"1" } }"#, r#"{"a": { "targetUrl" : "https://a?..." } }"#),
            (r#"{"target\u0055rl":"a?b"}"#, r#"{"target\u0055rl":"a?..."}"#),
            (r#"{"targetUrl":"\ud800?b"}"#, r#"{"targetUrl":"..."}"#),
            (r#"["targetUrl","a?b"]"#, r#"["targetUrl","a?b"]"#),
            (r#"{"targetUrl":["a?b"],"c":"targetUrl"}"#, r#"{"targetUrl":["a?..."],"c":"targetUrl"}"#),
        ] {
            assert_eq!(for_people(json), expected);
        }
    }

    #[test]
    fn hides_what_is_named_secret() {
        for (json, expected) in [
            (r#"{"secret":"abc","x":"secret"}"#, r#"{"secret":"...","x":"secret"}"#),
            (r#"{"s\u0065cret" : [1, {"a":"b"}] ,"x":1}"#, r#"{"s\u0065cret" : "..." ,"x":1}"#),
            (r#"{"diff":{"secret":{"before":"a","after":"b"}}}"#, r#"{"diff":{"secret":"..."}}"#),
            (r#"{"secret": 12}"#, r#"{"secret":"..."}"#),
            (r#"{"secret": null}"#, r#"{"secret":"..."}"#),
            (r#"["secret","a"]"#, r#"["secret","a"]"#),
            (r#"{"secrets":"a","Secret":"b"}"#, r#"{"secrets":"a","Secret":"..."}"#),
        ] {
            assert_eq!(for_people(json), expected);
        }
    }

    #[test]
    fn escapes_and_keeps_the_rest() {
        let json = "{\"\u{9b}k\":\"\u{202e}\\ud800\\\\\",\"n\":[1e400,-0,10000000000000000000001]}";
        let expected = r#"{"\u009bk":"\u202e\ud800\\","n":[1e400,-0,10000000000000000000001]}"#;
        assert_eq!(for_people(json), expected);
    }

    #[test]
    fn compacts() {
        let json = "{ \"a b\" :\r\n[ 1 ,\ttrue, \" \\\" \" ] }";
        assert_eq!(compact(json), "{\"a b\":[1,true,\" \\\" \"]}");
        assert_eq!(compact(" null "), "null");
    }

    #[test]
    fn indents_to_a_depth() {
        let deep = format!("{}0{}", "[".repeat(200), "]".repeat(200));
        let longest = indented(&deep, 0).lines().map(str::len).max();
        assert_eq!(longest, Some(2 * MOST_INDENTED + 1));
    }

    #[test]
    fn indents() {
        let json = r#"{"a":[1,{"b":"c,{\"}"}],"d":{},"e":[ ], "f" : null}"#;
        let expected = "{\n    \"a\": [\n      1,\n      {\n        \"b\": \"c,{\\\"}\"\n      }\n    ],\n    \"d\": {},\n    \"e\": [],\n    \"f\": null\n  }";
        assert_eq!(indented(json, 1), expected);
        assert_eq!(indented("[]", 1), "[]");
        assert_eq!(indented("null", 1), "null");
    }
}
