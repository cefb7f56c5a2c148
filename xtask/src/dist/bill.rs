//! The bill of materials of an artefact, beside it, as `CycloneDX`: without a date or a number that differs from build to build.

use std::{fs, path::Path};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{
    javascript::VERSION,
    linked::{Id, Linked},
};

pub(super) fn write(linked: &Linked, artefact: &Path) -> anyhow::Result<()> {
    let file_name = artefact.file_name().and_then(|name| name.to_str()).context("an artefact has no name")?;
    let (kind, name) = published_as(file_name).with_context(|| format!("{file_name} is of no registry"))?;
    let own = format!("pkg:{kind}/{name}@{VERSION}");
    let of = |id: &Option<Id>| id.as_ref().map_or_else(|| own.clone(), purl);
    let components = linked.crates.iter().map(|(id, one)| {
        let mut component = json!({
            "type": "library", "bom-ref": purl(id), "purl": purl(id), "name": id.0, "version": id.1,
            "licenses": [{ "expression": one.licence }],
        });
        if let Some(sha256) = &one.sha256 {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": sha256 }]);
        }
        component
    });
    let dependencies = linked.edges.iter().map(|(user, used)| {
        let used = used.iter().map(purl).collect::<Vec<_>>();
        json!({ "ref": of(user), "dependsOn": used })
    });
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": {
            "type": if name.contains("-cli") { "application" } else { "library" },
            "bom-ref": own, "purl": own, "name": name, "version": VERSION,
            "licenses": [{ "expression": env!("CARGO_PKG_LICENSE") }],
        } },
        "components": components.collect::<Vec<Value>>(),
        "dependencies": dependencies.collect::<Vec<Value>>(),
    });
    let file = artefact.with_file_name(format!("{file_name}.cdx.json"));
    Ok(fs::write(file, format!("{bill:#}\n"))?)
}

/// The kind of registry and the name there.
fn published_as(file_name: &str) -> Option<(&'static str, String)> {
    let npm = format!("-{VERSION}.tgz");
    let cargo = format!("-{VERSION}.crate");
    if let Some(name) = file_name.strip_suffix(&npm) {
        Some(("npm", name.to_owned()))
    } else if let Some(name) = file_name.strip_suffix(&cargo) {
        Some(("cargo", name.to_owned()))
    } else {
        Some(("pypi", file_name.split_once('-')?.0.replace('_', "-")))
    }
}

fn purl((name, version): &Id) -> String {
    let kind = if name == "std" || name == "musl" { "generic" } else { "cargo" };
    format!("pkg:{kind}/{name}@{version}")
}
