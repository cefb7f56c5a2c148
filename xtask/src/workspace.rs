//! Where things are.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use anyhow::Context as _;

/// Packages outside the workspace, so that the features of their dependencies cannot reach the product.
pub(crate) const OUTSIDE_MANIFESTS: [&str; 5] =
    ["fuzz/Cargo.toml", BENCH_MANIFEST, INPUTS_MANIFEST, SERVER_MANIFEST, SIDE_CHANNELS_MANIFEST];
pub(crate) const BENCH_MANIFEST: &str = "benches/rust/Cargo.toml";
pub(crate) const INPUTS_MANIFEST: &str = "benches/inputs/Cargo.toml";
pub(crate) const SERVER_MANIFEST: &str = "benches/servers/axum/Cargo.toml";
pub(crate) const SIDE_CHANNELS_MANIFEST: &str = "tests/side-channels/Cargo.toml";

/// The root of the repository. Cargo names this package's folder when it runs it.
pub(crate) fn root() -> PathBuf {
    let folder = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    folder.as_deref().and_then(Path::parent).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// A path in the repository.
pub(crate) fn path(relative: impl AsRef<Path>) -> PathBuf {
    root().join(relative)
}

/// A folder below target/, made anew.
pub(crate) fn fresh_directory(relative: &str) -> anyhow::Result<PathBuf> {
    let directory = path("target").join(relative);
    if directory.exists() {
        fs::remove_dir_all(&directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    fs::create_dir_all(&directory).with_context(|| format!("cannot make {}", directory.display()))?;
    Ok(directory)
}

/// Where commands put what is of use to nobody afterwards; it goes with this program. Not in the checkout, whose packages and
/// settings would be found there, and short, because the path of a socket has a hundred characters at most.
pub(crate) fn scratch() -> PathBuf {
    env::temp_dir().join(format!("twenty-{}", process::id()))
}

/// Every file below a folder that somebody wrote, in order of path: not what was built, installed or is git's.
pub(crate) fn written_files(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    for entry in entries.collect::<Result<Vec<_>, _>>()? {
        if !entry.file_type()?.is_dir() {
            files.push(entry.path());
        } else if !NOT_WRITTEN.iter().any(|name| entry.file_name() == *name) {
            files.extend(written_files(&entry.path())?);
        }
    }
    files.sort();
    Ok(files)
}

/// The file of the repository that a link leads to, in a document at this place there; none for what is elsewhere.
pub(crate) fn linked_file(target: &str, document: &str) -> Option<String> {
    if let Some((_, own)) = target.split_once("/blob/main/") {
        return Some(own.to_owned());
    }
    if target.is_empty() || target.contains(':') {
        return None;
    }
    let mut parts: Vec<_> = document.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => (),
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

const NOT_WRITTEN: [&str; 3] = [".git", "node_modules", "target"];
