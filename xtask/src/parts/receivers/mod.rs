//! The receivers: every example with its real framework, from the packages as they are published, and real stores.

mod javascript;
pub(super) mod python;

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

/// Side by side, because both wait for time to pass more than they work.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    dist::artefacts(shell)?;
    thread::scope(|scope| {
        let javascript = scope.spawn(|| javascript::run(shell));
        let python = python::run(shell);
        javascript.join().unwrap_or_else(|_| Err(anyhow!("the JavaScript receivers' tests panicked")))?;
        python
    })
}
