//! Benchmarks beside other implementations: one program a language, which measures what is published, in that language.

use std::{fs, path::PathBuf, process::Command};

use clap::{Args, ValueEnum};

use crate::{
    dist,
    parts::receivers,
    provision::{Need, Venv, npm, pythons},
    shell::{Shell, cargo, command},
    workspace::{BENCH_MANIFEST, INPUTS_MANIFEST, SERVER_MANIFEST, fresh_directory, path},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::PYTHON, Need::C_COMPILER];

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What is measured: rust, js and python if nothing is named. Their rows are also in target/bench-*.json
    subjects: Vec<Subject>,
    /// Run everything once, check the results, time nothing
    #[arg(long)]
    smoke: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// The core beside Rust's implementations, and V8
    Rust,
    /// The npm package beside its peers, in Node, workerd, Deno and Bun
    Js,
    /// The wheel beside its peers
    Python,
    /// Receivers beside ones written by hand, in servers: requests per second, processor time per request
    Servers,
    /// The published files: their sizes, and the time from import to the first verdict
    Size,
}

pub(crate) fn run(shell: &Shell, Arguments { subjects, smoke }: &Arguments) -> anyhow::Result<()> {
    let subjects = if subjects.is_empty() { &[Subject::Rust, Subject::Js, Subject::Python] } else { &subjects[..] };
    subjects.iter().try_for_each(|subject| match subject {
        Subject::Rust => rust(shell, *smoke),
        Subject::Js => javascript(shell, *smoke),
        Subject::Python => python(shell, *smoke),
        Subject::Servers => servers(shell, *smoke),
        Subject::Size => size(shell),
    })
}

/// The part of the tests.
pub(crate) fn smoke(shell: &Shell) -> anyhow::Result<()> {
    let subjects = vec![Subject::Rust, Subject::Js, Subject::Python, Subject::Servers];
    run(shell, &Arguments { subjects, smoke: true })
}

fn rust(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    // Where nothing is timed, the build that takes minutes is not needed.
    let profile = if is_smoke { "dev" } else { "release --features slow-to-compile" };
    let mut bench = cargo(&format!("run --profile {profile} --manifest-path {BENCH_MANIFEST} --target-dir target --"));
    bench.envs(AS_THE_WORKSPACE);
    measure(shell, &mut bench, "rust", is_smoke)
}

fn javascript(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    npm(shell, "benches/js")?;
    npm(shell, "tests/js")?; // It has the runtimes.
    let mut node = command("node", ["benches/js/run.mjs", "--installed"]);
    node.arg(installed(shell, "bench-js")?).arg("--bodies").arg(inputs(shell)?);
    measure(shell, &mut node, "js", is_smoke)
}

fn python(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    let requirements = fs::read_to_string(path("benches/python/requirements.txt"))?;
    let venv = Venv::with(shell, &pythons()?[0], "bench", requirements.trim_end())?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    let mut python = venv.python(&["benches/python/run.py", "--bodies"]);
    measure(shell, python.arg(inputs(shell)?), "python", is_smoke)
}

fn servers(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    npm(shell, "benches/servers")?;
    npm(shell, "tests/js")?; // It has the runtimes.
    // As for Rust.
    let (profile, outputs) = if is_smoke { ("dev", "debug") } else { ("release", "release") };
    let build = format!("build --locked --profile {profile} --manifest-path {SERVER_MANIFEST} --target-dir target");
    shell.run(cargo(&build).envs(AS_THE_WORKSPACE))?;
    let mut node = command("node", ["benches/servers/servers.mjs"]);
    node.env("INSTALLED", installed(shell, "bench-servers")?)
        .env("PYTHON", receivers::python_environment(shell)?.program("python"))
        .env("AXUM", path("target").join(outputs).join("bench-servers-axum"));
    measure(shell, &mut node, "servers", is_smoke)
}

fn size(shell: &Shell) -> anyhow::Result<()> {
    let installed = installed(shell, "bench-size")?;
    shell.run(command("node", ["benches/size/size.mjs", "target/dist"]).arg(installed))
}

fn measure(shell: &Shell, program: &mut Command, name: &str, is_smoke: bool) -> anyhow::Result<()> {
    let rows = path(format!("target/bench-{name}.json"));
    shell.run(if is_smoke { program.arg("--smoke") } else { program.arg("--json").arg(rows) })
}

/// What they share with the workspace, which is most, is compiled once.
const AS_THE_WORKSPACE: [(&str, &str); 1] = [("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")];

/// A folder in which the npm package is installed.
fn installed(shell: &Shell, name: &str) -> anyhow::Result<PathBuf> {
    let folder = fresh_directory(name)?;
    dist::javascript(shell)?.install(shell, &folder)?;
    Ok(folder)
}

/// What every language measures, as the file that its program reads.
fn inputs(shell: &Shell) -> anyhow::Result<PathBuf> {
    let print = format!("run --quiet --manifest-path {INPUTS_MANIFEST} --target-dir target");
    let file = path("target/bench-inputs.json");
    fs::write(&file, shell.read(cargo(&print).envs(AS_THE_WORKSPACE))?)?;
    Ok(file)
}
