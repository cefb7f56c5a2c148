//! Code that documents show of examples: it stands there.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};

use crate::workspace::{path, written_files};

pub(super) fn check() -> anyhow::Result<()> {
    ROWS.into_iter().try_for_each(check_rows)?;
    PAGES.into_iter().try_for_each(check_page)
}

/// Every code in a row of a table that links to examples must stand in one of them, whatever white space is between.
fn check_rows((page, fewest): (&str, usize)) -> anyhow::Result<()> {
    let text = fs::read_to_string(path(page)).with_context(|| format!("cannot read {page}"))?;
    let mut rows = 0;
    for row in text.lines().filter(|line| line.starts_with("| ") && line.contains("/examples/")) {
        let links = row.split("](").skip(1).filter_map(|link| link.split_once(')'));
        let folders = links.map(|(link, _)| link.split_once("/blob/main/").map_or(link, |(_, file)| file));
        let sources = folders.map(|folder| squeezed_sources(&path(folder.trim_start_matches("../"))));
        let sources = sources.collect::<Result<Vec<_>, _>>()?.join("\n");
        for code in row.split('`').skip(1).step_by(2) {
            ensure!(sources.contains(&squeezed(code)), "{page} shows what is not in its example: {code}");
        }
        rows += 1;
    }
    ensure!(rows >= fewest, "{page} shows {rows} examples");
    Ok(())
}

/// Every fenced code of a page must stand in the example that the page named last before it.
fn check_page(page: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(path(page)).with_context(|| format!("cannot read {page}"))?;
    let (mut sources, mut codes) = (String::new(), 0);
    for (number, piece) in text.split("\n```").enumerate() {
        if number % 2 == 1 {
            let code = piece.split_once('\n').map_or("", |(_, code)| code);
            ensure!(sources.contains(&squeezed(code)), "{page} shows what is not in its example: {code}");
            codes += 1;
        } else if let Some((_, link)) = piece.rsplit_once("](../").filter(|(_, link)| is_shown(link)) {
            let folder = link.split_once(')').map_or(link, |(folder, _)| folder);
            sources = squeezed_sources(&path(folder.trim_start_matches("../")))?;
        }
    }
    ensure!(codes > 0, "{page} shows no code");
    Ok(())
}

/// Of examples, and of the types of a workspace.
fn is_shown(link: &str) -> bool {
    ["/examples/", "/workspaces/"].iter().any(|part| link.contains(part))
}

/// Of every file in a folder.
fn squeezed_sources(folder: &Path) -> anyhow::Result<String> {
    let files = written_files(folder)?.into_iter();
    Ok(files.filter_map(|file| fs::read_to_string(file).ok()).map(|source| squeezed(&source)).collect())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Those with rows of examples, and how many at least.
const ROWS: [(&str, usize); 3] =
    [("docs/receivers.md", 26), ("bindings-js/README.md", 8), ("bindings-python/README.md", 6)];

/// Those with code of examples. A store's lines are run by the tests of receivers, and Rust's are compared by its own.
const PAGES: [&str; 6] = [
    "docs/lasting-work.md",
    "docs/many-workspaces.md",
    "docs/observation/alerts.md",
    "docs/observation/javascript.md",
    "docs/observation/python.md",
    "docs/types.md",
];
