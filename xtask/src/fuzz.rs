//! Fuzzing with libFuzzer. The targets are built as cargo-fuzz builds them, but without a sanitizer of memory: the core has no
//! `unsafe`, and so neither a nightly Rust nor another program is needed.

use std::{fs, process::Command};

use anyhow::Context as _;

use crate::{
    provision::Need,
    shell::{Shell, cargo, command},
    vectors,
    workspace::{fresh_directory, path, root, written_files},
};

pub(crate) const NEEDS: &[Need] = &[Need::NODE, Need::C_COMPILER];

/// Runs the named targets, or all, one after the other, with these limits of libFuzzer's for each.
pub(crate) fn run(shell: &Shell, targets: &[String], limits: &[String]) -> anyhow::Result<()> {
    let host = shell.read(&mut command("rustc", ["--print", "host-tuple"]))?;
    let host = host.trim();
    let mut build = cargo("build --release --locked --manifest-path fuzz/Cargo.toml --target-dir target/fuzz");
    // For a target that is named, the flags are not for build scripts and macros.
    build.args(["--target", host]).env("RUSTFLAGS", COVERAGE).env_remove("CARGO_ENCODED_RUSTFLAGS");
    shell.run(&mut build)?;

    let seeds = fresh_directory("fuzz-seeds")?;
    shell.run(command("node", ["fuzz/seeds.mjs", vectors::DIRECTORY]).arg(&seeds))?;
    for target in if targets.is_empty() { all()? } else { targets.to_vec() } {
        // What it finds is kept: the corpus for the next run, a crash for whoever mends it.
        let corpus = path("target/fuzz-corpus").join(&target);
        fs::create_dir_all(&corpus)?;
        let mut fuzz = Command::new(path("target/fuzz").join(host).join("release").join(&target));
        fuzz.args([&corpus, &seeds]).current_dir(root());
        fuzz.args(["-max_len=4096", "-dict=fuzz/json.dict", "-artifact_prefix=target/fuzz-corpus/"]).args(limits);
        shell.run(&mut fuzz).with_context(|| format!("the fuzz target {target} failed"))?;
    }
    Ok(())
}

/// The part of the tests: the seeds, and so many inputs more that it ends soon, whatever else the machine does.
pub(crate) fn briefly(shell: &Shell) -> anyhow::Result<()> {
    run(shell, &[], &[format!("-runs={RUNS}")])
}

/// The targets, a file each.
fn all() -> anyhow::Result<Vec<String>> {
    let files = written_files(&path("fuzz/fuzz_targets"))?;
    let names = files.iter().filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()));
    let mut names: Vec<_> = names.collect();
    names.sort();
    Ok(names)
}

const RUNS: u32 = 10_000;

/// What tells libFuzzer which branches an input took and what was compared.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cdebug-assertions -Coverflow-checks";

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{all, path};

    /// Diagnosis was once fuzzed by hand only.
    #[test]
    fn every_target_runs_at_night() -> anyhow::Result<()> {
        let workflow = fs::read_to_string(path(".github/workflows/nightly.yml"))?;
        let matrix = format!("target: [{}]\n", all()?.join(", "));
        assert!(workflow.contains(&matrix), "nightly.yml has not: {matrix}");
        Ok(())
    }
}
