//! What schema/ generates in every language: the typed records and the fields of an event.
//!
//! The generator is a program of its own: it runs when what it generated does not compile, and this program does not then.

use crate::shell::{Shell, cargo};

pub(crate) fn write(shell: &Shell) -> anyhow::Result<()> {
    shell.run(&mut cargo("run --quiet --package twenty-webhook-schema"))
}

/// Fails on a file that is not as it would be written.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<()> {
    shell.run(&mut cargo("test --package twenty-webhook-schema"))?;
    shell.run(&mut cargo("run --quiet --package twenty-webhook-schema -- --check"))
}
