//! The receivers: every example with its real framework, from the packages as they are published, and real stores.

use std::{fs, path::Path, process::Command, thread};

use anyhow::anyhow;
use serde_json::json;

use super::{
    js::{copy, test_files},
    python::pytest,
};
use crate::{
    dist,
    provision::{NPM, Need, Venv, npm, pythons},
    shell::{Shell, cargo, command},
    workspace::path,
};

pub(crate) const NEEDS: &[Need] =
    &[Need::Rust, Need::NODE, Need::PYTHON, Need::C_COMPILER, Need::Program("redis-server"), Need::POSTGRESQL];

/// Side by side, because each waits for time to pass more than it works.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    dist::javascript(shell)?;
    tools(shell)?;
    thread::scope(|scope| {
        let all = [javascript, python, rust].map(|run| scope.spawn(move || run(shell)));
        let results = all.map(|run| run.join().unwrap_or_else(|_| Err(anyhow!("a receiver's tests panicked"))));
        results.into_iter().collect()
    })
}

/// What takes long: the memory of a receiver in each language over a hundred thousand deliveries, and lasting work while everything
/// is killed.
pub(crate) fn slow(shell: &Shell) -> anyhow::Result<()> {
    tools(shell)?;
    install_javascript(shell)?;
    build_rust(shell)?;
    let python = python_environment(shell)?.program("python");
    let mut node = command("node", ["--test", "--test-concurrency=1"]);
    node.env("RECEIVERS", path(INSTALLED)).env("RUST_EXAMPLES", path(RUST_EXAMPLES)).env("PYTHON", python);
    shell.run(node.args(test_files("tests/js/receivers/slow")?))
}

/// What the tests are written with, for receivers of every language.
fn tools(shell: &Shell) -> anyhow::Result<()> {
    npm(shell, "tests/js")?;
    npm(shell, "tests/js/receivers")
}

fn javascript(shell: &Shell) -> anyhow::Result<()> {
    install_javascript(shell)?;
    let mut node = command("node", ["--test", "--test-concurrency=1"]);
    node.env("RECEIVERS", path(INSTALLED)).env("BUILT_EXAMPLES", path(BUILT_EXAMPLES));
    shell.run(node.args(test_files("tests/js/receivers")?))
}

/// All examples as one workspace, so that npm fetches what they share once; but each that is built alone, as its users have
/// it: what is built looks for its framework's packages where it stands, and of two versions npm puts only one there.
pub(crate) fn install_javascript(shell: &Shell) -> anyhow::Result<()> {
    let examples = path(INSTALLED).join("examples");
    remove_directory(&examples)?;
    copy(&path("bindings-js/examples"), &examples)?;
    for name in BUILT {
        let alone = path(BUILT_EXAMPLES).join(name);
        for stale in fs::read_dir(&alone).into_iter().flatten() {
            let stale = stale?.path();
            if stale.is_dir() && !stale.ends_with("node_modules") {
                fs::remove_dir_all(stale)?;
            }
        }
        copy(&examples.join(name), &alone)?;
        remove_directory(&examples.join(name))?;
        shell.run(install(shell, &alone)?.arg("--ignore-scripts"))?;
    }
    let manifest = json!({ "private": true, "workspaces": ["examples/*"] });
    fs::write(path(INSTALLED).join("package.json"), format!("{manifest:#}\n"))?;
    shell.run(&mut install(shell, &path(INSTALLED))?)
}

/// What npm fetched stays for the next time; the package itself is unpacked anew.
fn install(shell: &Shell, folder: &Path) -> anyhow::Result<Command> {
    let artefacts = dist::javascript(shell)?;
    remove_directory(&folder.join("node_modules/twenty-webhook"))?;
    fs::remove_file(folder.join("node_modules/.package-lock.json")).ok();
    let mut install = command(NPM, ["install", "--no-package-lock", "--no-save", "--no-audit", "--no-fund"]);
    install.args([&artefacts.package, &artefacts.native]).current_dir(folder);
    Ok(install)
}

fn remove_directory(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

pub(crate) const INSTALLED: &str = "target/receivers";

/// Where the examples of these are.
pub(crate) const BUILT_EXAMPLES: &str = "target/built-examples";
const BUILT: [&str; 4] = ["astro", "nuxt", "react-router", "sveltekit"];

fn python(shell: &Shell) -> anyhow::Result<()> {
    let venv = python_environment(shell)?;
    shell.run(pytest(&venv).arg(path(PYTHON_TESTS)))?;
    let mut node = command("node", ["--test", "--test-concurrency=1"]);
    shell.run(node.env("PYTHON", venv.program("python")).args(test_files("tests/js/receivers/python")?))
}

/// The wheel, and the frameworks with servers for them.
pub(crate) fn python_environment(shell: &Shell) -> anyhow::Result<Venv> {
    let venv = Venv::with(shell, &pythons()?[0], "receivers", &python_requirements())?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    Ok(venv)
}

pub(crate) fn python_requirements() -> String {
    format!("{FRAMEWORKS}\n{PASSED}\n{SERVERS}\n{TELEMETRY}\n{CLOCKS}\n{TESTING}")
}

pub(super) const PYTHON_TESTS: &str = "tests/python/receivers";

/// In the versions that the examples name, which a test compares.
pub(crate) const FRAMEWORKS: &str = "aiohttp==3.14.5\naiohttp-asgi==0.7.1\ndjango==5.2.19\ndjangorestframework==3.18.3\n\
    fastapi==0.165.0\nflask==3.1.3\nlitestar==2.25.0\nmangum==0.22.0\nredis==8.1.0";

/// What else users pass to receivers, or would.
pub(super) const PASSED: &str =
    "asyncpg==0.32.0\nloguru==0.7.3\npsycopg[binary]==3.3.9\npsycopg-pool==3.3.3\nupstash-redis==1.8.0";
pub(super) const SERVERS: &str = "celery==5.7.0\ngevent==26.9.0\ngunicorn==27.0.1\nhttptools==0.9.0\nuvicorn==0.54.0";

/// What observes them, and what instruments a framework.
pub(super) const TELEMETRY: &str = "opentelemetry-distro==0.66b2\nopentelemetry-exporter-prometheus==0.66b2\n\
    opentelemetry-instrumentation-fastapi==0.66b2";

/// What users test with; the client of `FastAPI` needs the second.
pub(super) const TESTING: &str = "pytest==9.2.0\nhttpx2==2.16.2";

/// What freezes time in tests.
const CLOCKS: &str = "freezegun==1.5.5\ntime-machine==3.6.0";

/// The example, served by axum, and several of them that share a Redis.
fn rust(shell: &Shell) -> anyhow::Result<()> {
    build_rust(shell)?;
    shell.run(cargo("test -p example-axum").env("CARGO_TARGET_DIR", path("target")))?;
    // What is ignored is what needs a server. Of the rest, one is what another runs.
    let stores = "test -p twenty-webhook-axum --all-features --test stores -- --ignored --skip one_of_several";
    shell.run(cargo(stores).env("CARGO_TARGET_DIR", path("target")))?;
    let mut node = command("node", ["--test", "--test-concurrency=1"]);
    shell.run(node.env("RUST_EXAMPLES", path(RUST_EXAMPLES)).args(test_files("tests/js/receivers/rust")?))
}

fn build_rust(shell: &Shell) -> anyhow::Result<()> {
    shell.run(cargo("build -p example-axum").env("CARGO_TARGET_DIR", path("target")))
}

const RUST_EXAMPLES: &str = "target/debug";
