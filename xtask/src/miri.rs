//! Miri: the core's unit tests in an interpreter that knows undefined behaviour.

use crate::{
    provision::{NIGHTLY, Need},
    shell::{Shell, cargo},
};

pub(crate) const NEEDS: &[Need] = &[Need::Nightly(&["rustc", "miri", "rust-src"])];

/// The part of the tests: on this machine.
pub(crate) fn briefly(shell: &Shell) -> anyhow::Result<()> {
    shell.run(&mut cargo(&format!("+{NIGHTLY} miri test {TESTS}")))
}

/// Big-endian with 64 and 32 bits, little-endian with 32; the host is mostly the fourth.
pub(crate) fn on_other_machines(shell: &Shell) -> anyhow::Result<()> {
    ["s390x-unknown-linux-gnu", "mips-unknown-linux-gnu", "i686-unknown-linux-gnu"]
        .iter()
        .try_for_each(|target| shell.run(&mut cargo(&format!("+{NIGHTLY} miri test {TESTS} --target {target}"))))
}

const TESTS: &str = "-p twenty-webhook --lib --features serde,http";
