//! The shape of the tree: how long files are, and what the core stands on.

use std::fs;

use anyhow::ensure;

use crate::{
    provision::Need,
    shell::{Shell, cargo},
    workspace::{root, written_files},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust];

/// It has no standard library, so what needs one cannot be built.
const BARE_TARGET: &str = "thumbv7em-none-eabi";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    check_lengths()?;
    for (target, features) in [
        (BARE_TARGET, "--no-default-features"),
        (BARE_TARGET, "--no-default-features --features alloc"),
        (WASM_TARGET, ""),
        (WASM_TARGET, "--no-default-features --features alloc"),
    ] {
        let arguments = format!("build -p twenty-webhook --target {target} {features}");
        shell.run(cargo(&arguments).env("RUSTFLAGS", "-D warnings"))?;
    }
    Ok(())
}

fn check_lengths() -> anyhow::Result<()> {
    let mut too_long = Vec::new();
    for file in written_files(&root())? {
        if file.extension().is_some_and(|extension| ["rs", "mjs", "py", "pyi"].iter().any(|kind| extension == *kind)) {
            let lines = fs::read_to_string(&file)?.lines().count();
            if lines > MOST_LINES {
                too_long.push(format!("{} ({lines})", file.strip_prefix(root()).unwrap_or(&file).display()));
            }
        }
    }
    ensure!(too_long.is_empty(), "longer than {MOST_LINES} lines: {}", too_long.join(", "));
    Ok(())
}

const MOST_LINES: usize = 250;
