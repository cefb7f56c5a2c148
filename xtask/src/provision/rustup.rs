//! What rustup installs.

use anyhow::Context as _;

use crate::shell::{Shell, command};

/// The toolchain of the tools that need unstable features: Miri and the fuzzer's instrumentation.
pub(crate) const NIGHTLY: &str = "nightly";

pub(super) fn target(shell: &Shell, target: &str) -> anyhow::Result<()> {
    install(shell, target, &["target", "list", "--installed"], &["target", "add", target])
}

pub(super) fn component(shell: &Shell, component: &str) -> anyhow::Result<()> {
    install(shell, component, &["component", "list", "--installed"], &["component", "add", component])
}

pub(crate) fn toolchain(shell: &Shell, toolchain: &str) -> anyhow::Result<()> {
    install(shell, toolchain, &["toolchain", "list"], &["toolchain", "install", toolchain, "--profile", "minimal"])
}

pub(super) fn nightly_component(shell: &Shell, component: &str) -> anyhow::Result<()> {
    let list = ["component", "list", "--installed", "--toolchain", NIGHTLY];
    install(shell, component, &list, &["component", "add", component, "--toolchain", NIGHTLY])
}

fn install(shell: &Shell, name: &str, list: &[&str], add: &[&str]) -> anyhow::Result<()> {
    let rustup = |arguments: &[&str]| command("rustup", arguments.iter().copied());
    let installed =
        shell.read(&mut rustup(list)).with_context(|| format!("could not look for {name}: install rustup"))?;
    if lists(&installed, name) {
        return Ok(());
    }
    shell.run(&mut rustup(add)).with_context(|| format!("could not get {name}: run rustup {}", add.join(" ")))
}

/// Toolchains and components are listed with the host's triple behind their name.
fn lists(installed: &str, name: &str) -> bool {
    let mut names = installed.lines().filter_map(|line| line.split_whitespace().next());
    names.any(|listed| listed.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

#[cfg(test)]
mod tests {
    use super::lists;

    #[test]
    fn finds_names_with_and_without_the_host() {
        let toolchains = "stable-x86_64-unknown-linux-gnu (default)\n1.85.0-x86_64-unknown-linux-gnu\n";
        assert!(lists(toolchains, "1.85.0"));
        assert!(!lists(toolchains, "nightly"));
        assert!(!lists("1.85.01-x86_64\n", "1.85.0"));
        assert!(lists("rust-src\nmiri-x86_64-unknown-linux-gnu\n", "rust-src"));
        assert!(lists("wasm32-unknown-unknown\n", "wasm32-unknown-unknown"));
    }
}
