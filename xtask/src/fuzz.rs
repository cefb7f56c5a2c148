//! Fuzzing: the targets in fuzz/, built once and run one after the other.

mod seeds;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};

use crate::{
    provision::{self, NIGHTLY, Need},
    shell::{Shell, cargo, command},
    workspace::path,
};

pub(crate) const NEEDS: &[Need] = &[Need::Nightly(&["rustc", "rust-src"]), Need::C_COMPILER, Need::CargoFuzz];

/// Runs each target for so many seconds.
pub(crate) fn run(shell: &Shell, targets: &[String], seconds: u64) -> anyhow::Result<()> {
    let all = all_targets()?;
    if let Some(unknown) = targets.iter().find(|target| !all.contains(target)) {
        anyhow::bail!("there is no fuzz target {unknown}, but {}", all.join(", "));
    }
    let chosen = if targets.is_empty() { &all } else { targets };
    let binaries = build(shell)?;
    let seeds = seeds::write()?;
    chosen.iter().try_for_each(|target| run_target(shell, &binaries, &seeds, target, seconds))
}

/// The part of the tests.
pub(crate) fn briefly(shell: &Shell) -> anyhow::Result<()> {
    run(shell, &[], 5)
}

fn all_targets() -> anyhow::Result<Vec<String>> {
    let files = fs::read_dir(path("fuzz/fuzz_targets")).context("cannot read fuzz/fuzz_targets")?;
    let files: Vec<PathBuf> = files.map(|file| Ok(file?.path())).collect::<anyhow::Result<_>>()?;
    let is_source = |file: &&PathBuf| file.extension().is_some_and(|extension| extension == "rs");
    let names = files.iter().filter(is_source).filter_map(|file| file.file_stem());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    ensure!(!names.is_empty(), "there is no fuzz target");
    Ok(names)
}

/// Builds them all and gives the folder they are in.
fn build(shell: &Shell) -> anyhow::Result<PathBuf> {
    let version = shell.read(&mut command("rustc", ["-vV"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let target_directory = path("target/fuzz");
    let mut build = cargo(&format!("+{NIGHTLY} fuzz build --target {host} --target-dir"));
    shell.run(build.arg(&target_directory).env("PATH", provision::path_with_tools()?))?;
    Ok(target_directory.join(host).join("release"))
}

/// What it finds is kept: the corpus for the next run, a crash for whoever mends it.
fn run_target(shell: &Shell, binaries: &Path, seeds: &Path, target: &str, seconds: u64) -> anyhow::Result<()> {
    let corpus = path("target/fuzz-corpus").join(target);
    let artifacts = path("target/fuzz-artifacts").join(target);
    for directory in [&corpus, &artifacts] {
        fs::create_dir_all(directory)?;
    }
    let mut fuzzer = Command::new(binaries.join(target));
    fuzzer.arg(&corpus).arg(seeds).arg(format!("-max_total_time={seconds}")).arg("-max_len=4096");
    fuzzer.arg("-dict=fuzz/json.dict");
    fuzzer.arg(format!("-artifact_prefix={}/", artifacts.display()));
    shell
        .run(&mut fuzzer)
        .with_context(|| format!("the fuzz target {target} failed; its input is in target/fuzz-artifacts"))
}
