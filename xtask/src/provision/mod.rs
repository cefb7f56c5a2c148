//! What has to be on the machine, and how it gets there.

mod npm;
mod programs;
mod rustup;
mod venv;

use std::sync::{Mutex, PoisonError};

use crate::shell::Shell;

pub(crate) use npm::{NPM, npm, npm_program};
pub(crate) use programs::{path_with_tools, python};
pub(crate) use rustup::{NIGHTLY, toolchain};
pub(crate) use venv::{Python, Venv, pythons};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Need {
    /// A target of the Rust in use.
    Target(&'static str),
    /// A component of the Rust in use.
    Component(&'static str),
    /// A Rust toolchain.
    Toolchain(&'static str),
    /// A component of the nightly toolchain.
    NightlyComponent(&'static str),
    /// Node 20 or newer.
    Node,
    /// Python 3.9 or newer.
    Python,
    /// The program of a package of Debian.
    Program(&'static str),
    /// A compiler for C and C++.
    CCompiler,
    /// The fuzzer's cargo command.
    CargoFuzz,
}

/// Installers do not expect to be run beside themselves.
static INSTALLING: Mutex<()> = Mutex::new(());

/// Installs what is missing. Fails with one line that says what could not be had, and how to get it.
pub(crate) fn ensure(shell: &Shell, needs: &[Need]) -> anyhow::Result<()> {
    needs.iter().try_for_each(|need| install(shell, need))
}

fn install(shell: &Shell, need: &Need) -> anyhow::Result<()> {
    // That one is compiled, which takes a minute, and cargo waits for itself.
    let waits = !matches!(need, Need::CargoFuzz);
    let _installing = waits.then(|| INSTALLING.lock().unwrap_or_else(PoisonError::into_inner));
    match need {
        Need::Target(target) => rustup::target(shell, target),
        Need::Component(component) => rustup::component(shell, component),
        Need::Toolchain(name) => toolchain(shell, name),
        Need::NightlyComponent(component) => rustup::nightly_component(shell, component),
        Need::Node => programs::node(shell),
        Need::Python => python(shell).map(drop),
        Need::Program(package) => programs::program(shell, package),
        Need::CCompiler => programs::c_compiler(shell),
        Need::CargoFuzz => programs::cargo_fuzz(shell),
    }
}
