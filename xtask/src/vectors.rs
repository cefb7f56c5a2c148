//! The test vectors, which an oracle in Node writes.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use anyhow::{Context as _, ensure};

use crate::{
    provision::Need,
    shell::{Shell, command},
    workspace::{fresh_directory, path},
};

pub(crate) const NEEDS: &[Need] = &[Need::Node];
pub(crate) const DIRECTORY: &str = "tests/vectors";

/// Writes every file of vectors.
pub(crate) fn write(shell: &Shell) -> anyhow::Result<()> {
    shell.run(&mut oracle(Path::new(DIRECTORY)))
}

/// The command that writes them.
pub(crate) fn oracle(directory: &Path) -> Command {
    let mut oracle = command("node", ["tests/oracle/vectors.mjs"]);
    oracle.arg(directory);
    oracle
}

/// Writes them anew and fails on any file that is missing, left over or different.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<()> {
    let fresh = fresh_directory("vectors")?;
    shell.run(&mut oracle(&fresh))?;
    let committed = path(DIRECTORY);
    let names: BTreeSet<_> = file_names(&committed)?.union(&file_names(&fresh)?).cloned().collect();
    ensure!(!names.is_empty(), "there are no vectors");
    let mut differences = Vec::new();
    for name in &names {
        let [old, new] = [&committed, &fresh].map(|directory| fs::read_to_string(directory.join(name)).ok());
        differences.extend(difference(old.as_deref(), new.as_deref()).map(|difference| format!("{name} {difference}")));
    }
    ensure!(differences.is_empty(), "the vectors are not what the oracle says: {}", differences.join("; "));
    shell.say(&format!("{} files regenerate identically", names.len()))
}

fn file_names(directory: &Path) -> anyhow::Result<BTreeSet<String>> {
    let entries = fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// In words; none if there is none.
fn difference(committed: Option<&str>, fresh: Option<&str>) -> Option<String> {
    let (Some(committed), Some(fresh)) = (committed, fresh) else {
        return Some(if committed.is_none() { "is not committed" } else { "is left over" }.to_owned());
    };
    if committed.ends_with('\n') != fresh.ends_with('\n') {
        return Some("differs at its end".to_owned());
    }
    let (mut committed, mut fresh) = (committed.split('\n'), fresh.split('\n'));
    for number in 1.. {
        match (committed.next(), fresh.next()) {
            (None, None) => break,
            (Some(old), Some(new))
                if old == new || without_node(old).is_some_and(|old| Some(old) == without_node(new)) => {}
            _ => return Some(format!("differs in line {number}")),
        }
    }
    None
}

/// The line that says which Node wrote the file, before and after its version, which may differ.
fn without_node(line: &str) -> Option<(&str, &str)> {
    let (before, after) = line.split_once(r#""node": ""#)?;
    let (_, after) = after.split_once('"')?;
    before.contains(r#""generator": {"#).then_some((before, after))
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn passes_over_the_version_of_node_only() {
        let file = "{\n  \"schema\": \"s\", \"generator\": { \"node\": \"v20.1.0\" },\n  \"a\": 1\n}\n";
        let other_node = file.replace("v20.1.0", "v22.0.0");
        assert_eq!(difference(Some(file), Some(file)), None);
        assert_eq!(difference(Some(file), Some(&other_node)), None);
        for (fresh, expected) in [
            (Some(file.replace("\"a\": 1", "\"a\": 2")), "differs in line 3"),
            (Some(file.replace("\"s\"", "\"t\"")), "differs in line 2"),
            (Some(file.replace("generator", "node")), "differs in line 2"),
            (Some(file.replace("}\n", "}\n\n")), "differs in line 6"),
            (Some(file.trim_end().to_owned()), "differs at its end"),
            (Some(file.replace('\n', "\r\n")), "differs in line 1"),
            (None, "is left over"),
        ] {
            assert_eq!(difference(Some(file), fresh.as_deref()).as_deref(), Some(expected));
        }
        assert_eq!(difference(None, Some(file)).as_deref(), Some("is not committed"));
    }
}
