//! Seeds for the fuzzer: every input the vectors hold.

use std::{collections::BTreeSet, fs, path::PathBuf};

use anyhow::Context as _;
use serde_json::Value;

use crate::{
    vectors,
    workspace::{fresh_directory, path},
};

/// Writes them into a folder, one a file.
pub(crate) fn write() -> anyhow::Result<PathBuf> {
    let mut seeds = BTreeSet::new();
    for file in fs::read_dir(path(vectors::DIRECTORY)).context("cannot read the vectors")? {
        collect(&serde_json::from_slice(&fs::read(file?.path())?)?, &mut seeds);
    }
    let directory = fresh_directory("fuzz-seeds")?;
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(directory.join(number.to_string()), seed)?;
    }
    Ok(directory)
}

/// Vectors hold bytes as hex, in members whose name ends so.
fn collect(value: &Value, seeds: &mut BTreeSet<Vec<u8>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, seeds)),
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str().filter(|_| name.ends_with("Hex")).map(hex::decode) {
                    Some(Ok(bytes)) if bytes.len() <= LONGEST => drop(seeds.insert(bytes)),
                    _ => collect(member, seeds),
                }
            }
        }
        _ => {}
    }
}

/// Longer ones only slow the fuzzer down.
const LONGEST: usize = 4096;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::collect;

    #[test]
    fn finds_the_bytes_at_any_depth() {
        let vectors = serde_json::json!({
            "testGroups": [{ "tests": [{ "bodyHex": "7b7d", "headers": [{ "valueHex": "31" }], "now": "32" }] }],
            "idHex": "odd",
        });
        let mut seeds = BTreeSet::new();
        collect(&vectors, &mut seeds);
        assert_eq!(seeds, BTreeSet::from([b"{}".to_vec(), b"1".to_vec()]));
    }
}
