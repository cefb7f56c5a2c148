//! The npm package, as it is published, under bundlers and type checkers.

use std::path::{Path, PathBuf};

use super::js::{self, copy, test_files};
use crate::{
    dist,
    provision::{Need, npm},
    shell::{Shell, command},
    workspace::{fresh_directory, path},
};

/// Chromium runs what Vite builds.
pub(crate) const NEEDS: &[Need] = js::NEEDS;

/// Those of every day, type checkers, and what says whether the tarball is well made.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    npm(shell, TESTS)?;
    test(shell, &app(shell, "bundlers")?, &test_files(TESTS)?)
}

/// Those that take long. Next wants its app and its packages in one tree, so here they are installed beside the app.
pub(crate) fn slow(shell: &Shell) -> anyhow::Result<()> {
    let app = app(shell, "slow-bundlers")?;
    copy(&path(TESTS), &app)?;
    for folder in ["slow", "slow/next15"] {
        npm(shell, &format!("target/slow-bundlers/{folder}"))?;
    }
    test(shell, &app, &test_files("target/slow-bundlers/slow")?)
}

const TESTS: &str = "tests/js/bundlers";

/// A folder with the two packages and the app that is bundled.
fn app(shell: &Shell, name: &str) -> anyhow::Result<PathBuf> {
    let folder = fresh_directory(name)?;
    dist::javascript(shell)?.install(shell, &folder)?;
    copy(&path(TESTS).join("app"), &folder.join("app"))?;
    Ok(folder)
}

/// Bundles for no host in particular are run in a realm that Node gives to ECMAScript modules behind a flag only.
fn test(shell: &Shell, app: &Path, files: &[PathBuf]) -> anyhow::Result<()> {
    let mut node = command("node", ["--experimental-vm-modules", "--no-warnings", "--test", "--test-concurrency=1"]);
    node.env("APP_FOLDER", app).env("TARBALL", dist::javascript(shell)?.package);
    shell.run(node.args(files))
}
