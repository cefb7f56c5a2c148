//! The receiver in Rust: its example, served by axum, and several of them that share a Redis.

use crate::{
    parts::js::test_files,
    shell::{Shell, cargo, command},
    workspace::path,
};

pub(super) fn run(shell: &Shell) -> anyhow::Result<()> {
    build(shell)?;
    let mut node = command("node", ["--test", "--test-concurrency=1"]);
    shell.run(node.env("RUST_EXAMPLES", path(EXAMPLES)).args(test_files("tests/js/receivers/rust")?))
}

pub(super) fn build(shell: &Shell) -> anyhow::Result<()> {
    shell.run(cargo("build -p example-axum").env("CARGO_TARGET_DIR", path("target")))
}

pub(super) const EXAMPLES: &str = "target/debug";
