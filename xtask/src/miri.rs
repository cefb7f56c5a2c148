//! Miri: the core's unit tests in an interpreter that knows undefined behaviour.

use crate::{
    provision::{NIGHTLY, Need},
    shell::{Shell, cargo},
};

pub(crate) const NEEDS: &[Need] = &[Need::Nightly(&["rustc", "miri", "rust-src"])];

/// Big-endian with 64 and 32 bits, little-endian with 32; the host is mostly the fourth.
const OTHER_TARGETS: [&str; 3] = ["s390x-unknown-linux-gnu", "mips-unknown-linux-gnu", "i686-unknown-linux-gnu"];

pub(crate) fn run(shell: &Shell, all_targets: bool) -> anyhow::Result<()> {
    let test = format!("+{NIGHTLY} miri test -p twenty-webhook --lib --features serde,http");
    shell.run(&mut cargo(&test))?;
    for target in OTHER_TARGETS.iter().filter(|_| all_targets) {
        shell.run(&mut cargo(&format!("{test} --target {target}")))?;
    }
    Ok(())
}
