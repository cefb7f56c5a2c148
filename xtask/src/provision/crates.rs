//! Programs that cargo installs from crates.io, below target/.

use std::{fs, path::PathBuf};

use anyhow::Context as _;

use crate::{
    shell::{Shell, cargo},
    workspace::path,
};

/// The program of this crate in this version, which is installed once.
pub(crate) fn crate_program(shell: &Shell, name: &str, version: &str) -> anyhow::Result<PathBuf> {
    let installed = fs::read_to_string(path(FOLDER).join(".crates.toml")).unwrap_or_default();
    if !installed.contains(&format!("\"{name} {version} ")) {
        shell
            .run(&mut cargo(&format!("install {name}@{version} --locked --root {FOLDER}")))
            .with_context(|| format!("could not get {name} from crates.io"))?;
    }
    Ok(path(FOLDER).join("bin").join(name))
}

const FOLDER: &str = "target/tools";
