//! The receivers of the npm package.

use std::fs;

use serde_json::json;

use crate::{
    dist,
    parts::js::{copy, test_files},
    provision::{NPM, npm},
    shell::{Shell, command},
    workspace::path,
};

/// What the tests are written with, for receivers of every language.
pub(super) fn tools(shell: &Shell) -> anyhow::Result<()> {
    npm(shell, "tests/js")?;
    npm(shell, TESTS)
}

pub(super) fn run(shell: &Shell) -> anyhow::Result<()> {
    install(shell)?;
    let mut node = command("node", ["--test", "--test-concurrency=1"]);
    shell.run(node.env("RECEIVERS", path(FOLDER)).args(test_files(TESTS)?))
}

/// All examples as one workspace, so that npm fetches what they share once. What it fetched stays for the next time; the
/// package itself is unpacked anew.
pub(super) fn install(shell: &Shell) -> anyhow::Result<()> {
    let artefacts = dist::javascript(shell)?;
    let folder = path(FOLDER);
    for stale in ["examples", "node_modules/twenty-webhook", "node_modules/.package-lock.json"] {
        if folder.join(stale).is_dir() {
            fs::remove_dir_all(folder.join(stale))?;
        } else {
            fs::remove_file(folder.join(stale)).ok();
        }
    }
    copy(&path(EXAMPLES), &folder.join("examples"))?;
    let manifest = json!({ "private": true, "workspaces": ["examples/*"] });
    fs::write(folder.join("package.json"), format!("{manifest:#}\n"))?;
    let mut install = command(NPM, ["install", "--no-package-lock", "--no-save", "--no-audit", "--no-fund"]);
    shell.run(install.args([&artefacts.package, &artefacts.native]).current_dir(folder))
}

const TESTS: &str = "tests/js/receivers";
const EXAMPLES: &str = "bindings-js/examples";
pub(super) const FOLDER: &str = "target/receivers";
