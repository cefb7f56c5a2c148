//! Miri, an interpreter that knows undefined behaviour.

use crate::{
    provision::{NIGHTLY, Need},
    shell::{Shell, cargo},
};

pub(crate) const NEEDS: &[Need] = &[Need::Nightly(&["rustc", "miri", "rust-src"])];

/// The core's unit tests: big-endian and little-endian, with 64 and 32 bits.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    ["x86_64-unknown-linux-gnu", "s390x-unknown-linux-gnu", "mips-unknown-linux-gnu", "i686-unknown-linux-gnu"]
        .iter()
        .try_for_each(|target| shell.run(&mut cargo(&format!("+{NIGHTLY} miri test {TESTS} --target {target}"))))
}

const TESTS: &str = "-p twenty-webhook --lib --features serde,http";
