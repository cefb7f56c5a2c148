//! Runs the cases that `tests/suites/cases.mjs` wrote, and the published numbers, against the core: `cargo xtask suites`.

use std::{collections::BTreeMap, env, fs, io::Write as _};

use anyhow::{Context, bail, ensure};
use conformance::vectors::Hex;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use twenty_webhook::canonicalize;

#[derive(Deserialize)]
struct Material {
    cases: Vec<Case>,
    numbers: Option<Numbers>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    suite: String,
    name: String,
    input_hex: Hex,
    expected: Option<String>,
}

#[derive(Deserialize)]
struct Numbers {
    begin: Vec<String>,
    digests: BTreeMap<String, String>,
}

/// `suites CASES NUMBERS`
fn main() -> anyhow::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [file, lines] = &arguments[..] else { bail!("suites CASES NUMBERS") };
    let material: Material = serde_json::from_slice(&fs::read(file)?)?;
    let mut counts = BTreeMap::new();
    for Case { suite, name, input_hex, expected } in &material.cases {
        let found = canonicalize(&input_hex.0).ok();
        ensure!(found == *expected, "{suite}, {name}: {found:?}, and not {expected:?}");
        *counts.entry(suite).or_insert(0) += 1;
    }
    println!("Rust: {counts:?}");
    material.numbers.map_or(Ok(()), |numbers| numbers.check(lines))
}

impl Numbers {
    fn check(&self, lines: &str) -> anyhow::Result<()> {
        let expected = self.digests.get(lines).with_context(|| format!("no digest of {lines} lines is published"))?;
        let (mut digest, mut batch) = (Sha256::new(), Vec::new());
        for number in self.sequence()?.take(lines.parse()?) {
            // 17 significant digits name every double.
            writeln!(batch, "{:x},{}", number.to_bits(), canonicalize(format!("{number:.16e}").as_bytes())?)?;
            if batch.len() > 60_000 {
                digest.update(&batch);
                batch.clear();
            }
        }
        digest.update(&batch);
        let found = hex::encode(digest.finalize());
        ensure!(found == *expected, "{lines} numbers have the digest {found}, and not {expected}");
        println!("Rust: {lines} numbers have the published digest");
        Ok(())
    }

    /// The doubles that RFC 8785's author publishes.
    fn sequence(&self) -> anyhow::Result<impl Iterator<Item = f64>> {
        let begin: Result<Vec<_>, _> = self.begin.iter().map(|bits| u64::from_str_radix(bits, 16)).collect();
        let serial = (0..2_000).map(|serial| 0x0010_0000_0000_0000 + serial);
        let blocks =
            std::iter::successors(Some([0; 32]), |block: &[u8; 32]| Some(Sha256::digest(block).into())).skip(1);
        let random = blocks.flat_map(|block: [u8; 32]| {
            let at = |at: usize| block[at..].first_chunk().map_or(0.0, |bytes| f64::from_le_bytes(*bytes));
            [0, 8, 16, 24].map(at)
        });
        let random = random.filter(|number| *number != 0.0 && number.is_finite());
        Ok(begin?.into_iter().chain(serial).map(f64::from_bits).chain(random))
    }
}
