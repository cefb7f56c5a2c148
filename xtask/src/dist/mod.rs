//! What is published, as the files that are published: everything else tests these.

mod bill;
mod command_line;
mod crates;
mod javascript;
mod linked;
mod notices;
mod platform;
mod python;
mod wasm;

use std::{
    env, fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use anyhow::Context as _;

use crate::{
    provision::Need,
    shell::{Shell, command},
    workspace::{fresh_directory, path, written_files},
};

pub(crate) use command_line::CommandLine;
pub(crate) use javascript::{JavaScript, VERSION};
pub(crate) use platform::{Platform, zig};
pub(crate) use python::Python;

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::PYTHON];

/// Empties `target/dist` and fills it.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    fresh_directory("dist")?;
    javascript(shell)?;
    python(shell)?;
    command_line(shell)?;
    crates::build(shell, &path("target/dist"))
}

/// Fills `directory` with what is built for a platform: the native module, the wheel and the command line.
pub(crate) fn native(shell: &Shell, platform: &Platform, directory: &Path) -> anyhow::Result<()> {
    JavaScript::build_native(shell, platform, directory)?;
    Python::build_wheel(shell, platform, directory)?;
    CommandLine::build_program(shell, platform, directory)
}

/// The tarballs in `target/dist`, built anew if they were made of other sources.
pub(crate) fn javascript(shell: &Shell) -> anyhow::Result<JavaScript> {
    static BUILDING: Mutex<()> = Mutex::new(());
    let sources = ["bindings-js", "bindings-node", "bindings-wasm", "xtask/bindgen"];
    let is_own = |name: &str| name.starts_with("twenty-webhook-") && !CommandLine::has(name);
    up_to_date(&BUILDING, "twenty-webhook-", &sources, is_own, JavaScript::find, |directory| {
        JavaScript::build(shell, directory)
    })
}

/// The wheel and the sdist there, likewise.
pub(crate) fn python(shell: &Shell) -> anyhow::Result<Python> {
    static BUILDING: Mutex<()> = Mutex::new(());
    let is_own = |name: &str| name.starts_with("twenty_webhook-");
    up_to_date(&BUILDING, "twenty_webhook-", &["bindings-python"], is_own, Python::find, |directory| {
        Python::build(shell, directory)
    })
}

/// The command line's wheel and tarballs there, likewise.
pub(crate) fn command_line(shell: &Shell) -> anyhow::Result<CommandLine> {
    static BUILDING: Mutex<()> = Mutex::new(());
    let sources = ["cli", "schema", "axum", "bindings-js/pack.mjs"];
    up_to_date(&BUILDING, "twenty-webhook-cli-", &sources, CommandLine::has, CommandLine::find, |directory| {
        CommandLine::build(shell, directory)
    })
}

/// What was built under this name, of files with names of its own. Parts that run side by side ask for the same ones.
fn up_to_date<T>(
    building: &Mutex<()>,
    name: &str,
    sources: &[&str],
    is_own: impl Fn(&str) -> bool,
    find: impl Fn(&Path) -> anyhow::Result<T>,
    build: impl Fn(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<T> {
    let _building = building.lock().unwrap_or_else(PoisonError::into_inner);
    let directory = path("target/dist");
    // Beside the folder, which holds what is published and nothing else.
    let stamp = path(format!("target/{name}dist.stamp"));
    let fingerprint = fingerprint(sources.iter().chain(&SOURCES))?;
    if fs::read_to_string(&stamp).is_ok_and(|built| built == fingerprint)
        && let Ok(found) = find(&directory)
    {
        return Ok(found);
    }
    fs::create_dir_all(&directory)?;
    for stale in written_files(&directory)? {
        if stale.file_name().is_some_and(|name| is_own(&name.to_string_lossy())) {
            fs::remove_file(stale)?;
        }
    }
    build(&directory)?;
    fs::write(stamp, fingerprint)?;
    find(&directory)
}

/// What has Rust's compiler name sources by other paths than those of the machine it runs on, which are in what panics say.
fn without_paths_of_this_machine(shell: &Shell) -> anyhow::Result<String> {
    let sysroot = shell.read(&mut command("rustc", ["--print", "sysroot"]))?;
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let crates = home.context("there is no home")?.join("registry/src");
    let flags = [(sources, "/rust"), (crates, "/crates"), (path(""), "")];
    let flags = flags.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    Ok(flags.join("\x1f"))
}

/// Of everything they are made of.
fn fingerprint<'a>(sources: impl Iterator<Item = &'a &'a str>) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    for source in sources {
        let source = path(source);
        let files = if source.is_dir() { written_files(&source)? } else { vec![source] };
        for file in files.iter().filter(|file| !file.components().any(|part| part.as_os_str() == "generated")) {
            file.hash(&mut hasher);
            fs::read(file).with_context(|| file.display().to_string())?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

/// What both are made of.
const SOURCES: [&str; 8] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "bindings-node/platforms.json",
    "core",
    "xtask/src/dist",
];

/// The only file there whose name begins and ends like this.
fn only_file(directory: &Path, start: &str, end: &str) -> anyhow::Result<PathBuf> {
    let is_meant = |name: &str| name.starts_with(start) && name.ends_with(end);
    let files = fs::read_dir(directory)?.collect::<Result<Vec<_>, _>>()?;
    let mut files = files.into_iter().filter(|file| is_meant(&file.file_name().to_string_lossy()));
    let file = files.next().with_context(|| format!("no {start}*{end} was built"))?;
    anyhow::ensure!(files.next().is_none(), "more than one {start}*{end} was built");
    Ok(file.path())
}
