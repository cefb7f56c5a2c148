//! The platforms that native code is built for, and how it is built for one.

use std::{
    collections::BTreeMap,
    env::{self, consts},
    ffi::OsString,
    fs,
    path::PathBuf,
    process::Command,
};

use anyhow::Context as _;
use serde_json::Value;

use super::{python, without_paths_of_this_machine};
use crate::{
    provision::{Venv, rust_target},
    shell::{Shell, cargo},
    workspace::path,
};

pub(crate) struct Platform {
    /// As npm's packages name it.
    pub(crate) name: String,
    /// As Rust names it.
    pub(crate) target: String,
}

impl Platform {
    /// Those that there are packages for.
    pub(crate) fn all() -> anyhow::Result<Vec<Self>> {
        let text = fs::read_to_string(path("bindings-node/platforms.json"))?;
        let listed: BTreeMap<String, Value> = serde_json::from_str(&text)?;
        let target = |fields: &Value| fields["target"].as_str().map(str::to_owned).context("a platform has no target");
        listed.into_iter().map(|(name, fields)| Ok(Self { name, target: target(&fields)? })).collect()
    }

    /// The one this program runs on.
    pub(crate) fn host() -> anyhow::Result<Self> {
        let (system, libc) = match consts::OS {
            "macos" => ("darwin", ""),
            "windows" => ("win32", "-msvc"),
            system if cfg!(target_env = "musl") => (system, "-musl"),
            system => (system, "-gnu"),
        };
        let cpu = if consts::ARCH == "aarch64" { "arm64" } else { "x64" };
        let name = format!("{system}-{cpu}{libc}");
        let is_host = |platform: &Self| platform.name == name;
        Self::all()?.into_iter().find(is_host).with_context(|| format!("nothing is published for {name}"))
    }

    pub(crate) fn is_linux(&self) -> bool {
        self.name.starts_with("linux-")
    }

    pub(super) fn is_musl(&self) -> bool {
        self.name.ends_with("-musl")
    }

    /// Cargo's build of an optimised library that another program loads.
    pub(super) fn library(&self, shell: &Shell, package: &str) -> anyhow::Result<Command> {
        let mut build = if self.is_linux() {
            let glibc = if self.is_musl() { String::new() } else { format!(".{OLDEST_GLIBC}") };
            let mut build = zig(shell, "zigbuild")?;
            build.args(["--target", &format!("{}{glibc}", self.target)]);
            build
        } else {
            cargo(&format!("build --target {}", self.target))
        };
        build.args(["--package", package]);
        // That program has the C library.
        self.optimised(shell, &mut build, if self.is_musl() { "\x1f-Ctarget-feature=-crt-static" } else { "" })?;
        // Not where maturin builds: it passes other flags, and each would compile all anew after the other.
        build.env("CARGO_TARGET_DIR", path(LIBRARIES));
        Ok(build)
    }

    /// Makes a build of maturin's one for it; what is for glibc gets this tag.
    pub(super) fn wheel(&self, shell: &Shell, build: &mut Command, tag: &str) -> anyhow::Result<()> {
        build.args(["--target", &self.target]);
        if self.is_linux() {
            build.args(["--zig", "--compatibility", if self.is_musl() { "musllinux_1_2" } else { tag }]);
        }
        self.optimised(shell, build, "")
    }

    fn optimised(&self, shell: &Shell, build: &mut Command, flags: &str) -> anyhow::Result<()> {
        rust_target(shell, &self.target)?;
        build.args(["--release", "--locked"]).env("CARGO_TARGET_DIR", path("target"));
        if self.is_linux() {
            build.env("PATH", with_zig(&python::venv(shell)?)?);
        }
        build.env("CARGO_ENCODED_RUSTFLAGS", without_paths_of_this_machine(shell)? + flags);
        Ok(())
    }

    /// A program's file.
    pub(super) fn program(&self, name: &str) -> String {
        format!("{name}{}", if self.name.starts_with("win32-") { ".exe" } else { "" })
    }

    /// Where the build of a library leaves it.
    pub(super) fn libraries(&self) -> PathBuf {
        path(LIBRARIES).join(&self.target).join("release")
    }

    /// Where maturin leaves a program.
    pub(super) fn programs(&self) -> PathBuf {
        path("target").join(&self.target).join("release")
    }
}

/// A command of cargo's, with zig as its linker and its compiler of C.
pub(crate) fn zig(shell: &Shell, task: &str) -> anyhow::Result<Command> {
    let venv = python::venv(shell)?;
    let mut zig = Command::new(venv.program("cargo-zigbuild"));
    zig.arg(task).env("PATH", with_zig(&venv)?);
    Ok(zig)
}

fn with_zig(venv: &Venv) -> anyhow::Result<OsString> {
    let folders = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths([venv.program("")].into_iter().chain(env::split_paths(&folders)))?)
}

const LIBRARIES: &str = "target/libraries";

/// Of the oldest systems that Node's releases run on.
pub(super) const OLDEST_GLIBC: &str = "2.28";
