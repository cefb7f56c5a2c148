//! The test vectors, which an oracle in Node writes.

use std::{fs, path::Path, process::Command};

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

/// Writes them anew and fails on any difference but in the line that names the version of Node. Diagnosis has vectors that
/// the oracle does not write: `tests/vectors/mistakes` does, with the tools of ten languages.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<()> {
    let fresh = fresh_directory("vectors")?;
    shell.run(&mut oracle(&fresh))?;
    let mut files: Vec<_> = fs::read_dir(&fresh)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    files.iter().try_for_each(|file| {
        let mut diff = command("git", ["diff", "--no-index", "--exit-code", "--stat", "-I", "\"generator\": "]);
        shell.run(diff.arg(Path::new(DIRECTORY).join(file.file_name())).arg(file.path()))
    })
}
