//! Everything that is built, tested, demonstrated or measured here: `cargo xtask --help`.
#![forbid(unsafe_code)]

mod bench;
mod coverage;
mod cross;
mod demo;
mod differential;
mod dist;
mod fuzz;
mod generate;
mod miri;
mod mutants;
mod parts;
mod playground;
mod provision;
mod release;
mod reproduce;
mod shell;
mod side_channels;
mod site;
mod suites;
mod test_run;
mod vectors;
mod workspace;

use std::{fs, process::ExitCode};

use anyhow::Context as _;
use clap::{Parser, Subcommand, builder::PossibleValuesParser};

use crate::{provision::Need, shell::Shell, workspace::path};

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    about = "Builds, tests, demonstrates and measures this repository",
    bin_name = "cargo xtask"
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Run every part of the tests, those of everyday work (`quick`), or the named ones
    Test {
        #[arg(value_name = "quick | PART", value_parser = PossibleValuesParser::new(parts::possible_values()))]
        parts: Vec<String>,
        /// Show the output of parts that pass, too
        #[arg(long, short)]
        verbose: bool,
    },
    /// Build what is published into target/dist
    Dist,
    /// Build what is published for other platforms into target/dist-cross
    Cross {
        /// As in bindings-node/platforms.json; every other Linux if none is named
        platforms: Vec<String>,
    },
    /// Build what is published here and in a clone elsewhere, and compare the bytes
    Reproduce,
    /// Check that everything a release needs is there, and build it
    Release {
        /// Publish nothing
        #[arg(long, required = true)]
        dry_run: bool,
    },
    /// Verify genuine deliveries and the classic mistakes, and print one table
    Demo,
    /// Write the typed records and the fields of events in every language, and the tables of documents
    Generate,
    /// Build the site of the documentation into target/site
    Site,
    /// Build the page that diagnoses deliveries in a browser, target/playground/index.html
    Playground,
    /// Regenerate tests/vectors with Node
    Vectors,
    /// Fuzz for hours: all targets one after the other, or the named ones
    Fuzz {
        targets: Vec<String>,
        /// How long each target runs
        #[arg(long, default_value_t = 3600)]
        seconds: u64,
    },
    /// Compare canonical text with V8's, for hours; what was interrupted goes on
    Differential(differential::Arguments),
    /// Run published suites, whose material is not in this repository, against every build
    Suites(suites::Arguments),
    /// Look for what depends on a secret but the verdict: in the core, and in the modules of Python, Node and WebAssembly
    SideChannels {
        /// Measure times instead, on a machine that has little else to do
        #[arg(long)]
        timing: bool,
    },
    /// Change the Rust that decides, one thing at a time, and see whether the tests notice; goes on where it ended
    Mutants(mutants::Arguments),
    /// Print which lines the tests run, in each language, and those they do not
    Coverage(coverage::Arguments),
    /// Run what takes too long for every day: Miri on other machines, more browsers and bundlers, the optimised command line, memory over many deliveries and verifications, many generated inputs, other platforms, what is built twice, the site
    Nightly,
    /// Measure beside other implementations
    Bench(bench::Arguments),
}

fn main() -> anyhow::Result<ExitCode> {
    let task = Arguments::parse().task;
    fs::create_dir_all(workspace::scratch())?;
    let result = run(&task);
    fs::remove_dir_all(workspace::scratch()).ok(); // What still ends may write there.
    result
}

fn run(task: &Task) -> anyhow::Result<ExitCode> {
    let shell = Shell::loud();
    match task {
        Task::Test { parts, verbose } => return test_run::run(&parts::selected(parts), *verbose),
        Task::Dist => dist::run(&shell)?,
        Task::Cross { platforms } => with(&shell, cross::NEEDS, |shell| cross::run(shell, platforms))?,
        Task::Reproduce => with(&shell, dist::NEEDS, reproduce::check)?,
        Task::Release { .. } => with(&shell, release::NEEDS, release::rehearse)?,
        Task::Demo => {
            let log = path("target/demo.log");
            with(&Shell::narrating(&log)?, demo::NEEDS, demo::run)
                .with_context(|| format!("what the commands printed is in {}", log.display()))?;
        }
        Task::Generate => generate::write(&shell)?,
        Task::Site => with(&shell, site::NEEDS, site::build)?,
        Task::Playground => with(&shell, playground::NEEDS, |shell| playground::build(shell).map(drop))?,
        Task::Vectors => with(&shell, vectors::NEEDS, vectors::write)?,
        Task::Fuzz { targets, seconds } => {
            let limits = [format!("-max_total_time={seconds}")];
            with(&shell, fuzz::NEEDS, |shell| fuzz::run(shell, targets, &limits))?;
        }
        Task::Differential(arguments) => {
            with(&shell, differential::NEEDS, |shell| differential::run(shell, arguments))?;
        }
        Task::Suites(arguments) => with(&shell, suites::NEEDS, |shell| suites::run(shell, arguments))?,
        Task::SideChannels { timing: false } => with(&shell, side_channels::NEEDS, side_channels::check)?,
        Task::SideChannels { timing: true } => with(&shell, side_channels::TIMING_NEEDS, side_channels::time)?,
        Task::Mutants(arguments) => mutants::run(&shell, arguments)?,
        Task::Coverage(arguments) => with(&shell, coverage::NEEDS, |shell| coverage::run(shell, arguments))?,
        Task::Nightly => {
            with(&shell, miri::NEEDS, miri::run)?;
            with(&shell, parts::js::BROWSER_NEEDS, parts::js::browsers)?;
            with(&shell, parts::playground::FIREFOX_NEEDS, parts::playground::firefox)?;
            with(&shell, parts::bundlers::NEEDS, parts::bundlers::slow)?;
            with(&shell, parts::command_line::NEEDS, parts::command_line::released)?;
            with(&shell, parts::receivers::NEEDS, parts::receivers::slow)?;
            with(&shell, parts::js::NEEDS, parts::js::lasting)?;
            with(&shell, parts::python::NEEDS, parts::python::lasting)?;
            with(&shell, cross::NEEDS, |shell| cross::run(shell, &[]))?;
            with(&shell, dist::NEEDS, cross::check_windows)?;
            with(&shell, dist::NEEDS, reproduce::check)?;
            with(&shell, site::NEEDS, site::build)?;
        }
        Task::Bench(arguments) => with(&shell, bench::NEEDS, |shell| bench::run(shell, arguments))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs it once everything it needs is there.
fn with(shell: &Shell, needs: &[Need], task: impl Fn(&Shell) -> anyhow::Result<()>) -> anyhow::Result<()> {
    provision::ensure(shell, needs)?;
    task(shell)
}
