//! The crates, as cargo would publish them.

use std::{fs, path::Path};

use super::{
    bill,
    javascript::VERSION,
    linked::{ANY, Linked},
};
use crate::{
    shell::{Shell, cargo},
    workspace::path,
};

pub(super) fn build(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
    // The tests compile them; what is not committed is packed, too, and named in the crate.
    let mut package = cargo("package --locked --no-verify --allow-dirty");
    package.args(CRATES.iter().flat_map(|name| ["--package", name]));
    shell.run(package.env("CARGO_TARGET_DIR", path("target")))?;
    for name in CRATES {
        let file = format!("{name}-{VERSION}.crate");
        let published = directory.join(&file);
        fs::copy(path("target/package").join(&file), &published)?;
        bill::write(&Linked::to(shell, name, ANY, "")?, &published)?;
    }
    Ok(())
}

/// Each after what it needs.
const CRATES: [&str; 4] = ["twenty-webhook", "twenty-webhook-schema", "twenty-webhook-axum", "twenty-webhook-cli"];

#[cfg(test)]
mod tests {
    use super::CRATES;

    #[test]
    fn what_is_packed_is_what_a_release_publishes() {
        let script = include_str!("../../../.github/release/crates.sh");
        assert!(script.contains(&format!("for crate in {}; do", CRATES.join(" "))));
    }
}
