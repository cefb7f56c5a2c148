//! One program a language, which measures what is published, in that language, beside its peers there.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    dist,
    provision::{Venv, npm, pythons},
    shell::{Shell, cargo, command},
    workspace::{BENCH_MANIFEST, INPUTS_MANIFEST, fresh_directory, path},
};

pub(super) fn rust(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    // Where nothing is timed, the build that takes minutes is not needed.
    let profile = if is_smoke { "dev" } else { "release --features svix" };
    // A target folder of its own: these dependencies share nothing with the workspace's.
    let run = format!("run --profile {profile} --manifest-path {BENCH_MANIFEST} --target-dir target/bench --");
    let mut bench = cargo(&run);
    bench.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
    measure(shell, &mut bench, "rust", is_smoke)
}

pub(super) fn javascript(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    npm(shell, "benches/js")?;
    npm(shell, "tests/js")?; // It has the runtimes.
    let folder = fresh_directory("bench-js")?;
    dist::javascript(shell)?.install(shell, &folder)?;
    let mut node = command("node", []);
    node.arg(path("benches/js/run.mjs")).arg("--installed").arg(folder).arg("--bodies").arg(inputs(shell)?);
    measure(shell, &mut node, "js", is_smoke)
}

pub(super) fn python(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    let requirements = fs::read_to_string(path("benches/python/requirements.txt"))?;
    let venv = Venv::with(shell, &pythons()?[0], "bench", requirements.trim_end())?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    let mut python = venv.python(&[]);
    python.arg(path("benches/python/run.py")).arg("--bodies").arg(inputs(shell)?);
    measure(shell, &mut python, "python", is_smoke)
}

fn measure(shell: &Shell, program: &mut Command, name: &str, is_smoke: bool) -> anyhow::Result<()> {
    let rows = path(format!("target/bench-{name}.json"));
    shell.run(if is_smoke { program.arg("--smoke") } else { program.arg("--json").arg(rows) })
}

/// What every language measures, as the file that its program reads.
fn inputs(shell: &Shell) -> anyhow::Result<PathBuf> {
    let print = format!("run --quiet --manifest-path {INPUTS_MANIFEST} --target-dir target/bench");
    let file: &Path = &path("target/bench-inputs.json");
    fs::write(file, shell.read(&mut cargo(&print))?)?;
    Ok(file.to_owned())
}
