//! The pages of the site: those of `docs`, and the READMEs, whose links lead to each other or into the repository.

use std::{fs, path::Path};

use crate::workspace::{linked_file, path, written_files};

/// Writes all of them into a folder.
pub(super) fn write(folder: &Path, repository: &str) -> anyhow::Result<()> {
    let docs = written_files(&path("docs"))?;
    let docs = docs.iter().filter_map(|file| file.strip_prefix(path("docs")).ok());
    let docs = docs.map(|file| format!("docs/{}", file.to_string_lossy().replace('\\', "/")));
    for file in docs.chain(READMES.map(|(file, _)| file.to_owned())) {
        let page = page_of(&file).unwrap_or(&file);
        let text = with_links(&fs::read_to_string(path(&file))?, &file, repository);
        let target = folder.join(page);
        fs::create_dir_all(target.parent().unwrap_or(folder))?;
        fs::write(target, text)?;
    }
    Ok(())
}

/// Where a file of the repository is on the site.
fn page_of(file: &str) -> Option<&str> {
    let readme = READMES.iter().find(|(readme, _)| *readme == file).map(|(_, page)| *page);
    readme.or_else(|| file.strip_prefix("docs/"))
}

/// The text of a file with its links as the site has them. What is not on the site is linked to in the repository, and no link
/// while that has no address.
fn with_links(text: &str, file: &str, repository: &str) -> String {
    let mut blocks = text.split("\n```").enumerate().map(|(number, block)| {
        if number % 2 == 1 { block.to_owned() } else { with_links_of_prose(block, file, repository) }
    });
    let first = blocks.next().unwrap_or_default();
    blocks.fold(first, |done, block| done + "\n```" + &block)
}

fn with_links_of_prose(text: &str, file: &str, repository: &str) -> String {
    let (mut done, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("](") {
        let (link, after) = after.split_once(')').unwrap_or((after, ""));
        let (target, anchor) =
            link.split_once('#').map_or((link, String::new()), |(t, anchor)| (t, format!("#{anchor}")));
        let (start, label) = before.rsplit_once('[').unwrap_or(("", before));
        let linked = match linked_file(target, file) {
            None => Some(link.to_owned()),
            Some(other) => match page_of(&other) {
                Some(page) => Some(format!("{}{page}{anchor}", up(page_of(file).unwrap_or(file)))),
                None if repository.is_empty() => None,
                None => Some(format!("{repository}/blob/main/{other}{anchor}")),
            },
        };
        done += start;
        done += &linked.map_or_else(|| label.to_owned(), |link| format!("[{label}]({link})"));
        rest = after;
    }
    done + rest
}

/// From a page to the root of the site.
fn up(page: &str) -> String {
    "../".repeat(page.matches('/').count())
}

const READMES: [(&str, &str); 6] = [
    ("README.md", "index.md"),
    ("bindings-js/README.md", "packages/typescript.md"),
    ("bindings-python/README.md", "packages/python.md"),
    ("core/README.md", "packages/rust.md"),
    ("axum/README.md", "packages/axum.md"),
    ("cli/README.md", "packages/command-line.md"),
];

#[cfg(test)]
mod tests {
    use super::with_links;

    #[test]
    fn links_lead_to_pages_or_into_the_repository() {
        let text =
            "[a](../stores.md#memory) [b](../../README.md) [`c`](../../DESIGN.md) [d](https://x.y)\n```\n[e](f)\n```\n";
        let page = "docs/observation/rust.md";
        let on_site = "[a](../stores.md#memory) [b](../index.md)";
        let rest = "[d](https://x.y)\n```\n[e](f)\n```\n";
        assert_eq!(with_links(text, page, ""), format!("{on_site} `c` {rest}"));
        let absolute = "[`c`](https://h/o/r/blob/main/DESIGN.md)";
        assert_eq!(with_links(text, page, "https://h/o/r"), format!("{on_site} {absolute} {rest}"));
        assert_eq!(with_links("[a](https://h/o/r/blob/main/docs/types.md)", "core/README.md", "x"), "[a](../types.md)");
    }
}
