//! What is linked into a package: crates of others, and Rust's standard library with its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use serde_json::Value;

use crate::{
    shell::{Shell, cargo, command},
    workspace::path,
};

/// Of every crate, by its name and version.
#[derive(Default)]
pub(super) struct Linked {
    pub(super) crates: BTreeMap<Id, Crate>,
    /// Who depends on whom; `None` is what is written here.
    pub(super) edges: BTreeMap<Option<Id>, BTreeSet<Id>>,
}

pub(super) type Id = (String, String);

pub(super) struct Crate {
    pub(super) licence: String,
    pub(super) authors: String,
    pub(super) folder: PathBuf,
    /// In hexadecimal, of what the registry has.
    pub(super) sha256: Option<String>,
}

impl Linked {
    /// By cargo, which knows what a target and a set of features take; with the standard library, unless it is source.
    pub(super) fn to(shell: &Shell, package: &str, target: &str, features: &str) -> anyhow::Result<Self> {
        let mut linked = Self::default();
        linked.read(shell, &path("Cargo.toml"), package, target, features, None)?;
        if target == ANY {
            return Ok(linked);
        }
        let sysroot = PathBuf::from(shell.read(&mut command("rustc", ["--print", "sysroot"]))?.trim());
        let release = shell.read(&mut command("rustc", ["--version"]))?;
        let release = release.split(' ').nth(1).context("rustc names no version")?;
        let library = sysroot.join("lib/rustlib/src/rust/library");
        let std = (STD.to_owned(), release.to_owned());
        let features = if target.starts_with("wasm") { "" } else { "backtrace panic-unwind" };
        linked.read(shell, &library.join("Cargo.toml"), STD, target, features, Some(&std))?;
        linked.edges.entry(None).or_default().insert(std.clone());
        let (licence, authors) = ("(MIT OR Apache-2.0) AND Unicode-3.0".into(), "The Rust Project Developers".into());
        linked.crates.insert(std, Crate { licence, authors, folder: library, sha256: None });
        Ok(linked)
    }

    /// Adds what a package of a workspace depends on. The workspace's own packages are one: `own`.
    fn read(
        &mut self,
        shell: &Shell,
        manifest: &Path,
        package: &str,
        target: &str,
        features: &str,
        own: Option<&Id>,
    ) -> anyhow::Result<()> {
        let ask = |arguments: &str| -> Command {
            let mut ask = cargo(arguments);
            ask.args(["--locked", "--manifest-path"]).arg(manifest).env("RUSTC_BOOTSTRAP", "1");
            ask
        };
        let metadata: Value =
            serde_json::from_str(&shell.read(&mut ask("metadata --format-version 1 --all-features"))?)?;
        let packages: BTreeMap<Id, &Value> = metadata["packages"].as_array().into_iter().flatten().map(by_id).collect();
        let checksums = checksums(&fs::read_to_string(manifest.with_file_name("Cargo.lock"))?);
        let tree = format!("tree -p {package} --target {target} -e normal,no-proc-macro --prefix depth --format {{p}}");
        let tree = shell.read(ask(&tree).args(["--features", features]))?;
        let mut above: Vec<Option<Id>> = Vec::new();
        for line in tree.lines() {
            let (depth, id) = depth_and_id(line).with_context(|| format!("cargo tree printed {line}"))?;
            let found = packages.get(&id).with_context(|| format!("cargo metadata has no {id:?}"))?;
            above.truncate(depth);
            let node = if found["source"].is_null() { own.cloned() } else { Some(id) };
            if let (Some(id), true) = (&node, node.as_ref() != own) {
                let user = above.last().cloned().flatten().or_else(|| own.cloned());
                self.edges.entry(user).or_default().insert(id.clone());
                self.crates.insert(id.clone(), described(found, checksums.get(id).cloned())?);
            }
            above.push(node);
        }
        Ok(())
    }
}

/// In the place of a target: all there are, for sources.
pub(super) const ANY: &str = "all";

/// Rust's standard library.
pub(super) const STD: &str = "std";

fn by_id(package: &Value) -> (Id, &Value) {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    ((text("name"), text("version")), package)
}

/// Of a line like `2hmac v0.13.0 (*)`.
fn depth_and_id(line: &str) -> Option<(usize, Id)> {
    let digits = line.find(|letter: char| !letter.is_ascii_digit())?;
    let (depth, package) = line.split_at(digits);
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    Some((depth.parse().ok()?, (name.to_owned(), version.to_owned())))
}

fn described(package: &Value, sha256: Option<String>) -> anyhow::Result<Crate> {
    let manifest = package["manifest_path"].as_str().map(Path::new).and_then(Path::parent);
    let authors: Vec<_> = package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let licence = package["license"].as_str().with_context(|| format!("{} has no licence", package["name"]))?;
    Ok(Crate {
        // How crates wrote it before there were expressions.
        licence: licence.replace('/', " OR "),
        authors: authors.join(", "),
        folder: manifest.context("cargo metadata names no manifest")?.to_owned(),
        sha256,
    })
}

/// Of a lock file, by package.
fn checksums(lock: &str) -> BTreeMap<Id, String> {
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        line.map(str::to_owned)
    };
    let packages = lock.split("[[package]]").skip(1);
    packages
        .filter_map(|block| Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?)))
        .collect()
}
