//! Types of the Python package: the stubs are what the native part has, files that use everything fail exactly where they say
//! they must, and what examples and documents tell people to type passes with the frameworks' own types.

use std::{fs, path::Path, process::Command};

use serde_json::json;

use super::{
    docs::{PYTHON_PAGES, blocks},
    receivers::{FRAMEWORKS, PASSED, SERVERS, TELEMETRY, TESTING},
};
use crate::{
    provision::{Python, Venv},
    shell::Shell,
    workspace::{fresh_directory, path},
};

pub(super) fn check(shell: &Shell, python: &Python, wheel: &Path) -> anyhow::Result<()> {
    let requirements = format!("{CHECKERS}\n{FRAMEWORKS}\n{PASSED}\n{SERVERS}\n{TELEMETRY}\n{TESTING}\n{STUBS}");
    let venv = Venv::with(shell, python, "types", &requirements)?;
    venv.install(shell, wheel)?;
    let run = |words: &str| shell.run(&mut module(&venv, words));
    let own = "--no-cache --config ../bindings-python/pyproject.toml ../bindings-python/python ../bindings-python/examples \
               ../tests/python ../tests/workspaces/rockets/handlers.py ../tests/workspaces/rockets/typing_test.py \
               ../tests/suites ../benches/python ../benches/servers/python";
    run(&format!("ruff format --check {own}"))?;
    run(&format!("ruff check {own}"))?;
    run("mypy --strict --warn-unreachable --cache-dir mypy -p twenty_webhook")?;
    run("mypy.stubtest twenty_webhook")?;
    // Each by itself, because several have files of one name.
    let mut shown = examples()?;
    shown.push(documents()?);
    let include: Vec<_> = TYPED.into_iter().chain(shown.iter().map(String::as_str)).collect();
    for typed in &include {
        run(&format!("mypy --strict --cache-dir mypy {typed}"))?;
    }
    let folders = include.iter().filter(|typed| Path::new(typed).extension().is_none());
    let environments: Vec<_> = folders.map(|folder| json!({ "root": folder })).collect();
    // Some clients say too little of themselves, and a file that must be refused somewhere says where.
    let config = json!({
        "typeCheckingMode": "strict", "reportUnknownMemberType": false, "include": include, "executionEnvironments": environments,
    });
    fs::write(path("target/pyrightconfig.json"), config.to_string())?;
    let mut pyright = module(&venv, "pyright --project pyrightconfig.json --pythonpath");
    shell.run(pyright.arg(venv.program("python")).env("PYRIGHT_PYTHON_IGNORE_WARNINGS", "1"))
}

fn module(venv: &Venv, words: &str) -> Command {
    let mut command = venv.python(&["-m"].into_iter().chain(words.split_whitespace()).collect::<Vec<_>>());
    command.current_dir(path("target"));
    command
}

/// Their folders, as seen from target/.
fn examples() -> anyhow::Result<Vec<String>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(path("bindings-python/examples"))? {
        folders.push(format!("../bindings-python/examples/{}", entry?.file_name().to_string_lossy()));
    }
    folders.sort();
    Ok(folders)
}

/// The folder of the programs of documents.
fn documents() -> anyhow::Result<String> {
    let folder = fresh_directory("documents-python")?;
    for (page, file) in PYTHON_PAGES.iter().chain(&["docs/testing.md"]).enumerate() {
        let text = fs::read_to_string(path(file))?;
        for (number, program) in blocks(&text, "python").iter().enumerate() {
            fs::write(folder.join(format!("page_{page}_{number}.py")), program)?;
        }
    }
    Ok("documents-python".to_owned())
}

/// As seen from target/.
const TYPED: [&str; 4] = [
    "../tests/python/typing_test.py",
    "../tests/python/receivers/typing_test.py",
    "../tests/workspaces/rockets",
    "../tests/workspaces/hostile",
];

const CHECKERS: &str = "mypy==2.4.1\npyright==1.1.414\nruff==0.17.6";

/// Types of what has none of its own.
const STUBS: &str = "celery-types==0.26.0\ndjango-stubs==5.2.9\ndjangorestframework-stubs==3.16.6";
