//! The test vectors, which an oracle in Node writes.

use std::{path::Path, process::Command};

use crate::{
    provision::Need,
    shell::{Shell, command},
    workspace::fresh_directory,
};

pub(crate) const NEEDS: &[Need] = &[Need::NODE];
pub(crate) const DIRECTORY: &str = "tests/vectors";

/// Writes every file of vectors.
pub(crate) fn write(shell: &Shell) -> anyhow::Result<()> {
    shell.run(&mut oracle(Path::new(DIRECTORY)))
}

/// The command that writes them.
pub(crate) fn oracle(directory: &Path) -> Command {
    let mut oracle = command("node", ["tests/oracle/vectors.mjs"]);
    oracle.arg(directory);
    oracle
}

/// Writes them anew and fails on any difference but in the line that names the version of Node.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<()> {
    let fresh = fresh_directory("vectors")?;
    shell.run(&mut oracle(&fresh))?;
    let mut diff = command("git", ["diff", "--no-index", "--exit-code", "--stat", "-I", "\"generator\": ", DIRECTORY]);
    shell.run(diff.arg(fresh))
}
