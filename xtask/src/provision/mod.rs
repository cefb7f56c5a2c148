//! What has to be on the machine, and how it gets there.

mod crates;
mod npm;
mod programs;
mod rustup;
mod venv;

use std::sync::{Mutex, PoisonError};

use crate::shell::Shell;

pub(crate) use crates::crate_program;
pub(crate) use npm::{NPM, npm, npm_program};
pub(crate) use programs::program;
pub(crate) use rustup::{NIGHTLY, rust_target, toolchain};
pub(crate) use venv::{Python, Venv, pythons};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Need {
    /// The components and targets of the Rust in use.
    Rust,
    /// The nightly Rust, with these components.
    Nightly(&'static [&'static str]),
    /// The program of a package of Debian.
    Program(&'static str),
}

impl Need {
    pub(crate) const NODE: Self = Self::Program("nodejs");
    pub(crate) const PYTHON: Self = Self::Program("python3");
    pub(crate) const POSTGRESQL: Self = Self::Program("postgresql");
    pub(crate) const C_COMPILER: Self = Self::Program("g++");
}

/// Installs what is missing. Fails with one line that says what could not be had, and how to get it.
pub(crate) fn ensure(shell: &Shell, needs: &[Need]) -> anyhow::Result<()> {
    // Installers do not expect to be run beside themselves.
    static INSTALLING: Mutex<()> = Mutex::new(());
    needs.iter().try_for_each(|need| {
        let _installing = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        match need {
            Need::Rust => rustup::pinned(shell),
            Need::Nightly(components) => toolchain(shell, NIGHTLY, components),
            // The linker that Rust needs there comes with a compiler.
            Need::Program("g++") if cfg!(windows) => Ok(()),
            Need::Program(package) => program(shell, package).map(drop),
        }
    })
}
