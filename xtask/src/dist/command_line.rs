//! The command line as npm and pip install it: the wheel, the npm package, and the package of this platform's program.

use std::{
    env::consts::EXE_SUFFIX,
    path::{Path, PathBuf},
};

use super::{
    javascript::{REPOSITORY, SYSTEM, VERSION, pack},
    only_file,
    python::{maturin, venv},
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
    /// The program is built once: npm gets the one that is in the wheel.
    pub(super) fn build(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
        shell.run(maturin(shell, &venv(shell)?, "build", "cli", directory)?.arg("--release"))?;
        Self::pack(shell, "release", directory)
    }

    /// The same of the program that the tests build anyway: to optimise it takes minutes, and packs no other way.
    pub(crate) fn build_for_tests(shell: &Shell, directory: &Path) -> anyhow::Result<Self> {
        let mut build = maturin(shell, &venv(shell)?, "build", "cli", directory)?;
        shell.run(build.args(["--profile", "dev"]).env_remove("CARGO_ENCODED_RUSTFLAGS"))?;
        Self::pack(shell, "debug", directory)?;
        Self::find(directory)
    }

    fn pack(shell: &Shell, profile: &str, directory: &Path) -> anyhow::Result<()> {
        let program = path("target").join(profile).join(format!("twenty-webhook{EXE_SUFFIX}"));
        let (stage, platform) = (fresh_directory("npm/twenty-webhook-cli")?, fresh_directory("npm/program")?);
        let mut stages = command("node", ["bindings-js/pack.mjs", VERSION, REPOSITORY, "--command-line"]);
        shell.run(stages.args([&program, &stage, &platform]))?;
        pack(shell, &platform, directory)?;
        pack(shell, &stage, directory)
    }

    pub(super) fn find(directory: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            wheel: only_file(directory, "twenty_webhook_cli-", ".whl")?,
            package: only_file(directory, &format!("twenty-webhook-cli-{VERSION}"), ".tgz")?,
            program: only_file(directory, &format!("twenty-webhook-cli-{SYSTEM}-"), ".tgz")?,
        })
    }

    /// Whether it is the name of one of its files.
    pub(super) fn has(name: &str) -> bool {
        ["twenty-webhook-cli-", "twenty_webhook_cli-"].iter().any(|start| name.starts_with(start))
    }
}
