//! Benchmarks beside other implementations.

use std::path::PathBuf;

use clap::Subcommand;

use crate::{
    provision::Need,
    shell::{Shell, cargo},
    workspace::BENCH_MANIFEST,
};

pub(crate) const NEEDS: &[Need] = &[Need::Node, Need::CCompiler];

#[derive(Debug, Subcommand)]
pub(crate) enum Language {
    /// The core beside Rust's implementations, and V8
    Rust {
        /// Write the figures to a file, too
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Run everything once, check the results, time nothing
        #[arg(long)]
        smoke: bool,
    },
}

pub(crate) fn run(shell: &Shell, language: &Language) -> anyhow::Result<()> {
    let Language::Rust { json, smoke } = language;
    // Where nothing is timed, the build that takes minutes is not needed.
    let profile = if *smoke { "dev" } else { "release" };
    // A target folder of its own: these dependencies share nothing with the workspace's.
    let run = format!("run --profile {profile} --manifest-path {BENCH_MANIFEST} --target-dir target/bench --");
    let mut bench = cargo(&run);
    bench.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
    if let Some(file) = json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    if *smoke {
        bench.arg("--smoke");
    }
    shell.run(&mut bench)
}

/// The part of the tests.
pub(crate) fn smoke(shell: &Shell) -> anyhow::Result<()> {
    run(shell, &Language::Rust { json: None, smoke: true })
}
