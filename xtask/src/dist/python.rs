//! The wheel and the sdist.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{only_file, without_paths_of_this_machine};
use crate::{
    provision::{Venv, pythons},
    shell::Shell,
    workspace::path,
};

pub(crate) struct Python {
    pub(crate) wheel: PathBuf,
    pub(crate) sdist: PathBuf,
}

impl Python {
    /// Builds both with the oldest Python there is; whether the native part is fresh is for cargo to say.
    pub(super) fn build(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
        let venv = venv(shell)?;
        let run = |command, arguments: &[&str]| {
            shell.run(maturin(shell, &venv, command, PACKAGE, directory)?.args(arguments))
        };
        run("sdist", &[])?;
        run("build", &["--release", "--interpreter", &venv.program("python").to_string_lossy()])
    }

    pub(super) fn find(directory: &Path) -> anyhow::Result<Self> {
        let file = |ending| only_file(directory, "twenty_webhook-", ending);
        Ok(Self { wheel: file(".whl")?, sdist: file(".tar.gz")? })
    }

    /// Builds the sdist into a wheel, as who has no wheel for their machine does: nothing of the checkout is in reach.
    pub(crate) fn wheel_of_sdist(&self, shell: &Shell, directory: &Path) -> anyhow::Result<PathBuf> {
        let venv = Venv::with(shell, &pythons()?[0], "empty", "")?;
        let mut pip = venv.python(&["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]);
        // Not in the checkout, where cargo would find its settings; what it compiled of others' crates is kept.
        pip.arg(directory).arg(&self.sdist).current_dir(std::env::temp_dir());
        shell.run(pip.env("CARGO_TARGET_DIR", path("target/sdist-build")))?;
        only_file(directory, "twenty_webhook-", ".whl")
    }
}

pub(super) fn venv(shell: &Shell) -> anyhow::Result<Venv> {
    Venv::with(shell, &pythons()?[0], "maturin", MATURIN)
}

/// Makes a file of the package in this folder of the checkout.
pub(super) fn maturin(shell: &Shell, venv: &Venv, command: &str, package: &str, out: &Path) -> anyhow::Result<Command> {
    let mut maturin = venv.python(&["-m", "maturin", command, "--manifest-path"]);
    maturin.arg(path(package).join("Cargo.toml")).arg("--out").arg(out);
    maturin.env("CARGO_ENCODED_RUSTFLAGS", without_paths_of_this_machine(shell)?);
    maturin.env("CARGO_TARGET_DIR", path("target"));
    Ok(maturin)
}

const PACKAGE: &str = "bindings-python";

/// The build backend, at the version the artefacts are built with.
const MATURIN: &str = "maturin==1.16.0";
