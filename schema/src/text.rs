//! Names in the case of each language, and comments.

/// With a capital: `jobTitle` as a type's name, or a sentence.
pub(crate) fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `jobTitle`, as a field's name in Rust and Python: `job_title`.
pub(crate) fn snake(name: &str) -> String {
    separated(name, '_')
}

/// `jobTitle`, in a sentence: `job title`.
pub(crate) fn words(name: &str) -> String {
    separated(&plain(name), ' ')
}

fn separated(name: &str, separator: char) -> String {
    let mut separated = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !separated.is_empty() {
            separated.push(separator);
        }
        separated.extend(letter.to_lowercase());
    }
    separated
}

/// What of a user's text can stand in a comment of any language: letters, digits and a few signs that end nothing.
pub(crate) fn plain(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | ' ');
    text.chars().map(|letter| if is_plain(letter) { letter } else { '?' }).collect()
}

/// The noun with its article.
pub(crate) fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The lines of a text, each behind `prefix`, as long as `MOST_COLUMNS` allows.
pub(crate) fn lines(text: &str, prefix: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let columns = [prefix, &line, word].map(|part| part.chars().count()).iter().sum::<usize>();
        if !line.is_empty() && columns + 1 > MOST_COLUMNS {
            lines.push(format!("{prefix}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!("{prefix}{line}"));
    lines
}

/// As the formatters of Rust and Python have it.
pub(crate) const MOST_COLUMNS: usize = 120;

#[cfg(test)]
mod tests {
    use super::{article, capitalized, lines, snake, words};

    #[test]
    fn names_take_the_case_of_each_language() {
        let cases =
            ["workspaceMember", "xLink", "bodyV2", "addressStreet1", "id"].map(|name| [capitalized(name), snake(name)]);
        assert_eq!(
            cases.concat(),
            ["WorkspaceMember", "workspace_member", "XLink", "x_link", "BodyV2", "body_v2"]
                .into_iter()
                .chain(["AddressStreet1", "address_street1", "Id", "id"])
                .collect::<Vec<_>>()
        );
        assert_eq!(article(&words("workspaceMember")), "a workspace member");
        assert_eq!(article("opportunity"), "an opportunity");
    }

    #[test]
    fn lines_are_as_long_as_they_may_be() {
        let text = format!("{} b c", "a".repeat(113));
        assert_eq!(lines(&text, "/// "), [format!("/// {} b", "a".repeat(113)), "/// c".into()]);
        assert_eq!(lines("One.", "    "), ["    One."]);
    }
}
