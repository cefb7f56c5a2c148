//! The list of pages, for programs that read documentation: <https://llmstxt.org>.

use std::fs;

use twenty_webhook_schema::generated::{path, read};

pub(crate) fn list() -> Result<String, String> {
    let mut lines = vec![format!("# twenty-webhook\n\n> {}\n", summary("README.md")?.1)];
    for (title, pages) in [("Packages", packages()), ("Pages", pages(&path("docs"), "")?)] {
        lines.push(format!("\n## {title}\n\n"));
        for page in pages {
            let (title, about) = summary(page.strip_prefix("../").unwrap_or(&format!("docs/{page}")))?;
            lines.push(format!("- [{title}]({page}): {about}\n"));
        }
    }
    Ok(lines.concat())
}

fn packages() -> Vec<String> {
    crate::PACKAGES.iter().filter(|folder| **folder != INNER).map(|folder| format!("../{folder}/README.md")).collect()
}

/// A package for another one of ours.
const INNER: &str = "schema";

/// Every page below a folder of `docs`, those of the order first.
fn pages(folder: &std::path::Path, prefix: &str) -> Result<Vec<String>, String> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let entry = entry.map_err(|error| error.to_string())?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            pages.extend(self::pages(&entry.path(), &format!("{name}/"))?);
        } else if entry.path().extension().is_some_and(|ending| ending == "md") {
            pages.push(name);
        }
    }
    pages.sort_by_key(|page| {
        (ORDER.iter().position(|first| page.trim_end_matches(".md") == *first).unwrap_or(ORDER.len()), page.clone())
    });
    Ok(pages)
}

/// Its title, and its first sentence without links.
fn summary(file: &str) -> Result<(String, String), String> {
    let text = read(file)?;
    let mut paragraphs = text.split("\n\n");
    let title = paragraphs.next().and_then(|line| line.strip_prefix("# "));
    let about = paragraphs.find(|paragraph| !paragraph.starts_with(['<', '|', '#'])).map(first_sentence);
    Ok((title.ok_or_else(|| format!("{file} has no title"))?.trim().to_owned(), about.unwrap_or_default()))
}

fn first_sentence(paragraph: &str) -> String {
    let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = text.split_once(". ").map_or(text.as_str(), |(sentence, _)| sentence).trim_end_matches('.');
    let mut pieces = sentence.split("](");
    let first = pieces.next().unwrap_or_default().to_owned();
    let text = pieces.fold(first, |done, piece| done + piece.split_once(')').map_or("", |(_, rest)| rest));
    text.replace('[', "") + "."
}

/// From the first that somebody needs to the last.
const ORDER: [&str; 17] = [
    "how-twenty-signs",
    "receivers",
    "testing",
    "types",
    "many-workspaces",
    "stores",
    "lasting-work",
    "migrating",
    "observation/alerts",
    "observation/javascript",
    "observation/python",
    "observation/rust",
    "diagnosis",
    "codes",
    "threat-model",
    "verify-a-download",
    "runtimes",
];

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_sentence_has_no_links() {
        assert_eq!(first_sentence("Of [Twenty\nCRM](https://a.b). More."), "Of Twenty CRM.");
    }
}
