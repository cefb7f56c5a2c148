//! Programs that other installers install.

use std::{env, ffi::OsString, process::Command};

use anyhow::{Context as _, ensure};

use crate::{
    shell::{Shell, cargo, command},
    workspace::path,
};

pub(super) fn node(shell: &Shell) -> anyhow::Result<()> {
    find(shell, &["node"], (20, 0), "nodejs").map(drop).context("could not get Node: install Node 20 or newer")
}

/// The name Python has here.
pub(crate) fn python(shell: &Shell) -> anyhow::Result<&'static str> {
    find(shell, &["python3", "python"], (3, 9), "python3").context("could not get Python: install Python 3.9 or newer")
}

pub(super) fn program(shell: &Shell, package: &'static str) -> anyhow::Result<()> {
    let name = match package {
        "webkit2gtk-driver" => "WebKitWebDriver",
        "xvfb" => "Xvfb",
        same => same,
    };
    let is_there =
        || env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(name).exists());
    if is_there() {
        return Ok(());
    }
    install_debian_package(shell, package).with_context(|| format!("could not get {name}: install it"))
}

/// One that builds C has its C++ beside it, but on Debian.
pub(super) fn c_compiler(shell: &Shell) -> anyhow::Result<()> {
    if cfg!(windows) {
        return Ok(()); // The linker Rust needs there comes with one.
    }
    find(shell, &["c++"], (0, 0), "g++").map(drop).context("could not get a C++ compiler: install g++ or clang")
}

/// Kept under target/, so that the machine's own version, if any, is left alone.
pub(super) fn cargo_fuzz(shell: &Shell) -> anyhow::Result<()> {
    let program = path(TOOLS).join("bin/cargo-fuzz");
    if version_of(&mut Command::new(&program)).as_deref() == Some(CARGO_FUZZ_VERSION) {
        return Ok(());
    }
    let install = format!("install cargo-fuzz --version ={CARGO_FUZZ_VERSION} --locked --force --root {TOOLS}");
    shell.run(&mut cargo(&install)).with_context(|| format!("could not get cargo-fuzz: run cargo {install}"))
}

/// The search path with this repository's own tools first.
pub(crate) fn path_with_tools() -> anyhow::Result<OsString> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(std::iter::once(path(TOOLS).join("bin")).chain(env::split_paths(&inherited)))?)
}

const TOOLS: &str = "target/tools";
const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// The first of `names` that is new enough; where none is, Debian's package is installed, if that can be done here.
fn find(shell: &Shell, names: &[&'static str], oldest: (u32, u32), package: &str) -> anyhow::Result<&'static str> {
    let look = || names.iter().copied().find(|&name| is_recent(&mut Command::new(name), oldest));
    if let Some(name) = look() {
        return Ok(name);
    }
    install_debian_package(shell, package)?;
    look().with_context(|| format!("Debian's {package} is too old"))
}

fn install_debian_package(shell: &Shell, package: &str) -> anyhow::Result<()> {
    let can_install = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
        && Command::new("apt-get").arg("--version").output().is_ok();
    ensure!(can_install, "no root, or no apt-get, to install {package} with");
    shell.run(&mut command("apt-get", ["update", "--quiet"]))?;
    let mut install = command("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", package]);
    shell.run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_recent(program: &mut Command, oldest: (u32, u32)) -> bool {
    version_of(program).is_some_and(|version| numbers(&version) >= Some(oldest))
}

/// The first word of `--version` that begins like a version.
fn version_of(program: &mut Command) -> Option<String> {
    let output = program.arg("--version").output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| numbers(word).is_some())
        .map(str::to_owned)
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn compares_versions_by_number() {
        assert_eq!(numbers("20.20.2"), Some((20, 20)));
        assert!(numbers("3.10.1") > Some((3, 9)));
        assert!(numbers("18.19.0") < Some((20, 0)));
        assert_eq!(numbers("(Debian"), None);
        assert_eq!(numbers("14"), None);
    }
}
