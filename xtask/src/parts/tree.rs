//! The shape of the tree: how long files are, and what the core stands on.

use std::fs;

use anyhow::ensure;

use crate::{
    provision::Need,
    shell::{Shell, cargo},
    workspace::{root, written_files},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    check_lengths()?;
    // The first has no standard library, so what needs one cannot be built.
    [
        "thumbv7em-none-eabi --no-default-features",
        "thumbv7em-none-eabi --no-default-features --features alloc",
        "wasm32-unknown-unknown",
        "wasm32-unknown-unknown --no-default-features --features alloc",
    ]
    .iter()
    .try_for_each(|target| {
        // Whether it compiles is all that is asked.
        shell.run(cargo(&format!("check -p twenty-webhook --target {target}")).env("RUSTFLAGS", "-D warnings"))
    })
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
