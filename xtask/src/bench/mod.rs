//! Benchmarks beside other implementations.

mod languages;
mod servers;

use std::{fs, path::PathBuf};

use anyhow::{Context as _, ensure};
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::{
    dist,
    provision::Need,
    shell::{Shell, command},
    workspace::{fresh_directory, path},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::PYTHON, Need::C_COMPILER];

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What is measured: rust, js and python if nothing is named
    subjects: Vec<Subject>,
    /// Write the rows of rust, js and python to a file, too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Run everything once, check the results, time nothing
    #[arg(long, conflicts_with = "json")]
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

pub(crate) fn run(shell: &Shell, Arguments { subjects, json, smoke }: &Arguments) -> anyhow::Result<()> {
    let all = [Subject::Rust, Subject::Js, Subject::Python];
    let subjects = if subjects.is_empty() { &all } else { subjects.as_slice() };
    let way = Way { is_smoke: *smoke, with_rows: json.is_some() };
    let mut rows = Vec::new();
    for subject in subjects {
        let file = match subject {
            Subject::Rust => languages::rust(shell, way)?,
            Subject::Js => languages::javascript(shell, way)?,
            Subject::Python => languages::python(shell, way)?,
            Subject::Servers => {
                servers::run(shell, way.is_smoke)?;
                continue;
            }
            Subject::Size => {
                size(shell)?;
                continue;
            }
        };
        if way.with_rows {
            let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            rows.extend(serde_json::from_str::<Vec<Value>>(&text)?);
        }
    }
    if let Some(file) = json {
        ensure!(!rows.is_empty(), "nothing that has rows was measured");
        fs::write(file, format!("{:#}\n", Value::Array(rows)))?;
    }
    Ok(())
}

/// How the languages' programs run.
#[derive(Clone, Copy)]
struct Way {
    is_smoke: bool,
    /// Whether they write their rows to a file.
    with_rows: bool,
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
    run(shell, &Arguments { subjects, json: None, smoke: true })
}
