//! The receivers: every example with its real framework, from the packages as they are published, and real stores.

mod javascript;
pub(crate) mod python;
mod rust;

use std::thread;

use anyhow::anyhow;

use crate::{dist, provision::Need, shell::Shell};

pub(crate) use javascript::slow;

pub(crate) const NEEDS: &[Need] = &[
    Need::Node,
    Need::Python,
    Need::Target("wasm32-unknown-unknown"),
    Need::Component("rust-src"),
    Need::Program("redis-server"),
];

/// Side by side, because each waits for time to pass more than it works.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    dist::artefacts(shell)?;
    javascript::tools(shell)?;
    thread::scope(|scope| {
        let beside = [javascript::run, rust::run].map(|run| scope.spawn(move || run(shell)));
        let mut results = vec![python::run(shell)];
        results.extend(beside.map(|run| run.join().unwrap_or_else(|_| Err(anyhow!("a receiver's tests panicked")))));
        results.into_iter().collect()
    })
}
