//! What was measured, as tables for people and as rows for programs.

use std::{fs, io, path::Path};

use serde_json::{Value, json};

use crate::harness::{self, Mode, Timing};

pub struct Report {
    pub mode: Mode,
    rows: Vec<Row>,
    hostile: Vec<Hostile>,
}

struct Row {
    case: String,
    bytes: usize,
    peer: String,
    timing: Timing,
}

/// One hostile input, beside as many bytes of the benign one of the same table, and V8's time for it where there is a Node.
#[derive(Clone, Copy)]
pub struct Hostile {
    pub case: &'static str,
    pub bytes: usize,
    pub ours_ns: f64,
    pub benign_ns: f64,
    pub v8_ns: Option<f64>,
}

impl Report {
    pub fn new(mode: Mode) -> Self {
        Self { mode, rows: Vec::new(), hostile: Vec::new() }
    }

    /// Measures ours against a peer in turns, and keeps the row.
    pub fn compare(&mut self, case: &str, bytes: usize, peer: &str, ours: impl FnMut(), theirs: impl FnMut()) {
        let timing = harness::compare(self.mode, ours, theirs);
        self.row(case, bytes, peer, timing);
    }

    pub fn row(&mut self, case: &str, bytes: usize, peer: &str, timing: Timing) {
        let row = Row { case: case.to_owned(), bytes, peer: peer.to_owned(), timing };
        // The peers of a case stand together, whenever they were measured.
        let place = self.rows.iter().rposition(|row| row.case == case).map_or(self.rows.len(), |last| last + 1);
        self.rows.insert(place, row);
    }

    pub fn hostile(&mut self, row: Hostile) {
        self.hostile.push(row);
    }

    pub fn print(&self) {
        if self.mode == Mode::Smoke {
            println!(
                "{} comparisons and {} hostile inputs ran once, every result as expected",
                self.rows.len(),
                self.hostile.len()
            );
            return;
        }
        println!("\n{:<26} {:>8}  {:<30} {:>12} {:>12} {:>7}", "case", "bytes", "peer", "peer ns", "ours ns", "ratio");
        for Row { case, bytes, peer, timing: Timing { ours_ns, peer_ns, ratio } } in &self.rows {
            println!("{case:<26} {bytes:>8}  {peer:<30} {peer_ns:>12.0} {ours_ns:>12.0} {ratio:>7.2}");
        }
        println!(
            "\n{:<58} {:>8} {:>12} {:>8} {:>9} {:>6}",
            "canonical text of hostile input", "bytes", "ours ns", "ns/byte", "x benign", "x V8"
        );
        for Hostile { case, bytes, ours_ns, benign_ns, v8_ns } in &self.hostile {
            let (per_byte, multiple) = (ours_ns / to_float(*bytes), ours_ns / benign_ns);
            let of_v8 = v8_ns.map_or("-".to_owned(), |v8_ns| format!("{:.2}", ours_ns / v8_ns));
            println!("{case:<58} {bytes:>8} {ours_ns:>12.0} {per_byte:>8.2} {multiple:>9.2} {of_v8:>6}");
        }
    }

    pub fn write_json(&self, file: &Path) -> io::Result<()> {
        let compared = self.rows.iter().map(|row| json_row(&row.case, row.bytes, &row.peer, row.timing));
        let hostile = self.hostile.iter().flat_map(|Hostile { case, bytes, ours_ns, benign_ns, v8_ns }| {
            let peers = [("ours, as many benign bytes", Some(*benign_ns)), ("V8", *v8_ns)];
            peers.into_iter().filter_map(move |(peer, peer_ns)| {
                let timing = Timing { ours_ns: *ours_ns, peer_ns: peer_ns?, ratio: peer_ns? / ours_ns };
                Some(json_row(&format!("hostile: {case}"), *bytes, peer, timing))
            })
        });
        let rows: Vec<Value> = compared.chain(hostile).collect();
        fs::write(file, format!("{:#}\n", Value::Array(rows)))
    }
}

fn json_row(case: &str, bytes: usize, peer: &str, Timing { ours_ns, peer_ns, ratio }: Timing) -> Value {
    json!({
        "language": "rust", "runtime": env!("COMPILER"), "case": case, "bytes": bytes, "peer": peer,
        "peer_ns": peer_ns, "ours_ns": ours_ns, "ratio": ratio,
    })
}

/// Says what must be known to read the figures.
pub fn header() -> String {
    format!(
        "{} on {} {}, target features on: {}\n\
         sonic-rs and part of simd-json choose their SIMD when compiled, the HMAC peers and ours when run:\n\
         RUSTFLAGS=-Ctarget-cpu=native turns on what this machine has for all of them.\n\
         ratio = the peer's time / ours: above 1 ours is faster",
        env!("COMPILER"),
        std::env::consts::ARCH,
        std::env::consts::OS,
        target_features(),
    )
}

fn target_features() -> String {
    let known = [
        ("sse2", cfg!(target_feature = "sse2")),
        ("sse4.2", cfg!(target_feature = "sse4.2")),
        ("pclmulqdq", cfg!(target_feature = "pclmulqdq")),
        ("avx2", cfg!(target_feature = "avx2")),
        ("avx512bw", cfg!(target_feature = "avx512bw")),
        ("sha", cfg!(target_feature = "sha")),
        ("neon", cfg!(target_feature = "neon")),
        ("sha2", cfg!(target_feature = "sha2")),
    ];
    known.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

#[allow(clippy::cast_precision_loss, reason = "inputs are far below 2^53 bytes")]
pub fn to_float(bytes: usize) -> f64 {
    bytes as f64
}
