//! Toolchains, which rustup installs.

use anyhow::Context as _;

use crate::shell::{Shell, command};

/// The toolchain of Miri, which needs unstable features.
pub(crate) const NIGHTLY: &str = "nightly";

/// What rust-toolchain.toml names. rustup installs it unasked, unless `RUSTUP_AUTO_INSTALL` is off.
pub(super) fn pinned(shell: &Shell) -> anyhow::Result<()> {
    let mut install = command("rustup", ["toolchain", "install"]);
    install.env_remove("RUSTUP_TOOLCHAIN"); // Cargo sets it, and rustup then passes over the file.
    shell.run(&mut install).context("could not get what rust-toolchain.toml names: install rustup 1.28 or newer")
}

/// Another toolchain, with components of which the first is `rustc`. What is there is not updated.
pub(crate) fn toolchain(shell: &Shell, name: &str, components: &[&str]) -> anyhow::Result<()> {
    let mut list = command("rustup", ["component", "list", "--installed", "--toolchain", name]);
    let installed = shell.read(&mut list).unwrap_or_default();
    if components.iter().all(|component| installed.lines().any(|line| line.starts_with(component))) {
        return Ok(());
    }
    let mut install = command("rustup", ["toolchain", "install", name, "--profile", "minimal"]);
    shell
        .run(install.arg("--component").arg(components.join(",")))
        .with_context(|| format!("could not get Rust {name}: install rustup"))
}

/// The standard library of a target, of the Rust in use.
pub(crate) fn rust_target(shell: &Shell, target: &str) -> anyhow::Result<()> {
    let installed = shell.read(&mut command("rustup", ["target", "list", "--installed"])).unwrap_or_default();
    if installed.lines().any(|line| line == target) {
        return Ok(());
    }
    shell
        .run(&mut command("rustup", ["target", "add", target]))
        .with_context(|| format!("could not get Rust's {target}"))
}
