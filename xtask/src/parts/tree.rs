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
        let is_source = file.extension().is_some_and(|kind| ["rs", "mjs", "py", "pyi"].iter().any(|own| kind == *own));
        if is_source && fs::read_to_string(&file)?.lines().count() > MOST_LINES {
            too_long.push(file.display().to_string());
        }
    }
    ensure!(too_long.is_empty(), "longer than {MOST_LINES} lines: {}", too_long.join(", "));
    Ok(())
}

const MOST_LINES: usize = 250;
