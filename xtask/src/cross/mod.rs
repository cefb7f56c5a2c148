//! What is published for other platforms, built here: every Linux; and for Windows, that it compiles.

mod foreign;

use std::fs;

use anyhow::{Context as _, ensure};

use crate::{
    dist::{self, Platform},
    parts::artefacts,
    provision::{Need, rust_target},
    shell::Shell,
    workspace::fresh_directory,
};

pub(crate) const NEEDS: &[Need] =
    &[Need::Rust, Need::NODE, Need::PYTHON, Need::Program("qemu-user-static"), Need::Program("libstdc++6-arm64-cross")];

/// Fills `target/dist-cross` for the named platforms, or every other Linux, looks at it, and runs what can be run here.
pub(crate) fn run(shell: &Shell, names: &[String]) -> anyhow::Result<()> {
    let directory = fresh_directory("dist-cross")?;
    let platforms = wanted(names)?;
    for platform in &platforms {
        shell.say(&platform.name)?;
        dist::native(shell, platform, &directory).with_context(|| format!("for {}", platform.name))?;
    }
    artefacts::check(shell, &directory)?;
    for platform in platforms.iter().filter(|platform| platform.is_linux()) {
        foreign::run(shell, platform, &directory).with_context(|| format!("on {}", platform.name))?;
    }
    Ok(())
}

/// That it compiles for Windows with GNU's tools, which is not what is published: what is published is built there.
pub(crate) fn check_windows(shell: &Shell) -> anyhow::Result<()> {
    let node = fresh_directory("windows")?;
    // napi wants to know where the library of Node is; only a linker would read it.
    fs::write(node.join("libnode.dll"), "")?;
    let mut check = dist::zig(shell, "check")?;
    check.args([
        "--target",
        WINDOWS_GNU,
        "-p",
        "twenty-webhook-cli",
        "-p",
        "twenty-webhook-node",
        "-p",
        "twenty-webhook-python",
    ]);
    rust_target(shell, WINDOWS_GNU)?;
    shell.run(check.env("LIBNODE_PATH", node))
}

fn wanted(names: &[String]) -> anyhow::Result<Vec<Platform>> {
    let (all, host) = (Platform::all()?, Platform::host()?);
    for name in names {
        ensure!(all.iter().any(|platform| platform.name == *name), "there is no package for {name}");
    }
    let is_wanted = |platform: &Platform| match names {
        [] => platform.is_linux() && platform.name != host.name,
        names => names.contains(&platform.name),
    };
    Ok(all.into_iter().filter(is_wanted).collect())
}

const WINDOWS_GNU: &str = "x86_64-pc-windows-gnu";
