//! Packages of npm, in the versions their lock files name.

use std::{
    fs,
    process::Command,
    sync::{Mutex, PoisonError},
};

use anyhow::Context as _;

use crate::{
    shell::{Shell, command},
    workspace::path,
};

/// Installs what the lock file of a folder names: once, and anew when it changes.
pub(crate) fn npm(shell: &Shell, folder: &str) -> anyhow::Result<()> {
    let _installing = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = path(folder);
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    // Not `npm ci`, which insists on optional packages for other platforms, and a mirror may lack some.
    let mut install = command(NPM, ["install", "--no-save", "--no-audit", "--no-fund"]);
    shell.run(install.current_dir(&folder)).context("could not get the packages from npm")?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// Parts that run side by side share folders.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A program that came with them.
pub(crate) fn npm_program(folder: &str, name: &str) -> Command {
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    Command::new(path(folder).join("node_modules/.bin").join(format!("{name}{suffix}")))
}

pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
