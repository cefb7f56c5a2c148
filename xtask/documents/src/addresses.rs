//! Where the repository is, for who reads of it elsewhere.

use twenty_webhook_schema::generated;

/// The folders of packages whose README is read on a registry.
pub(crate) const PACKAGES: [&str; 6] = ["bindings-js", "bindings-python", "core", "axum", "cli", "schema"];

/// The README of a package in this folder, with addresses of the repository in place of relative links. Without an address the
/// links are relative.
pub(crate) fn with_addresses(text: &str, folder: &str, repository: &str) -> String {
    let mut pieces = text.split("](");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |done, piece| {
        let (target, rest) = piece.split_once(')').unwrap_or((piece, ""));
        let linked = file_of(target, folder).map_or_else(|| target.to_owned(), |file| link(&file, repository));
        format!("{done}]({linked}){rest}")
    })
}

/// The file of the repository that is linked to, with its anchor.
fn file_of(target: &str, folder: &str) -> Option<String> {
    let file = match target.split_once(BRANCH) {
        Some((_, file)) => file.to_owned(),
        None if target.contains("://") || target.starts_with('#') => return None,
        None => target.strip_prefix("../").map_or_else(|| format!("{folder}/{target}"), str::to_owned),
    };
    generated::path(file.split('#').next()?).exists().then_some(file)
}

fn link(file: &str, repository: &str) -> String {
    if repository.is_empty() { format!("../{file}") } else { format!("{}{BRANCH}{file}", address(repository)) }
}

/// What `PyPI` shows beside the package.
pub(crate) fn project_urls(repository: &str) -> String {
    if repository.is_empty() {
        return String::new();
    }
    let repository = address(repository);
    format!(
        "[project.urls]\nHomepage = \"{repository}\"\nRepository = \"{repository}\"\nDocumentation = \"{repository}{BRANCH}docs\"\n\
         Issues = \"{repository}/issues\"\nChangelog = \"{repository}{BRANCH}CHANGELOG.md\"\n"
    )
}

fn address(repository: &str) -> &str {
    repository.trim_end_matches('/').trim_end_matches(".git")
}

const BRANCH: &str = "/blob/main/";

#[cfg(test)]
mod tests {
    use super::{project_urls, with_addresses};

    #[test]
    fn links_are_addresses_once_there_is_one() {
        let relative =
            "[a](../docs/stores.md#memory) [b](../core/README.md) [c](#here) [d](https://example.com/x) `f](g)`";
        let absolute = "[a](https://host/o/r/blob/main/docs/stores.md#memory) [b](https://host/o/r/blob/main/core/README.md) \
                        [c](#here) [d](https://example.com/x) `f](g)`";
        for text in [relative, absolute, &absolute.replace("host", "old")] {
            assert_eq!(with_addresses(text, "axum", "https://host/o/r.git"), absolute);
            assert_eq!(with_addresses(text, "axum", ""), relative);
        }
        assert_eq!(with_addresses("[a](README.md)", "axum", ""), "[a](../axum/README.md)");
    }

    #[test]
    fn a_package_has_urls_once_there_is_one() {
        assert_eq!(project_urls(""), "");
        assert!(project_urls("https://host/o/r").contains("Issues = \"https://host/o/r/issues\"\n"));
    }
}
