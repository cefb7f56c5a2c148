//! Canonical text against a round trip through each peer's tree, and through V8's own `JSON`.
//!
//! Ours refuses or prints what JSON.stringify(JSON.parse(text)) prints, byte for byte; the peers print numbers as Rust
//! does, so their text is the same only where numbers are ordinary, and else they agree in value.

use std::{error::Error, hint::black_box, io};

use bench_inputs as inputs;
use serde_json::Value;
use simd_json::prelude::Writable;
use twenty_webhook::canonicalize;

use crate::{
    harness::{self, Mode, Timing},
    report::Report,
    v8::{self, Case},
};

pub fn run(report: &mut Report) -> Result<(), Box<dyn Error>> {
    let cases = cases();
    // Another process cannot run in turns with this one: both are measured before and after, and the better counts.
    let before = beside_v8(report.mode, &cases)?;
    for case in &cases {
        check_peers(case);
        compare_with_peers(report, case);
    }
    let after = beside_v8(report.mode, &cases)?;
    for ((case, before), after) in cases.iter().zip(before).zip(after) {
        let (ours_ns, peer_ns) = (before.ours_ns.min(after.ours_ns), before.v8.ns.min(after.v8.ns));
        let timing = Timing { ours_ns, peer_ns, ratio: peer_ns / ours_ns };
        report.row(&format!("canonical {}", case.name), case.text.len(), &before.v8.engine, timing);
    }
    Ok(())
}

fn cases() -> Vec<Case> {
    let compact = inputs::canonical_texts();
    let indented = ["person, indented", "records, indented", "batch, indented", "numbers, indented"];
    let pretty = compact.each_ref().map(|(_, text)| inputs::pretty(text));
    compact.into_iter().chain(indented.into_iter().zip(pretty)).map(|(name, text)| Case { name, text }).collect()
}

fn compare_with_peers(report: &mut Report, Case { name, text }: &Case) {
    let name = format!("canonical {name}");
    let ours = || drop(black_box(ours(black_box(text))));
    report.compare(&name, text.len(), "serde_json Value", ours, || drop(black_box(with_serde_json(black_box(text)))));
    report.compare(&name, text.len(), "sonic-rs Value", ours, || drop(black_box(with_sonic(black_box(text)))));
    let mut simd = Simd::default();
    let simd = || drop(black_box(simd.round_trip(black_box(text))));
    report.compare(&name, text.len(), "simd-json Value, copy included", ours, simd);
}

struct BesideV8 {
    v8: v8::Answer,
    ours_ns: f64,
}

/// Checks that both print the same, and times each. Nothing where V8 is left out.
fn beside_v8(mode: Mode, cases: &[Case]) -> io::Result<Vec<BesideV8>> {
    let answers = v8::measure(mode, cases)?.unwrap_or_default();
    let both = cases.iter().zip(answers).map(|(Case { name, text }, v8)| {
        assert_eq!(ours(text), v8.text, "{name}: ours prints what V8 prints");
        BesideV8 { v8, ours_ns: harness::alone(mode, || drop(black_box(ours(black_box(text))))) }
    });
    Ok(both.collect())
}

fn check_peers(Case { name, text }: &Case) {
    let expected = ours(text);
    let peers = [
        ("serde_json", with_serde_json(text)),
        ("sonic-rs", with_sonic(text)),
        ("simd-json", Simd::default().round_trip(text)),
    ];
    for (peer, printed) in peers {
        assert!(same_values(&parse(&expected), &parse(&printed)), "{name}: ours and {peer} agree in value");
        if !name.starts_with("numbers") && !name.starts_with("batch") {
            assert_eq!(expected, printed, "{name}: ours and {peer} print the same");
        }
    }
}

fn ours(text: &str) -> String {
    canonicalize(text.as_bytes()).expect("JSON")
}

fn with_serde_json(text: &str) -> String {
    serde_json::from_slice::<Value>(text.as_bytes()).expect("JSON").to_string()
}

fn with_sonic(text: &str) -> String {
    let value: sonic_rs::Value = sonic_rs::from_slice(text.as_bytes()).expect("JSON");
    sonic_rs::to_string(&value).expect("memory")
}

/// It parses in place, so it needs a copy of what it was given; the memory for it and its tables are kept.
#[derive(Default)]
struct Simd {
    copy: Vec<u8>,
    buffers: simd_json::Buffers,
}

impl Simd {
    fn round_trip(&mut self, text: &str) -> String {
        self.copy.clear();
        self.copy.extend_from_slice(text.as_bytes());
        simd_json::to_borrowed_value_with_buffers(&mut self.copy, &mut self.buffers).expect("JSON").encode()
    }
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Numbers may differ in the last place: not every peer parses to the nearest double.
fn same_values(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            (a - b).abs() <= a.abs() * 4.0 * f64::EPSILON
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_values(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k == l && same_values(a, b))
        }
        _ => a == b,
    }
}
