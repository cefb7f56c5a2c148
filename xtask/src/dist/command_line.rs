//! The command line as npm and pip install it: the wheel, the npm package, and the packages of platforms' programs.

use std::{
    env::consts::EXE_SUFFIX,
    path::{Path, PathBuf},
};

use super::{
    javascript::{REPOSITORY, VERSION, pack, pack_for},
    linked::Linked,
    only_file,
    platform::{OLDEST_GLIBC, Platform},
    python::{musl, venv, wheel},
};
use crate::{
    shell::{Shell, command},
    workspace::{fresh_directory, path},
};

pub(crate) struct CommandLine {
    pub(crate) wheel: PathBuf,
    pub(crate) package: PathBuf,
    pub(crate) program: PathBuf,
}

impl CommandLine {
    pub(super) fn build(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
        Self::build_program(shell, &Platform::host()?, directory)?;
        pack_package(shell, directory)
    }

    /// The program is built once: npm gets the one that is in the wheel.
    pub(super) fn build_program(shell: &Shell, platform: &Platform, directory: &Path) -> anyhow::Result<()> {
        let linked = linked(shell, platform)?;
        let glibc = format!("manylinux_{}", OLDEST_GLIBC.replace('.', "_"));
        wheel(shell, FOLDER, directory, &linked, |build| platform.wheel(shell, build, &glibc))?;
        let program = platform.programs().join(platform.program(PROGRAM));
        pack_for(shell, "--program", platform, &program, directory, &linked)
    }

    /// The same of the program that the tests build anyway: to optimise it takes minutes, and packs no other way.
    pub(crate) fn build_for_tests(shell: &Shell, directory: &Path) -> anyhow::Result<Self> {
        let platform = Platform::host()?;
        let linked = linked(shell, &platform)?;
        wheel(shell, FOLDER, directory, &linked, |build| {
            build.args(["--profile", "dev"]).env("CARGO_TARGET_DIR", path("target"));
            Ok(())
        })?;
        let program = path("target/debug").join(format!("{PROGRAM}{EXE_SUFFIX}"));
        pack_for(shell, "--program", &platform, &program, directory, &linked)?;
        pack_package(shell, directory)?;
        Self::find(directory)
    }

    pub(super) fn find(directory: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            wheel: only_file(directory, "twenty_webhook_cli-", ".whl")?,
            package: only_file(directory, &format!("twenty-webhook-cli-{VERSION}"), ".tgz")?,
            program: only_file(directory, &format!("twenty-webhook-cli-{}-", Platform::host()?.name), ".tgz")?,
        })
    }

    /// Whether it is the name of one of its files.
    pub(super) fn has(name: &str) -> bool {
        ["twenty-webhook-cli-", "twenty_webhook_cli-"].iter().any(|start| name.starts_with(start))
    }
}

fn linked(shell: &Shell, platform: &Platform) -> anyhow::Result<Linked> {
    let mut linked = Linked::to(shell, "twenty-webhook-cli", &platform.target, "")?;
    if platform.is_musl() {
        let (id, one) = musl(shell, &venv(shell)?)?;
        linked.edges.entry(None).or_default().insert(id.clone());
        linked.crates.insert(id, one);
    }
    Ok(linked)
}

/// It holds no compiled code.
fn pack_package(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
    let stage = fresh_directory("npm/twenty-webhook-cli")?;
    shell.run(command("node", ["bindings-js/pack.mjs", VERSION, REPOSITORY, "--command-line"]).arg(&stage))?;
    pack(shell, &stage, directory, &Linked::default())
}

const FOLDER: &str = "cli";
const PROGRAM: &str = "twenty-webhook";
