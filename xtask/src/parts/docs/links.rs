//! Links of documents: files and anchors of the repository are there.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, ensure};

use crate::workspace::{linked_file, path, root, written_files};

pub(super) fn check() -> anyhow::Result<()> {
    let mut broken = Vec::new();
    for file in written_files(&root())? {
        if file.extension().is_some_and(|ending| ending == "md") || file.ends_with("docs/llms.txt") {
            let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let document = file.strip_prefix(root())?.to_string_lossy().replace('\\', "/");
            let links = links(&text).into_iter().filter(|link| !leads_somewhere(&document, link));
            broken.extend(links.map(|link| format!("{document}: {link}")));
        }
    }
    ensure!(broken.is_empty(), "links lead nowhere:\n{}", broken.join("\n"));
    Ok(())
}

/// Every target of a link, outside of code.
fn links(markdown: &str) -> Vec<&str> {
    let prose = markdown.split("\n```").step_by(2);
    let words = prose.flat_map(|text| text.split('`').step_by(2).flat_map(|text| text.split("](").skip(1)));
    // A link whose text is code begins in one piece and ends in another.
    words.filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}

/// From a document at this place.
fn leads_somewhere(document: &str, link: &str) -> bool {
    let (target, anchor) = link.split_once('#').map_or((link, None), |(target, anchor)| (target, Some(anchor)));
    if target.contains("://") && !target.contains("/blob/main/") {
        return true;
    }
    let target = path(linked_file(target, document).unwrap_or_else(|| document.to_owned()));
    let has = |anchor| fs::read_to_string(&target).is_ok_and(|text| anchors(&text).iter().any(|other| other == anchor));
    target.exists() && anchor.is_none_or(has)
}

/// Those of its headings, as GitHub makes them.
fn anchors(markdown: &str) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let prose = markdown.split("\n```").step_by(2).flat_map(str::lines);
    let headings = prose.filter(|line| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#'));
    headings
        .map(|heading| {
            let words = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
            let count = seen.entry(anchor.clone()).and_modify(|count| *count += 1).or_insert(0);
            if *count == 0 { anchor } else { format!("{anchor}-{count}") }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{anchors, leads_somewhere, links};

    #[test]
    fn links_are_found_outside_of_code() {
        let page = "[a](b.md) and [`c`](d.md#e) `[f](g)`\n```md\n[h](i)\n```\n[j](https://k)\n";
        assert_eq!(links(page), ["b.md", "d.md#e", "https://k"]);
    }

    #[test]
    fn a_link_to_nothing_is_broken() {
        for link in
            ["stores.md", "../README.md#the-first-minute", "#codes", "https://x.y/z", "https://h/o/r/blob/main/core"]
        {
            assert!(leads_somewhere("docs/codes.md", link), "{link}");
        }
        for link in ["nothing.md", "../README.md#nothing", "#nothing", "../x", "https://h/o/r/blob/main/nothing"] {
            assert!(!leads_somewhere("docs/codes.md", link), "{link}");
        }
    }

    #[test]
    fn anchors_are_githubs() {
        let page = "# What `x` is, and why?\n## Options\n```sh\n# no heading\n```\n## Options\n";
        assert_eq!(anchors(page), ["what-x-is-and-why", "options", "options-1"]);
    }
}
