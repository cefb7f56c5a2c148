//! The licences of what users of the product get with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::spdx::is_satisfiable;
use crate::{
    shell::{Shell, cargo},
    workspace::path,
};

const PRODUCTS: [&str; 6] = [
    "twenty-webhook",
    "twenty-webhook-axum",
    "twenty-webhook-cli",
    "twenty-webhook-node",
    "twenty-webhook-python",
    "twenty-webhook-wasm",
];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let policy = fs::read_to_string(path("deny.toml")).context("cannot read deny.toml")?;
    let accepted = accepted(&policy)?;
    let metadata = shell.read(&mut cargo("metadata --format-version 1 --all-features --locked"))?;
    let metadata: Metadata = serde_json::from_str(&metadata)?;
    let shipped = metadata.shipped();
    let refused: Vec<_> =
        shipped.iter().filter(|package| !package.is_accepted(&accepted)).map(|package| package.describe()).collect();
    ensure!(refused.is_empty(), "licences that are not accepted: {}", refused.join(", "));
    shell.say(&format!("{} packages, every licence accepted", shipped.len()))
}

/// The list that cargo-deny reads too: what stands in quotes behind `allow = [`.
fn accepted(policy: &str) -> anyhow::Result<Vec<&str>> {
    let list =
        policy.split_once("\nallow = [").and_then(|(_, list)| list.split_once(']')).context("no allow = [...]")?;
    Ok(list.0.split('"').skip(1).step_by(2).collect())
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

impl Metadata {
    /// The products and everything they are built from, on any platform; not what only tests need.
    fn shipped(&self) -> Vec<&Package> {
        let nodes: BTreeMap<_, _> = self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let products = self.packages.iter().filter(|package| PRODUCTS.contains(&package.name.as_str()));
        let mut to_visit: Vec<_> = products.map(|package| package.id.as_str()).collect();
        let mut visited = BTreeSet::new();
        while let Some(id) = to_visit.pop() {
            if let Some(node) = nodes.get(id).filter(|_| visited.insert(id)) {
                to_visit.extend(
                    node.deps
                        .iter()
                        .filter(|dependency| dependency.is_shipped())
                        .map(|dependency| dependency.pkg.as_str()),
                );
            }
        }
        self.packages.iter().filter(|package| visited.contains(package.id.as_str())).collect()
    }
}

impl Dependency {
    fn is_shipped(&self) -> bool {
        self.dep_kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"))
    }
}

impl Package {
    fn is_accepted(&self, accepted: &[&str]) -> bool {
        self.license.as_deref().is_some_and(|license| is_satisfiable(license, accepted))
    }

    fn describe(&self) -> String {
        format!("{} {} ({})", self.name, self.version, self.license.as_deref().unwrap_or("none named"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Metadata, accepted};

    #[test]
    fn reads_the_list_of_licences() -> anyhow::Result<()> {
        assert_eq!(accepted("[licenses]\nallow = [\"MIT\", \"ISC\"]\n[bans]\nx = [\"y\"]\n")?, ["MIT", "ISC"]);
        assert!(accepted("[licenses]\n").is_err());
        Ok(())
    }

    #[test]
    fn follows_all_but_dev_dependencies() -> anyhow::Result<()> {
        let package = |name| serde_json::json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT" });
        let packages = ["twenty-webhook", "normal", "build", "dev", "elsewhere"].map(package);
        let metadata: Metadata = serde_json::from_value(serde_json::json!({
            "packages": packages,
            "resolve": { "nodes": [
                { "id": "twenty-webhook", "deps": [
                    { "pkg": "normal", "dep_kinds": [{ "kind": "dev" }, { "kind": null }] },
                    { "pkg": "dev", "dep_kinds": [{ "kind": "dev" }] },
                ] },
                { "id": "normal", "deps": [{ "pkg": "build", "dep_kinds": [{ "kind": "build" }] }] },
                { "id": "build", "deps": [{ "pkg": "normal", "dep_kinds": [{ "kind": null }] }] },
                { "id": "dev", "deps": [] },
                { "id": "elsewhere", "deps": [] },
            ] },
        }))?;
        let names: Vec<_> = metadata.shipped().iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["twenty-webhook", "normal", "build"]);
        Ok(())
    }
}
