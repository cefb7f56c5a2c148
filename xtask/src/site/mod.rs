//! The site: the pages of `docs`, the READMEs, and the references of the three languages, as files that any server can serve.

mod pages;

use std::fs;

use anyhow::Context as _;

use crate::{
    dist,
    parts::{js::copy, receivers::FRAMEWORKS},
    provision::{Need, Venv, npm, npm_program, pythons},
    shell::{Shell, cargo},
    workspace::{fresh_directory, path, written_files},
};

pub(crate) const NEEDS: &[Need] = dist::NEEDS;

/// Builds it into target/site.
pub(crate) fn build(shell: &Shell) -> anyhow::Result<()> {
    npm(shell, "site")?;
    let (pages, site) = (fresh_directory("site-pages")?, fresh_directory("site")?);
    pages::write(&pages, REPOSITORY)?;
    let mut vitepress = npm_program("site", "vitepress");
    vitepress.args(["build", "site"]).env("PAGES", &pages).env("SITE", &site).env("REPOSITORY", REPOSITORY);
    shell.run(&mut vitepress)?;
    // For programs, which read pages as they are written.
    copy(&pages, &site)?;
    rust(shell)?;
    typescript(shell)?;
    python(shell)
}

fn rust(shell: &Shell) -> anyhow::Result<()> {
    // Made anew, or other crates would be among them.
    let built = fresh_directory("doc")?;
    let mut doc = cargo("doc --no-deps --all-features -p twenty-webhook -p twenty-webhook-axum");
    shell.run(doc.env("CARGO_TARGET_DIR", path("target")).env("RUSTDOCFLAGS", "-D warnings"))?;
    copy(&built, &path("target/site/rust"))
}

/// From the declarations that are published, under the names by which they are imported.
fn typescript(shell: &Shell) -> anyhow::Result<()> {
    let folder = fresh_directory("site-npm")?;
    dist::javascript(shell)?.install(shell, &folder)?;
    fs::write(folder.join("tsconfig.json"), "{ \"compilerOptions\": { \"module\": \"nodenext\", \"types\": [] } }\n")?;
    fs::create_dir(folder.join("twenty-webhook"))?;
    let mut typedoc = npm_program("site", "typedoc");
    typedoc.args(["--skipErrorChecking", "--excludeInternal", "--readme", "none", "--name", "twenty-webhook"]);
    typedoc.args(["--logLevel", "Error", "--out"]).arg(path("target/site/typescript"));
    for entry in ENTRIES {
        let file = folder.join(format!("{entry}.ts"));
        fs::write(&file, format!("export * from \"{entry}\";\n"))?;
        typedoc.arg("--entryPoints").arg(file);
    }
    shell.run(typedoc.current_dir(&folder))
}

const ENTRIES: [&str; 9] = [
    "twenty-webhook",
    "twenty-webhook/express",
    "twenty-webhook/fastify",
    "twenty-webhook/fetch",
    "twenty-webhook/hono",
    "twenty-webhook/koa",
    "twenty-webhook/lambda",
    "twenty-webhook/node",
    "twenty-webhook/testing",
];

/// From the wheel, its stubs and its docstrings.
fn python(shell: &Shell) -> anyhow::Result<()> {
    let pythons = pythons()?;
    let python = pythons.last().context("there is no Python")?;
    let venv = Venv::with(shell, python, "site", &format!("{PDOC}\n{FRAMEWORKS}"))?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    let mut pdoc = venv.python(&["-m", "pdoc", "--docformat", "markdown", "--output-directory"]);
    pdoc.arg(path("target/site/python")).arg("twenty_webhook");
    for file in written_files(&path("bindings-python/python/twenty_webhook"))? {
        let module = file.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        if file.extension().is_some_and(|ending| ending == "py") && !module.starts_with('_') {
            pdoc.arg(format!("twenty_webhook.{module}"));
        }
    }
    shell.run(&mut pdoc)
}

/// Reads stubs, too.
const PDOC: &str = "pdoc==16.0.0";

/// Empty while the workspace's manifest names none.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
