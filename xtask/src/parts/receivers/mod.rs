//! The receivers: every example with its real framework, from the packages as they are published, and real stores.

mod javascript;
pub(super) mod python;

use crate::{provision::Need, shell::Shell};

pub(crate) use javascript::slow;

pub(crate) const NEEDS: &[Need] = &[
    Need::Node,
    Need::Python,
    Need::Target("wasm32-unknown-unknown"),
    Need::Component("rust-src"),
    Need::Program("redis-server"),
];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    javascript::run(shell)?;
    python::run(shell)
}
