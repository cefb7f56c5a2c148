//! Whether what is published is the same bytes, whoever builds it: this checkout's, and those of a clone elsewhere.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context as _, anyhow, ensure};

use crate::{
    dist,
    shell::{Shell, command},
    workspace::{fresh_directory, path, root, scratch, written_files},
};

/// Leaves both in `target/dist` and `target/reproduced`.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<()> {
    let changed = shell.read(&mut command("git", ["status", "--porcelain"]))?;
    ensure!(changed.is_empty(), "only what is committed can be built elsewhere; this is not:\n{changed}");
    let log = path("target/reproduced.log");
    let aside = Shell::logging_to(&log)?;
    // Beside each other, because the linker uses one processor for most of the time.
    let (here, elsewhere) = thread::scope(|scope| {
        let elsewhere = scope.spawn(|| build_elsewhere(&aside));
        (dist::run(shell), elsewhere.join())
    });
    here?;
    let elsewhere = elsewhere.map_err(|_| anyhow!("the build elsewhere panicked"))?;
    let built = elsewhere.with_context(|| format!("what it printed is in {}", log.display()))?;
    let reproduced = fresh_directory("reproduced")?;
    for file in written_files(&built)? {
        fs::copy(&file, reproduced.join(file.file_name().context("a file has no name")?))?;
    }
    compare(shell, &path("target/dist"), &reproduced)
}

/// By somebody with other folders, another umask, another date, and no caches but that of downloaded crates.
fn build_elsewhere(shell: &Shell) -> anyhow::Result<PathBuf> {
    let other = scratch().join("a-folder-with-quite-another-length");
    let (checkout, home) = (other.join("checkout"), other.join("cargo"));
    fs::create_dir_all(&home)?;
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    for entry in fs::read_dir(cargo_home.context("there is no home")?)? {
        let entry = entry?;
        link(entry.path(), home.join(entry.file_name()))?;
    }
    shell.run(private(["git", "clone", "--quiet", "--no-hardlinks"]).arg(root()).arg(&checkout))?;
    let mut build = private(["cargo", "xtask", "dist"]);
    build.current_dir(&checkout).env_remove("CARGO_MANIFEST_DIR");
    build.env("CARGO_HOME", home).env("XDG_CACHE_HOME", other.join("cache")).env("SOURCE_DATE_EPOCH", "1000000000");
    shell.run(&mut build)?;
    Ok(checkout.join("target/dist"))
}

#[cfg(unix)]
use std::os::unix::fs::symlink as link;
#[cfg(not(unix))]
fn link(_: PathBuf, _: PathBuf) -> anyhow::Result<()> {
    anyhow::bail!("another machine's umask is known to Unix only")
}

/// A command whose files nobody else may read.
fn private<'a>(words: impl IntoIterator<Item = &'a str>) -> Command {
    let mut private = command("sh", ["-c", "umask 077; exec \"$@\"", "sh"]);
    private.args(words);
    private
}

fn compare(shell: &Shell, here: &Path, elsewhere: &Path) -> anyhow::Result<()> {
    let names = |folder: &Path| -> anyhow::Result<Vec<_>> {
        Ok(written_files(folder)?.iter().filter_map(|file| Some(file.file_name()?.to_owned())).collect())
    };
    let files = names(here)?;
    ensure!(files == names(elsewhere)?, "other files: {files:?} here, {:?} elsewhere", names(elsewhere)?);
    let mut different = Vec::new();
    for name in files {
        let (one, other) = (fs::read(here.join(&name))?, fs::read(elsewhere.join(&name))?);
        let name = name.to_string_lossy().into_owned();
        shell.say(&format!(
            "{:9} bytes, {} {name}",
            one.len(),
            if one == other { "the same:" } else { "DIFFERENT:" }
        ))?;
        if one != other {
            different.push(name);
        }
    }
    ensure!(different.is_empty(), "not the same bytes elsewhere: {}", different.join(", "));
    Ok(())
}
