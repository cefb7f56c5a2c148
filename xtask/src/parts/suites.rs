//! Test suites that are one or a few calls of cargo.

use crate::{
    provision::Need,
    shell::{Shell, cargo},
};

/// The differential runs talk to Node.
pub(crate) const NEEDS: &[Need] = &[Need::NODE];

pub(crate) fn test(shell: &Shell, selection: &str) -> anyhow::Result<()> {
    shell.run(&mut cargo(&format!("test {selection}")))
}

pub(crate) fn core(shell: &Shell) -> anyhow::Result<()> {
    let features = ["--no-default-features", "--no-default-features --features alloc", "", "--all-features"];
    features.iter().try_for_each(|features| test(shell, &format!("-p twenty-webhook {features}")))
}

pub(crate) fn axum(shell: &Shell) -> anyhow::Result<()> {
    let features = ["--no-default-features", "", "--all-features"];
    features.iter().try_for_each(|features| test(shell, &format!("-p twenty-webhook-axum {features}")))
}

/// In the profile of development: its overflow checks and debug assertions are tests of their own.
pub(crate) fn conformance(shell: &Shell) -> anyhow::Result<()> {
    test(shell, "-p conformance")
}

/// Features unify across a build, so somebody else's `preserve_order` and `arbitrary_precision` become ours.
pub(crate) fn unified(shell: &Shell) -> anyhow::Result<()> {
    test(shell, "-p conformance --features hostile-serde-json")
}
