//! Input made to be slow, against a benign megabyte of records: a small multiple per byte, or an attacker has a lever. And
//! against V8's own reading and printing of it, which is what any receiver in JavaScript would do.

mod collisions;
mod numbers;

use std::{fmt::Write, hint::black_box, io, iter};

use bench_inputs as inputs;
use collisions::colliding_keys;
use numbers::numbers;
use twenty_webhook::canonicalize;

use crate::{
    harness,
    report::{Hostile, Report, to_float},
    v8::{self, Case},
};

pub fn run(report: &mut Report) -> io::Result<()> {
    let benign = Case { name: "benign: records", text: inputs::records(MEGABYTE) };
    let hostile = inputs().into_iter().chain(numbers()).map(|(name, text)| Case { name, text });
    let cases: Vec<Case> = iter::once(benign).chain(hostile).collect();
    let v8 = v8::measure(report.mode, &cases)?;
    let mut benign_ns_a_byte = None;
    for (number, Case { name, text }) in cases.iter().enumerate() {
        let ours_ns = time(report, text);
        let bytes = text.len();
        let benign_ns = *benign_ns_a_byte.get_or_insert(ours_ns / to_float(bytes)) * to_float(bytes);
        let v8_ns = v8.as_ref().map(|answers| {
            assert!(canonicalize(text.as_bytes()).as_ref() == Ok(&answers[number].text), "{name}: as V8 prints it");
            answers[number].ns
        });
        report.hostile(Hostile { case: name, bytes, ours_ns, benign_ns, v8_ns });
    }
    Ok(())
}

fn time(report: &Report, text: &str) -> f64 {
    let printed = canonicalize(text.as_bytes()).expect("JSON");
    assert!(canonicalize(printed.as_bytes()).as_ref() == Ok(&printed), "canonical text stays as it is");
    harness::alone(report.mode, || drop(black_box(canonicalize(black_box(text.as_bytes())))))
}

fn inputs() -> Vec<(&'static str, String)> {
    // In no order, else the sorting it asks for would be for free.
    let alike = |index: usize| format!("samehead{:04x}sametail", index * 40_503 % 65_536);
    let colliding = colliding_keys(30_000, "");
    let escapes = r"\u0041".repeat(MEGABYTE / 6);
    let quotes = r#"\""#.repeat(MEGABYTE / 2);
    let text = format!("\"{}\"", "x".repeat(MEGABYTE));
    vec![
        ("100,000 distinct keys", object(100_000, |index| format!("key{index}"))),
        ("100,000 distinct keys, the last one an index", object(100_000, |index| last_is_index(index, 99_999))),
        ("100,000 distinct keys, each written twice", object(200_000, |index| format!("key{}", index % 100_000))),
        ("100,000 times one key", object(100_000, |_| "key".to_owned())),
        ("1 MB of objects of 128 keys", repeated(&object(128, |index| format!("{index:02x}k")))),
        (
            "1 MB of objects of 128 keys, one of them twice",
            repeated(&object(128, |index| format!("{:02x}k", index % 127))),
        ),
        ("100,000 index keys, descending", object(100_000, |index| (100_000 - index).to_string())),
        ("1,000 levels to be reordered around 1 MB of text", levels(LEVELS, r#"{"b":"#, r#","1":0}"#, &text)),
        ("1,000 levels with a repeated key around 1 MB", levels(LEVELS, r#"{"a":0,"b":1,"a":"#, "}", &text)),
        ("1 MB of small objects, each to be reordered", repeated(r#"{"b":0,"1":0}"#)),
        (
            "1 MB of small objects in one another, each to be reordered",
            repeated(&levels(20, r#"{"b":"#, r#","1":0}"#, "0")),
        ),
        ("1 MB of empty objects", repeated("{}")),
        ("1 MB of digits, each a number", repeated("7")),
        (r"1 MB of \u0041", format!("\"{escapes}\"")),
        ("1 MB of escaped quotes", format!("\"{quotes}\"")),
        ("1 MB of 17-digit numbers", inputs::long_numbers(MEGABYTE)),
        (
            "32 long keys that differ near the end",
            object(32, |index| format!("{}{index:02}sametail", "k".repeat(31_000))),
        ),
        ("65,536 keys alike in length and at both ends", object(65_536, alike)),
        (
            "the same, the last one an index",
            object(65_537, |index| if index == 65_536 { "7".into() } else { alike(index) }),
        ),
        ("30,000 keys with one hash", object_of(&colliding)),
        (
            "the same, the last one an index",
            object(30_001, |index| colliding.get(index).cloned().unwrap_or("7".into())),
        ),
        ("1,000 keys with one hash and beginning", object_of(&colliding_keys(1_000, &"k".repeat(960)))),
        ("32 keys with one hash and beginning", object_of(&colliding_keys(32, &"k".repeat(31_000)))),
    ]
}

const MEGABYTE: usize = 1_000_000;
const LEVELS: usize = 1_000;

fn object(keys: usize, key: impl Fn(usize) -> String) -> String {
    let mut text = String::from("{");
    for index in 0..keys {
        write!(text, "\"{}\":{},", key(index), index % 10).expect("memory");
    }
    text.pop();
    text.push('}');
    text
}

fn object_of(keys: &[String]) -> String {
    object(keys.len(), |index| keys[index].clone())
}

fn repeated(element: &str) -> String {
    let elements = vec![element; MEGABYTE / (element.len() + 1)];
    format!("[{}]", elements.join(","))
}

fn list(mut element: impl FnMut(usize) -> String) -> String {
    let mut text = String::from("[");
    for index in 0.. {
        text.push_str(&element(index));
        if text.len() >= MEGABYTE {
            break;
        }
        text.push(',');
    }
    text.push(']');
    text
}

fn last_is_index(index: usize, last: usize) -> String {
    if index == last { "7".to_owned() } else { format!("key{index}") }
}

fn levels(levels: usize, open: &str, close: &str, inner: &str) -> String {
    format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
}
