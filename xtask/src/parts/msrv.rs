//! The oldest Rust that the crates for users promise to compile with.

use anyhow::Context as _;
use serde_json::Value;

use crate::{
    provision,
    shell::{Shell, cargo},
};

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let metadata: Value = serde_json::from_str(&shell.read(&mut cargo("metadata --no-deps --format-version 1"))?)?;
    let version = rust_version(&metadata).context("twenty-webhook names no rust-version")?;
    let toolchain = toolchain(version);
    provision::toolchain(shell, &toolchain)?;
    shell.run(&mut cargo(&format!("+{toolchain} check -p twenty-webhook -p twenty-webhook-axum --all-features")))
}

fn rust_version(metadata: &Value) -> Option<&str> {
    let packages = metadata.get("packages")?.as_array()?;
    packages
        .iter()
        .find(|package| package.get("name").is_some_and(|name| name == "twenty-webhook"))?
        .get("rust_version")?
        .as_str()
}

/// rustup takes `1.85` to be the newest 1.85.x; the promise is the first.
fn toolchain(version: &str) -> String {
    if version.matches('.').count() == 1 { format!("{version}.0") } else { version.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{rust_version, toolchain};

    #[test]
    fn is_the_first_of_its_series() {
        assert_eq!(toolchain("1.85"), "1.85.0");
        assert_eq!(toolchain("1.85.1"), "1.85.1");
    }

    #[test]
    fn is_the_cores() {
        let metadata = serde_json::json!({"packages": [
            {"name": "xtask", "rust_version": "1.95"},
            {"name": "twenty-webhook", "rust_version": "1.85"},
        ]});
        assert_eq!(rust_version(&metadata), Some("1.85"));
    }
}
