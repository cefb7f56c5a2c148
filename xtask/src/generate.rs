//! What is generated: by schema/ the typed records and the fields of an event in every language, by xtask/documents the tables
//! and the addresses in documents.
//!
//! The generators are programs of their own. That of schema/ runs when what it generated does not compile; the other asks the
//! core, which this program should not have to wait for.

use crate::shell::{Shell, cargo};

pub(crate) fn write(shell: &Shell) -> anyhow::Result<()> {
    GENERATORS.iter().try_for_each(|package| shell.run(&mut cargo(&format!("run --quiet --package {package}"))))
}

/// Fails on a file that is not as it would be written.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<()> {
    GENERATORS.iter().try_for_each(|package| {
        shell.run(&mut cargo(&format!("test --package {package}")))?;
        shell.run(&mut cargo(&format!("run --quiet --package {package} -- --check")))
    })
}

const GENERATORS: [&str; 2] = ["twenty-webhook-schema", "xtask-documents"];
