//! Programs that documents show whole: they run, with the packages as they are published.

use std::{env, fs};

use anyhow::{Context as _, ensure};

use crate::{
    dist,
    parts::receivers::FRAMEWORKS,
    provision::{Venv, npm_program, pythons},
    shell::{Shell, cargo, command},
    workspace::{fresh_directory, path},
};

/// Rust's are tests of the documentation of `tests` and `axum`.
pub(super) fn run(shell: &Shell) -> anyhow::Result<()> {
    run_commands(shell, &programs(&["README.md"], "sh")?)?;
    run_typescript(shell, &programs(&["README.md", "bindings-js/README.md", "docs/diagnosis.md"], "ts")?)?;
    run_python(shell, &programs(&PYTHON_PAGES, "python")?)
}

pub(crate) const PYTHON_PAGES: [&str; 3] = ["README.md", "bindings-python/README.md", "docs/diagnosis.md"];

fn programs(pages: &[&str], language: &str) -> anyhow::Result<Vec<String>> {
    let mut programs = Vec::new();
    for page in pages {
        let text = fs::read_to_string(path(page)).with_context(|| format!("cannot read {page}"))?;
        let found = blocks(&text, language);
        ensure!(!found.is_empty(), "{page} shows no program in {language}");
        programs.extend(found.into_iter().map(str::to_owned));
    }
    Ok(programs)
}

/// What is fenced in this language.
pub(crate) fn blocks<'m>(markdown: &'m str, language: &str) -> Vec<&'m str> {
    let opening = format!("\n```{language}\n");
    markdown.split(&opening).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect()
}

/// One script each, in an empty folder, with the program that it calls as if it had been installed.
fn run_commands(shell: &Shell, scripts: &[String]) -> anyhow::Result<()> {
    shell.run(&mut cargo("build --package twenty-webhook-cli"))?;
    let folders = env::var_os("PATH").unwrap_or_default();
    let folders = env::join_paths([path("target/debug")].into_iter().chain(env::split_paths(&folders)))?;
    let folder = fresh_directory("readme")?;
    for script in scripts {
        // What xtask does has a part of its own, or is this.
        let script: String = script.split_inclusive('\n').filter(|line| !line.starts_with("cargo xtask")).collect();
        let mut sh = command("sh", ["-e", "-u", "-x", "-c", &script]);
        shell.run(sh.current_dir(&folder).env("PATH", &folders))?;
    }
    Ok(())
}

fn run_typescript(shell: &Shell, programs: &[String]) -> anyhow::Result<()> {
    let folder = fresh_directory("readme-ts")?;
    dist::javascript(shell)?.install(shell, &folder)?;
    for (number, program) in programs.iter().enumerate() {
        fs::write(folder.join(format!("{number}.mts")), program)?;
        let mut compile = npm_program("bindings-js", "tsc");
        compile.args(["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node", "--typeRoots"]);
        compile.arg(path("bindings-js/node_modules/@types")).arg(format!("{number}.mts"));
        shell.run(compile.current_dir(&folder))?;
        let mut node = command("node", [&*format!("{number}.mjs")]);
        shell.run(node.current_dir(&folder).env("TWENTY_WEBHOOK_SECRET", SECRET))?;
    }
    Ok(())
}

fn run_python(shell: &Shell, programs: &[String]) -> anyhow::Result<()> {
    let shown = FRAMEWORKS.lines().filter(|line| ["fastapi=", "flask="].iter().any(|name| line.starts_with(name)));
    let venv = Venv::with(shell, &pythons()?[0], "readme", &shown.collect::<Vec<_>>().join("\n"))?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    programs
        .iter()
        .try_for_each(|program| shell.run(venv.python(&["-c", program]).env("TWENTY_WEBHOOK_SECRET", SECRET)))
}

const SECRET: &str = "not-a-real-secret";
