//! Formatting and lints.

use std::fs;

use anyhow::{Context as _, ensure};
use serde_json::Value;

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
    let metadata: Value = serde_json::from_str(&shell.read(&mut cargo("metadata --no-deps --format-version 1"))?)?;
    for member in metadata["packages"].as_array().into_iter().flatten() {
        let manifest = member["manifest_path"].as_str().unwrap_or_default();
        let text = fs::read_to_string(manifest).with_context(|| format!("cannot read {manifest}"))?;
        ensure!(text.contains("\n[lints]\nworkspace = true\n"), "{manifest} lacks [lints] workspace = true");
    }
    Ok(())
}
