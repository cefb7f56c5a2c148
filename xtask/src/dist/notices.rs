//! The licences of what is linked, as the file that is in every artefact with compiled code.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};

use super::linked::{Crate, Linked, STD};
use crate::shell::{Shell, command};

/// Named like the project's own licences, so that whatever takes those takes it.
const FILE: &str = "LICENSE-THIRD-PARTY";

pub(super) fn write(shell: &Shell, linked: &Linked, folder: &Path) -> anyhow::Result<PathBuf> {
    let sysroot = shell.read(&mut command("rustc", ["--print", "sysroot"]))?;
    let standard = Path::new(sysroot.trim()).join("share/doc/rust/licenses");
    let file = folder.join(FILE);
    fs::write(&file, text(linked, &standard)?)?;
    Ok(file)
}

/// Each text once, with all it is for.
fn text(linked: &Linked, standard: &Path) -> anyhow::Result<String> {
    let mut out = String::from("The compiled code beside this file contains code of these projects:\n\n");
    let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((name, version), one) in &linked.crates {
        writeln!(out, "- {name} {version}: {}", one.licence)?;
        let texts = texts(name, one, standard).with_context(|| format!("the licences of {name} {version}"))?;
        for text in texts {
            users.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    for (text, users) in users {
        write!(out, "\n{}\n{}:\n\n{text}\n", "-".repeat(80), users.join(", "))?;
    }
    Ok(out)
}

/// What its folder has, or the standard text with its authors.
fn texts(package: &str, one: &Crate, standard: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    collect(&one.folder, &mut files)?;
    files.sort();
    // Whoever may choose takes the shortest.
    if one.licence.contains(" OR ") && files.iter().any(|file| name(file).contains("MIT")) {
        files.retain(|file| !["APACHE", "ZLIB", "0BSD", "UNLICENSE"].iter().any(|other| name(file).contains(other)));
    }
    let mut texts = Vec::new();
    for file in &files {
        texts.push(tidy(&fs::read_to_string(file)?));
    }
    if files.is_empty() || package == STD {
        for id in ["MIT", "Unicode-3.0"].iter().filter(|id| one.licence.contains(*id)) {
            let text = fs::read_to_string(standard.join(format!("{id}.txt")))?;
            texts.push(tidy(&text.replace("<year> <copyright holders>", &one.authors)));
        }
    }
    ensure!(!texts.is_empty(), "there is no text of {}", one.licence);
    Ok(texts)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file = entry.path();
        let is_text =
            file.extension().is_none_or(|kind| !["rs", "py", "toml", "html"].iter().any(|code| kind == *code));
        if entry.file_type()?.is_dir() {
            collect(&file, found)?;
        } else if is_text && STARTS.iter().any(|start| name(&file).starts_with(start)) {
            found.push(file);
        }
    }
    Ok(())
}

const STARTS: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().to_uppercase()
}

/// The same text with other line ends, or other space around it, is the same.
fn tidy(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}
