//! The npm package, as it is published, under bundlers and type checkers.

use std::path::PathBuf;

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
    App::install(shell, "bundlers")?.test(shell, &test_files(TESTS)?)
}

/// Those that take long. Next wants its app and its packages in one tree, so here they are installed beside the app.
pub(crate) fn slow(shell: &Shell) -> anyhow::Result<()> {
    let app = App::install(shell, "slow-bundlers")?;
    copy(&path(TESTS), &app.folder)?;
    for folder in ["slow", "slow/next15"] {
        npm(shell, &format!("target/slow-bundlers/{folder}"))?;
    }
    app.test(shell, &test_files("target/slow-bundlers/slow")?)
}

const TESTS: &str = "tests/js/bundlers";

/// A folder with the two packages and the app that is bundled.
struct App {
    artefacts: dist::JavaScript,
    folder: PathBuf,
}

impl App {
    fn install(shell: &Shell, name: &str) -> anyhow::Result<Self> {
        let artefacts = dist::javascript(shell)?;
        let folder = fresh_directory(name)?;
        artefacts.install(shell, &folder)?;
        copy(&path(TESTS).join("app"), &folder.join("app"))?;
        Ok(Self { artefacts, folder })
    }

    /// Bundles for no host in particular are run in a realm that Node gives to ECMAScript modules behind a flag only.
    fn test(&self, shell: &Shell, files: &[PathBuf]) -> anyhow::Result<()> {
        let mut node =
            command("node", ["--experimental-vm-modules", "--no-warnings", "--test", "--test-concurrency=1"]);
        node.env("APP_FOLDER", &self.folder).env("TARBALL", &self.artefacts.package).args(files);
        shell.run(&mut node)
    }
}
