//! What is published, as the files that are published: everything else tests these.

mod javascript;
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

pub(crate) use javascript::JavaScript;
pub(crate) use python::Python;

pub(crate) const NEEDS: &[Need] =
    &[Need::Node, Need::Python, Need::Target("wasm32-unknown-unknown"), Need::Component("rust-src")];

/// The four files.
pub(crate) struct Artefacts {
    pub(crate) javascript: JavaScript,
    pub(crate) python: Python,
}

/// Empties `target/dist` and fills it.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let directory = fresh_directory("dist")?;
    fs::remove_file(path(STAMP)).ok();
    JavaScript::build(shell, &directory)?;
    Python::build(shell, &directory)?;
    Ok(fs::write(path(STAMP), fingerprint()?)?)
}

/// What `target/dist` holds, built anew if it was made of other sources.
pub(crate) fn artefacts(shell: &Shell) -> anyhow::Result<Artefacts> {
    // Parts that run side by side ask for the same files.
    static BUILDING: Mutex<()> = Mutex::new(());
    let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let directory = path("target/dist");
    let find =
        || anyhow::Ok(Artefacts { javascript: JavaScript::find(&directory)?, python: Python::find(&directory)? });
    if fs::read_to_string(path(STAMP)).ok() == Some(fingerprint()?)
        && let Ok(artefacts) = find()
    {
        return Ok(artefacts);
    }
    run(shell)?;
    find()
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

/// Beside the folder, which holds the four files and nothing else.
const STAMP: &str = "target/dist.stamp";

/// Of everything they are made of.
fn fingerprint() -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        let source = path(source);
        let files = if source.is_dir() { written_files(&source)? } else { vec![source] };
        for file in files.iter().filter(|file| !file.components().any(|part| part.as_os_str() == "generated")) {
            file.hash(&mut hasher);
            fs::read(file).with_context(|| file.display().to_string())?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

const SOURCES: [&str; 12] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "bindings-js",
    "bindings-node",
    "bindings-python",
    "bindings-wasm",
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
