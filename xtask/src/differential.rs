//! Canonical text beside V8's, over as many generated documents and numbers as there is time for.

use clap::Args;

use crate::{
    provision::Need,
    shell::{Shell, cargo},
    workspace::path,
};

pub(crate) const NEEDS: &[Need] = &[Need::NODE];

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// How many bytes of documents, those of interrupted runs included
    #[arg(long, default_value_t = 1_000_000_000)]
    bytes: u64,
    /// How many numbers, likewise
    #[arg(long, default_value_t = 100_000_000)]
    numbers: u64,
    /// What they are generated from; each seed has a file of its own in target/differential
    #[arg(long, default_value_t = 32_311)]
    seed: u64,
}

pub(crate) fn run(shell: &Shell, Arguments { bytes, numbers, seed }: &Arguments) -> anyhow::Result<()> {
    let states = path("target/differential");
    std::fs::create_dir_all(&states)?;
    let mut program = cargo("run --release -p conformance --example differential --");
    program.arg(states.join(format!("{seed}.json"))).args([seed, bytes, numbers].map(u64::to_string));
    shell.run(&mut program)
}
