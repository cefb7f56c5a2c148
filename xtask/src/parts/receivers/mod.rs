//! The receivers: every example with its real framework, from the packages as they are published, and real stores.

mod javascript;
pub(crate) mod python;
mod rust;

use std::thread;

use anyhow::anyhow;

use crate::{
    dist,
    parts::js::test_files,
    provision::Need,
    shell::{Shell, command},
    workspace::path,
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::PYTHON, Need::Program("redis-server")];

/// Side by side, because each waits for time to pass more than it works.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    dist::javascript(shell)?;
    javascript::tools(shell)?;
    thread::scope(|scope| {
        let beside = [javascript::run, rust::run].map(|run| scope.spawn(move || run(shell)));
        let mut results = vec![python::run(shell)];
        results.extend(beside.map(|run| run.join().unwrap_or_else(|_| Err(anyhow!("a receiver's tests panicked")))));
        results.into_iter().collect()
    })
}

/// What takes long: the memory of a receiver in each language over a hundred thousand deliveries.
pub(crate) fn slow(shell: &Shell) -> anyhow::Result<()> {
    javascript::tools(shell)?;
    javascript::install(shell)?;
    rust::build(shell)?;
    let python = python::environment(shell)?.program("python");
    let mut node = command("node", ["--test"]);
    node.env("RECEIVERS", path(javascript::FOLDER)).env("RUST_EXAMPLES", path(rust::EXAMPLES)).env("PYTHON", python);
    shell.run(node.args(test_files("tests/js/receivers/slow")?))
}
