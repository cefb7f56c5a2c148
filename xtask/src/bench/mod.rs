//! Benchmarks beside other implementations.

use std::path::PathBuf;

use clap::Subcommand;

use crate::{
    dist,
    provision::{Need, npm},
    shell::{Shell, cargo, command},
    workspace::{BENCH_MANIFEST, fresh_directory, path},
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
    /// The published files: their sizes, and the time from import to the first verdict
    Size,
    /// Frameworks with a receiver and without: requests per second
    Servers,
}

pub(crate) fn run(shell: &Shell, language: &Language) -> anyhow::Result<()> {
    let (json, smoke) = match language {
        Language::Rust { json, smoke } => (json, smoke),
        Language::Size => return size(shell),
        Language::Servers => return servers(shell, &[]),
    };
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

fn size(shell: &Shell) -> anyhow::Result<()> {
    let folder = fresh_directory("bench-size")?;
    dist::artefacts(shell)?.javascript.install(shell, &folder)?;
    let mut node = command("node", []);
    shell.run(node.arg(path("benches/size/size.mjs")).arg(path("target/dist")).arg(folder))
}

fn servers(shell: &Shell, options: &[&str]) -> anyhow::Result<()> {
    npm(shell, SERVERS)?;
    let folder = fresh_directory("bench-servers")?;
    dist::artefacts(shell)?.javascript.install(shell, &folder)?;
    let mut node = command("node", []);
    shell.run(node.arg(path(SERVERS).join("servers.mjs")).args(options).env("INSTALLED", folder))
}

const SERVERS: &str = "benches/servers";

/// The part of the tests.
pub(crate) fn smoke(shell: &Shell) -> anyhow::Result<()> {
    run(shell, &Language::Rust { json: None, smoke: true })?;
    servers(shell, &["--smoke"])
}
