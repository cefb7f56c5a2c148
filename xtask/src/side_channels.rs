//! What is built, beside a secret: whether its branches, addresses, instructions or times depend on it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{
    dist,
    provision::{Need, Venv, pythons},
    shell::{Shell, cargo, command},
    workspace::{SIDE_CHANNELS_MANIFEST, fresh_directory, path, written_files},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::PYTHON, Need::Program("valgrind")];

pub(crate) const TIMING_NEEDS: &[Need] = &[Need::Rust, Need::NODE];

/// The part of the tests, which measures no time: the core, the modules of Python and Node, and those of WebAssembly.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<()> {
    let release = build(shell, "--release --lib --bin side-channels --example addon")?.join("release");
    let judge = release.join("side-channels");
    shell.run(&mut Command::new(&judge))?;

    let venv = Venv::with(shell, &pythons()?[0], "side-channels", "")?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    let library = release.join("libside_channels.so");
    shell.run(Command::new(&judge).arg("python").args([venv.program("python"), library]))?;

    let packages = installed(shell)?.join("node_modules");
    let native = files(&packages, "node")?.pop().context("no native module is installed")?;
    shell.run(Command::new(&judge).arg("node").args([native, release.join("examples/libaddon.so")]))?;

    // It only counts, so it need not be quick.
    let counter = build(shell, "--bin wasm --features wasm")?.join("debug/wasm");
    shell.run(Command::new(counter).args(files(&packages, "wasm")?))
}

/// Statistics, which may err, of the core and of the npm package.
pub(crate) fn time(shell: &Shell) -> anyhow::Result<()> {
    let core = build(shell, "--release --bin timing --features timing")?.join("release/timing");
    shell.run(&mut Command::new(core))?;
    let app = installed(shell)?;
    fs::copy(path("tests/side-channels/timing.mjs"), app.join("timing.mjs"))?;
    shell.run(command("node", ["timing.mjs"]).current_dir(app))
}

/// Into a folder of their own, because each kind of build has features of its own.
fn build(shell: &Shell, what: &str) -> anyhow::Result<PathBuf> {
    let build = format!("build --locked --manifest-path {SIDE_CHANNELS_MANIFEST} --target-dir {OUTPUTS} {what}");
    shell.run(&mut cargo(&build))?;
    Ok(path(OUTPUTS))
}

fn installed(shell: &Shell) -> anyhow::Result<PathBuf> {
    let app = fresh_directory("side-channels-app")?;
    dist::javascript(shell)?.install(shell, &app)?;
    Ok(app)
}

fn files(folder: &Path, kind: &str) -> anyhow::Result<Vec<PathBuf>> {
    let files = written_files(folder)?.into_iter();
    Ok(files.filter(|file| file.extension().is_some_and(|extension| extension == kind)).collect())
}

const OUTPUTS: &str = "target/side-channels";
