//! The wheel and the sdist.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use super::{
    bill,
    linked::{ANY, Crate, Id, Linked},
    notices, only_file,
    platform::Platform,
};
use crate::{
    provision::{Venv, pythons},
    shell::Shell,
    workspace::{fresh_directory, path},
};

pub(crate) struct Python {
    pub(crate) wheel: PathBuf,
    pub(crate) sdist: PathBuf,
}

impl Python {
    /// Builds both; whether the native part is fresh is for cargo to say.
    pub(super) fn build(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
        // In this order, because the first removes what a build that was ended left in the folder.
        Self::build_wheel(shell, &Platform::host()?, directory)?;
        shell.run(maturin(&venv(shell)?, "sdist", FOLDER).arg("--out").arg(directory))?;
        let sources = Linked::to(shell, PACKAGE, ANY, "")?;
        bill::write(&sources, &only_file(directory, "twenty_webhook-", ".tar.gz")?)
    }

    pub(super) fn build_wheel(shell: &Shell, platform: &Platform, directory: &Path) -> anyhow::Result<()> {
        let linked = Linked::to(shell, PACKAGE, &platform.target, "")?;
        wheel(shell, FOLDER, directory, &linked, |build| platform.wheel(shell, build, "manylinux2014"))
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

/// Builds the wheel of the package in a folder, with what it says of others' code.
pub(super) fn wheel(
    shell: &Shell,
    folder: &str,
    directory: &Path,
    linked: &Linked,
    settings: impl Fn(&mut Command) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let out = fresh_directory(&format!("wheel/{folder}"))?;
    let mut build = maturin(&venv(shell)?, "build", folder);
    settings(build.arg("--out").arg(&out))?;
    // Only what is in the package's folder can be a file of its licences.
    let notices = notices::write(shell, linked, &path(folder))?;
    let outcome = shell.run(&mut build);
    fs::remove_file(notices)?;
    outcome?;
    let wheel = only_file(&out, "", ".whl")?;
    let published = directory.join(wheel.file_name().context("a wheel has no name")?);
    fs::copy(wheel, &published)?;
    bill::write(linked, &published)
}

/// The C library that a program for musl holds, as the linker brings it.
pub(super) fn musl(shell: &Shell, venv: &Venv) -> anyhow::Result<(Id, Crate)> {
    let print = "import os, ziglang; print(os.path.dirname(ziglang.__file__))";
    let zig = shell.read(&mut venv.python(&["-c", print]))?;
    let folder = Path::new(zig.trim()).join("lib/libc/musl");
    let one = Crate { licence: "MIT".to_owned(), authors: String::new(), folder, sha256: None };
    Ok((("musl".to_owned(), MUSL.to_owned()), one))
}

/// What builds: with the oldest Python there is.
pub(super) fn venv(shell: &Shell) -> anyhow::Result<Venv> {
    let builders = if cfg!(target_os = "linux") { [MATURIN, ZIG].join("\n") } else { MATURIN.to_owned() };
    Venv::with(shell, &pythons()?[0], "maturin", &builders)
}

fn maturin(venv: &Venv, command: &str, folder: &str) -> Command {
    let mut maturin = venv.python(&["-m", "maturin", command, "--manifest-path"]);
    maturin.arg(path(folder).join("Cargo.toml")).env("SOURCE_DATE_EPOCH", DATE);
    maturin
}

const FOLDER: &str = "bindings-python";
const PACKAGE: &str = "twenty-webhook-python";

/// The build backend, at the version the artefacts are built with.
const MATURIN: &str = "maturin==1.16.0";

/// Of every file in a wheel or an sdist: the one that cargo gives files in a crate.
const DATE: &str = "1153704088";

/// A linker that knows the symbols of every glibc, and what calls it.
const ZIG: &str = "cargo-zigbuild==0.24.0\nziglang==0.17.1";
/// The one in that.
const MUSL: &str = "1.2.5";
