//! Whether everything is there before anything is published, and what the registries' own tools say of it.

use std::{borrow::Cow, env, fs, path::Path};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::{
    dist::{self, VERSION},
    provision::{Need, Venv, pythons},
    shell::{Shell, cargo, command},
    workspace::{path, written_files},
};

pub(crate) const NEEDS: &[Need] = dist::NEEDS;

/// Does what a release does up to where something is published. Every check runs, and what fails is listed in the end.
pub(crate) fn rehearse(shell: &Shell) -> anyhow::Result<()> {
    let mut failures = Vec::new();
    for (what, check) in CHECKS {
        shell.say(&format!("\n{what}"))?;
        if let Err(error) = check(shell) {
            shell.say(&format!("FAILED: {error:#}"))?;
            failures.push(format!("- {what}: {error:#}"));
        }
    }
    ensure!(failures.is_empty(), "nothing can be released:\n{}", failures.join("\n"));
    Ok(())
}

type Check = fn(&Shell) -> anyhow::Result<()>;

const CHECKS: [(&str, Check); 7] = [
    ("the manifest names the repository", |_| has_address(env!("CARGO_PKG_REPOSITORY"))),
    ("the changelog says what this version brings", |_| {
        is_in_changelog(&fs::read_to_string(path("CHANGELOG.md"))?, VERSION)
    }),
    ("tag, manifests and examples have one version", has_one_version),
    ("what is published builds", dist::run),
    ("crates.io would take the crates", |shell| {
        shell.run(&mut command("bash", [".github/release/crates.sh", VERSION, "--dry-run"]))
    }),
    ("npm would take the packages", |shell| {
        shell.run(&mut command("node", [".github/release/npm.mjs", VERSION, "target/dist", "--dry-run"]))
    }),
    ("PyPI would take the wheels and the sdist", judge_python),
];

/// Readers of a package follow its links.
fn has_address(repository: &str) -> anyhow::Result<()> {
    ensure!(
        repository.starts_with("https://"),
        "the packages would name no repository, and the links of their READMEs would lead nowhere: set `repository` under \
         [workspace.package] in Cargo.toml to its address, then run `cargo xtask generate`"
    );
    Ok(())
}

fn is_in_changelog(changelog: &str, version: &str) -> anyhow::Result<()> {
    let heading = format!("## {version}");
    let is_there = changelog.lines().any(|line| line == heading || line.starts_with(&format!("{heading} ")));
    ensure!(is_there, "CHANGELOG.md has no heading `{heading}`: name what is unreleased so");
    Ok(())
}

fn has_one_version(shell: &Shell) -> anyhow::Result<()> {
    if env::var("GITHUB_REF_TYPE").is_ok_and(|kind| kind == "tag") {
        let tag = env::var("GITHUB_REF_NAME")?;
        ensure!(tag == format!("v{VERSION}"), "the tag is {tag}, and the manifest says {VERSION}");
    }
    let metadata = shell.read(&mut cargo("metadata --locked --no-deps --format-version 1"))?;
    for (who, requirement) in requirements_of_crates(&serde_json::from_str(&metadata)?) {
        ensure!(
            requirement == format!("^{VERSION}"),
            "{who} wants {requirement} of a crate of this workspace, which is {VERSION}"
        );
    }
    for example in written_files(&path("bindings-js/examples"))?.iter().filter(|file| file.ends_with("package.json")) {
        let manifest: Value = serde_json::from_str(&fs::read_to_string(example)?)?;
        let wanted = manifest["dependencies"]["twenty-webhook"].as_str();
        let wanted = wanted.with_context(|| format!("{} does not name the package", example.display()))?;
        ensure!(wanted == format!("^{VERSION}"), "{} names {wanted}, and the package is {VERSION}", example.display());
    }
    Ok(())
}

/// Who of the workspace asks for which version of another crate of it. A crate that nobody publishes may ask for any.
fn requirements_of_crates(metadata: &Value) -> Vec<(String, String)> {
    let entries = |of: &Value, key: &str| of[key].as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for package in entries(metadata, "packages") {
        let inner = entries(&package, "dependencies").into_iter().filter(|other| other["path"].is_string());
        let asked = inner.filter_map(|other| other["req"].as_str().filter(|asked| *asked != "*").map(str::to_owned));
        found.extend(asked.map(|asked| (package["name"].to_string(), asked)));
    }
    found
}

fn judge_python(shell: &Shell) -> anyhow::Result<()> {
    let venv = Venv::with(shell, &pythons()?[0], "release", JUDGES)?;
    // Beside each lies its bill of materials, which is not published there.
    let mut files = written_files(&path("target/dist"))?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "whl") || name(file).ends_with(".tar.gz"));
    shell.run(venv.python(&["-m", "twine", "check", "--strict"]).args(&files))?;
    let wheel = files.iter().find(|file| name(file).starts_with("twenty_webhook-") && !name(file).ends_with(".gz"));
    let wheel = wheel.context("there is no wheel")?;
    shell.run(venv.python(&["-m", "abi3audit", "--strict", "--verbose"]).arg(wheel))
}

fn name(file: &Path) -> Cow<'_, str> {
    file.file_name().unwrap_or_default().to_string_lossy()
}

/// The registry's own check, and one that no symbol is newer than the Python that the wheel names.
const JUDGES: &str = "twine==7.0.0\nabi3audit==0.0.26";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{has_address, is_in_changelog, requirements_of_crates};

    #[test]
    fn nothing_is_released_without_an_address() {
        assert!(has_address("https://example.com/o/r").is_ok());
        for none in ["", "example.com/o/r", "http://example.com/o/r"] {
            let refused = has_address(none).map_err(|error| error.to_string());
            assert!(refused.is_err_and(|reason| reason.contains("[workspace.package]")), "{none}");
        }
    }

    #[test]
    fn nothing_is_released_that_the_changelog_does_not_name() {
        assert!(is_in_changelog("# Changelog\n\n## 1.2.3\n", "1.2.3").is_ok());
        assert!(is_in_changelog("# Changelog\n\n## 1.2.3 (2026-12-01)\n", "1.2.3").is_ok());
        for other in ["## Unreleased\n", "## 1.2.30\n", "about 1.2.3\n"] {
            assert!(is_in_changelog(other, "1.2.3").is_err(), "{other}");
        }
    }

    #[test]
    fn finds_what_crates_ask_of_each_other() {
        let dependencies =
            json!([{ "path": "/core", "req": "^1.2.3" }, { "path": "/tests", "req": "*" }, { "req": "^1.0" }]);
        let metadata = json!({ "packages": [{ "name": "a", "dependencies": dependencies }] });
        assert_eq!(requirements_of_crates(&metadata), [("\"a\"".to_owned(), "^1.2.3".to_owned())]);
    }
}
