//! Fuzzing: the targets in fuzz/, one after the other.

use std::fs;

use anyhow::Context as _;

use crate::{
    provision::{self, NIGHTLY, Need},
    shell::{Shell, cargo, command},
    vectors,
    workspace::{fresh_directory, path},
};

pub(crate) const NEEDS: &[Need] =
    &[Need::Nightly(&["rustc", "rust-src"]), Need::NODE, Need::C_COMPILER, Need::CargoFuzz];

/// Runs the named targets, or all, with these limits of libFuzzer's for each.
pub(crate) fn run(shell: &Shell, targets: &[String], limits: &[String]) -> anyhow::Result<()> {
    let path_with_tools = provision::path_with_tools()?;
    let fuzz = |what: &str| {
        let mut fuzz = cargo(&format!("+{NIGHTLY} fuzz {what}"));
        fuzz.env("PATH", &path_with_tools).env("CARGO_TARGET_DIR", path("target/fuzz"));
        fuzz
    };
    let listed = shell.read(&mut fuzz("list"))?;
    let chosen: Vec<&str> =
        if targets.is_empty() { listed.lines().collect() } else { targets.iter().map(String::as_str).collect() };
    let seeds = fresh_directory("fuzz-seeds")?;
    shell.run(command("node", ["fuzz/seeds.mjs", vectors::DIRECTORY]).arg(&seeds))?;
    for target in chosen {
        // What it finds is kept: the corpus for the next run, a crash for whoever mends it.
        let corpus = path("target/fuzz-corpus").join(target);
        fs::create_dir_all(&corpus)?;
        let mut run = fuzz(&format!("run {target}"));
        run.arg(&corpus).arg(&seeds).args(["--", "-max_len=4096", "-dict=fuzz/json.dict"]).args(limits);
        shell.run(&mut run).with_context(|| format!("the fuzz target {target} failed"))?;
    }
    Ok(())
}

/// The part of the tests: the seeds, and so many inputs more that it ends soon, whatever else the machine does.
pub(crate) fn briefly(shell: &Shell) -> anyhow::Result<()> {
    run(shell, &[], &[format!("-runs={RUNS}")])
}

const RUNS: u32 = 10_000;
