//! Benchmarks beside other implementations.

mod languages;
mod servers;

use clap::{Args, ValueEnum};

use crate::{
    dist,
    provision::Need,
    shell::{Shell, command},
    workspace::{fresh_directory, path},
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
pub(crate) enum Subject {
    /// The core beside Rust's implementations, and V8
    Rust,
    /// The npm package beside its peers, in Node, workerd, Deno and Bun
    Js,
    /// The wheel beside its peers
    Python,
    /// Frameworks with a receiver and without: requests per second
    Servers,
    /// The published files: their sizes, and the time from import to the first verdict
    Size,
}

pub(crate) fn run(shell: &Shell, Arguments { subjects, smoke }: &Arguments) -> anyhow::Result<()> {
    let subjects =
        if subjects.is_empty() { &[Subject::Rust, Subject::Js, Subject::Python] } else { subjects.as_slice() };
    subjects.iter().try_for_each(|subject| match subject {
        Subject::Rust => languages::rust(shell, *smoke),
        Subject::Js => languages::javascript(shell, *smoke),
        Subject::Python => languages::python(shell, *smoke),
        Subject::Servers => servers::run(shell, *smoke),
        Subject::Size => size(shell),
    })
}

fn size(shell: &Shell) -> anyhow::Result<()> {
    let folder = fresh_directory("bench-size")?;
    dist::javascript(shell)?.install(shell, &folder)?;
    let mut node = command("node", []);
    shell.run(node.arg(path("benches/size/size.mjs")).arg(path("target/dist")).arg(folder))
}

/// The part of the tests.
pub(crate) fn smoke(shell: &Shell) -> anyhow::Result<()> {
    let subjects = vec![Subject::Rust, Subject::Js, Subject::Python, Subject::Servers];
    run(shell, &Arguments { subjects, smoke: true })
}
