//! What is published: what it says of others' code in it, and which glibc it needs.

use std::path::Path;

use crate::{
    dist,
    provision::{Venv, pythons},
    shell::Shell,
    workspace::path,
};

/// The command line is looked at where it is built: to optimise it takes minutes.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    dist::javascript(shell)?;
    dist::python(shell)?;
    check(shell, &path("target/dist"))
}

/// Looks at every file there.
pub(crate) fn check(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
    let venv = Venv::with(shell, &pythons()?[0], "artefacts", JUDGES)?;
    let mut pytest = super::python::pytest(&venv);
    shell.run(pytest.env("ARTEFACTS", directory).arg(path("tests/artefacts")))
}

const JUDGES: &str = "cyclonedx-python-lib[json-validation]==11.12.0\npyelftools==0.33\npytest==9.2.0";
