//! What takes the nightly Rust: fuzzing, and Miri, an interpreter that knows undefined behaviour.

use std::fs;

use anyhow::Context as _;

use crate::{
    provision::{self, NIGHTLY, Need},
    shell::{Shell, cargo, command},
    vectors,
    workspace::{fresh_directory, path},
};

pub(crate) const FUZZ_NEEDS: &[Need] =
    &[Need::Nightly(&["rustc", "rust-src"]), Need::NODE, Need::C_COMPILER, Need::CargoFuzz];

pub(crate) const MIRI_NEEDS: &[Need] = &[Need::Nightly(&["rustc", "miri", "rust-src"])];

/// Runs the named targets in fuzz/, or all, one after the other, with these limits of libFuzzer's for each.
pub(crate) fn fuzz(shell: &Shell, targets: &[String], limits: &[String]) -> anyhow::Result<()> {
    let path_with_tools = provision::path_with_tools()?;
    let cargo_fuzz = |what: &str| {
        let mut fuzz = cargo(&format!("+{NIGHTLY} fuzz {what}"));
        fuzz.env("PATH", &path_with_tools).env("CARGO_TARGET_DIR", path("target/fuzz"));
        fuzz
    };
    let listed = shell.read(&mut cargo_fuzz("list"))?;
    let chosen: Vec<&str> =
        if targets.is_empty() { listed.lines().collect() } else { targets.iter().map(String::as_str).collect() };
    let seeds = fresh_directory("fuzz-seeds")?;
    shell.run(command("node", ["fuzz/seeds.mjs", vectors::DIRECTORY]).arg(&seeds))?;
    for target in chosen {
        // What it finds is kept: the corpus for the next run, a crash for whoever mends it.
        let corpus = path("target/fuzz-corpus").join(target);
        fs::create_dir_all(&corpus)?;
        let mut run = cargo_fuzz(&format!("run {target}"));
        run.arg(&corpus).arg(&seeds).args(["--", "-max_len=4096", "-dict=fuzz/json.dict"]).args(limits);
        shell.run(&mut run).with_context(|| format!("the fuzz target {target} failed"))?;
    }
    Ok(())
}

/// The part of the tests: the seeds, and so many inputs more that it ends soon, whatever else the machine does.
pub(crate) fn fuzz_briefly(shell: &Shell) -> anyhow::Result<()> {
    fuzz(shell, &[], &[format!("-runs={RUNS}")])
}

const RUNS: u32 = 10_000;

/// The core's unit tests in Miri: big-endian and little-endian, with 64 and 32 bits.
pub(crate) fn miri(shell: &Shell) -> anyhow::Result<()> {
    ["x86_64-unknown-linux-gnu", "s390x-unknown-linux-gnu", "mips-unknown-linux-gnu", "i686-unknown-linux-gnu"]
        .iter()
        .try_for_each(|target| shell.run(&mut cargo(&format!("+{NIGHTLY} miri test {MIRI_TESTS} --target {target}"))))
}

const MIRI_TESTS: &str = "-p twenty-webhook --lib --features serde,http";
