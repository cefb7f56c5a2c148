//! Documentation: it builds, its links lead somewhere, and what it tells people to type works.

mod links;
mod programs;
mod rows;
mod secrets;

pub(super) use programs::{PYTHON_PAGES, blocks};

use crate::{
    dist,
    provision::Need,
    shell::{Shell, cargo},
};

pub(crate) const NEEDS: &[Need] = dist::NEEDS;

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    links::check()?;
    rows::check()?;
    secrets::check()?;
    shell.run(cargo("doc --workspace --no-deps --all-features").env("RUSTDOCFLAGS", "-D warnings"))?;
    programs::run(shell)
}
