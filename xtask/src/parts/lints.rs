//! Formatting and lints.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::{
    shell::{Shell, cargo},
    workspace::OUTSIDE_MANIFESTS,
};

pub(crate) fn format(shell: &Shell) -> anyhow::Result<()> {
    shell.run(&mut cargo("fmt --all --check -- --color never"))?;
    for manifest in OUTSIDE_MANIFESTS {
        shell.run(&mut cargo(&format!("fmt --manifest-path {manifest} --check -- --color never")))?;
    }
    Ok(())
}

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    check_members(shell)?;
    shell.run(&mut cargo("clippy --workspace --all-targets --all-features -- -D warnings"))
}

/// A member that does not inherit the lint table is not linted, and nothing else would say so.
fn check_members(shell: &Shell) -> anyhow::Result<()> {
    let members = shell.read(&mut cargo("metadata --no-deps --format-version 1"))?;
    for Member { name, manifest_path } in serde_json::from_str::<Members>(&members)?.packages {
        let manifest = fs::read_to_string(manifest_path).with_context(|| format!("cannot read {name}'s manifest"))?;
        ensure!(inherits_lints(&manifest), "{name} does not inherit the lints: add [lints] workspace = true");
    }
    Ok(())
}

fn inherits_lints(manifest: &str) -> bool {
    let mut table = "";
    manifest.lines().map(str::trim).any(|line| {
        if line.starts_with('[') {
            table = line;
        }
        let setting = line.replace(' ', "");
        (table == "[lints]" && setting == "workspace=true") || (table.is_empty() && setting == "lints.workspace=true")
    })
}

#[derive(Deserialize)]
struct Members {
    packages: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    name: String,
    manifest_path: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::inherits_lints;

    #[test]
    fn sees_who_inherits() {
        assert!(inherits_lints("[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n"));
        assert!(inherits_lints("lints.workspace = true\n[package]\n"));
        for manifest in [
            "",
            "[lints]\n[other]\nworkspace = true",
            "[lints]\n# workspace = true",
            "[lints.clippy]\nworkspace = true",
        ] {
            assert!(!inherits_lints(manifest), "{manifest}");
        }
    }
}
