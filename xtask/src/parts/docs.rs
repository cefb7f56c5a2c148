//! Documentation: it builds, and what it tells people to type works.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};

use super::js::copy;
use crate::{
    dist,
    provision::{Need, Venv, npm_program, pythons},
    shell::{Shell, cargo, command},
    workspace::{fresh_directory, path, root, written_files},
};

pub(crate) const NEEDS: &[Need] = dist::NEEDS;

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    shell.run(cargo("doc --workspace --no-deps --all-features").env("RUSTDOCFLAGS", "-D warnings"))?;
    let readme = fs::read_to_string(path("README.md")).context("cannot read README.md")?;
    check_examples(&readme)?;
    PAGES.into_iter().try_for_each(check_page)?;
    check_secrets()?;
    run_commands(shell, &blocks(&readme, "sh"))?;
    run_typescript(shell, &blocks(&readme, "ts"))?;
    run_python(shell, &blocks(&readme, "python"))
}

/// The README's shell blocks, one script each, in a copy of the repository, so that they can leave nothing behind. Its
/// TypeScript and Python run with the packages that are published; its Rust is doc-tested with the conformance suite.
fn run_commands(shell: &Shell, scripts: &[&str]) -> anyhow::Result<()> {
    ensure!(!scripts.is_empty(), "README.md shows no command");
    let folder = fresh_directory("readme")?;
    copy(&root(), &folder)?;
    fs::create_dir(folder.join("target"))?; // There since the first cargo command.
    for script in scripts {
        // What xtask does has a part of its own, or is this.
        let script: String = script.split_inclusive('\n').filter(|line| !line.starts_with("cargo xtask")).collect();
        let mut sh = command("sh", ["-e", "-u", "-x", "-c", &script]);
        shell.run(sh.current_dir(&folder).env("CARGO_TARGET_DIR", path("target")))?;
    }
    Ok(())
}

fn run_typescript(shell: &Shell, programs: &[&str]) -> anyhow::Result<()> {
    ensure!(!programs.is_empty(), "README.md shows no TypeScript");
    let folder = fresh_directory("readme-ts")?;
    dist::javascript(shell)?.install(shell, &folder)?;
    for (number, program) in programs.iter().enumerate() {
        fs::write(folder.join(format!("{number}.mts")), program)?;
        let mut compile = npm_program("bindings-js", "tsc");
        compile.args(["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node", "--typeRoots"]);
        compile.arg(path("bindings-js/node_modules/@types")).arg(format!("{number}.mts"));
        shell.run(compile.current_dir(&folder))?;
        shell.run(command("node", [&*format!("{number}.mjs")]).current_dir(&folder))?;
    }
    Ok(())
}

fn run_python(shell: &Shell, programs: &[&str]) -> anyhow::Result<()> {
    ensure!(!programs.is_empty(), "README.md shows no Python");
    let venv = Venv::with(shell, &pythons()?[0], "readme", "")?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    programs.iter().try_for_each(|program| shell.run(&mut venv.python(&["-c", program])))
}

/// Every code in a row of a table that links to an example must stand there, whatever white space is between.
fn check_examples(readme: &str) -> anyhow::Result<()> {
    let mut rows = 0;
    for row in readme.lines().filter(|line| line.starts_with("| ") && line.contains("/examples/")) {
        let folder = row.rsplit_once("](").map(|(_, folder)| folder.trim_end_matches(") |")).context(ROW)?;
        let sources = squeezed_sources(&path(folder))?;
        for code in row.split('`').skip(1).step_by(2) {
            ensure!(sources.contains(&squeezed(code)), "README.md shows what is not in {folder}: {code}");
        }
        rows += 1;
    }
    ensure!(rows > 8, "README.md shows {rows} examples");
    Ok(())
}

/// Every fenced code of a page must stand in the example that the page named last before it.
fn check_page(page: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(path(page)).with_context(|| format!("cannot read {page}"))?;
    let (mut sources, mut codes) = (String::new(), 0);
    for (number, piece) in text.split("\n```").enumerate() {
        if number % 2 == 1 {
            let code = piece.split_once('\n').map_or("", |(_, code)| code);
            ensure!(sources.contains(&squeezed(code)), "{page} shows what is not in its example: {code}");
            codes += 1;
        } else if let Some((_, link)) = piece.rsplit_once("](../").filter(|(_, link)| is_shown(link)) {
            let folder = link.split_once(')').map_or(link, |(folder, _)| folder);
            sources = squeezed_sources(&path(folder.trim_start_matches("../")))?;
        }
    }
    ensure!(codes > 0, "{page} shows no code");
    Ok(())
}

/// Of examples, and of the types of a workspace.
fn is_shown(link: &str) -> bool {
    ["/examples/", "/workspaces/"].iter().any(|part| link.contains(part))
}

/// Of every file in a folder.
fn squeezed_sources(folder: &Path) -> anyhow::Result<String> {
    let files = written_files(folder)?.into_iter();
    Ok(files.filter_map(|file| fs::read_to_string(file).ok()).map(|source| squeezed(&source)).collect())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// No example goes on without the variable that holds the secret: whatever it would take instead, everybody could sign with.
fn check_secrets() -> anyhow::Result<()> {
    for file in written_files(&root())? {
        let is_example = file.components().any(|part| part.as_os_str() == "examples") || file.ends_with("README.md");
        let Some(text) = is_example.then(|| fs::read_to_string(&file).ok()).flatten() else { continue };
        let found = text.lines().find(|line| falls_back(line));
        ensure!(
            found.is_none(),
            "{} shows a secret to fall back to: {}",
            file.display(),
            found.unwrap_or_default().trim()
        );
    }
    Ok(())
}

/// Whether a line that reads the variable says what to take where it is missing.
fn falls_back(line: &str) -> bool {
    line.split_once(SECRET).is_some_and(|(before, after)| {
        FALL_BACKS.iter().any(|word| after.contains(word)) || before.contains(".get(") || before.contains("getenv(")
    })
}

/// Those with code of examples. A store's lines are run by the tests of receivers, and Rust's are compared by its own.
const PAGES: [&str; 6] = [
    "docs/lasting-work.md",
    "docs/many-workspaces.md",
    "docs/observation/alerts.md",
    "docs/observation/javascript.md",
    "docs/observation/python.md",
    "docs/types.md",
];

const SECRET: &str = "TWENTY_WEBHOOK_SECRET";
const FALL_BACKS: [&str; 5] = ["??", "||", " or ", "unwrap_or", ":-"];

const ROW: &str = "README.md has a row of an example that does not end with a link to it";

/// What is fenced in this language.
pub(super) fn blocks<'m>(markdown: &'m str, language: &str) -> Vec<&'m str> {
    let opening = format!("\n```{language}\n");
    markdown.split(&opening).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::falls_back;

    #[test]
    fn knows_secrets_to_fall_back_to() {
        for line in [
            "new Webhook(process.env.TWENTY_WEBHOOK_SECRET ?? \"set at run time\")",
            "process.env.TWENTY_WEBHOOK_SECRET || 'a'",
            "os.environ.get(\"TWENTY_WEBHOOK_SECRET\", \"a\")",
            "os.getenv('TWENTY_WEBHOOK_SECRET')",
            "env::var(\"TWENTY_WEBHOOK_SECRET\").unwrap_or_default()",
            "${TWENTY_WEBHOOK_SECRET:-a}",
        ] {
            assert!(falls_back(line), "{line}");
        }
        for line in [
            "new Webhook(process.env.TWENTY_WEBHOOK_SECRET!)",
            "os.environ[\"TWENTY_WEBHOOK_SECRET\"]",
            "env::var(\"TWENTY_WEBHOOK_SECRET\")?",
            "export TWENTY_WEBHOOK_SECRET=not-a-real-secret",
            "Number(process.env.PORT ?? 3000)",
        ] {
            assert!(!falls_back(line), "{line}");
        }
    }
}
