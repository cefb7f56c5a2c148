//! What is published, as the files that are published: everything else tests these.

mod javascript;
mod python;
mod wasm;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::{shell::Shell, workspace::fresh_directory};

pub(crate) use javascript::JavaScript as JavaScriptArtefacts;
pub(crate) use python::Python as PythonArtefacts;

/// Empties `target/dist` and fills it.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let directory = fresh_directory("dist")?;
    JavaScriptArtefacts::build(shell, &directory)?;
    PythonArtefacts::build(shell, &directory)?;
    Ok(())
}

/// The only file there with this ending.
fn only_file(directory: &Path, ending: &str) -> anyhow::Result<PathBuf> {
    let files = std::fs::read_dir(directory)?.collect::<Result<Vec<_>, _>>()?;
    let mut files = files.into_iter().map(|file| file.path()).filter(|file| file.to_string_lossy().ends_with(ending));
    let file = files.next().with_context(|| format!("no {ending} was built"))?;
    anyhow::ensure!(files.next().is_none(), "more than one {ending} was built");
    Ok(file)
}
