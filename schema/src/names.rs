//! Names that users chose, as identifiers.

use std::collections::BTreeMap;

use crate::text::{capitalized, plain};

/// The type of each object by its name: an identifier in every language, the same in all of them, and of one object only.
pub(crate) fn type_names(objects: &[&str], taken: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut taken = Taken::of(TAKEN.split_whitespace().map(str::to_owned).chain(taken));
    objects
        .iter()
        .map(|name| {
            let pascal: String = pascal(name);
            let first = if taken.has(&pascal) { format!("{pascal}Record") } else { pascal };
            taken.unique(first, "")
        })
        .collect()
}

/// `spaceRocket`, `space-rocket`, `space rocket`: `SpaceRocket`.
fn pascal(name: &str) -> String {
    let words: String = name.split(|letter: char| !letter.is_ascii_alphanumeric()).map(capitalized).collect();
    if words.starts_with(|first: char| first.is_ascii_uppercase()) { words } else { format!("Object{words}") }
}

/// What begins with a letter and goes on with letters, digits and single `_`, once in `taken`.
pub(crate) fn identifier(name: &str, reserved: impl Fn(&str) -> bool, taken: &mut Taken) -> String {
    let mut identifier = String::new();
    for letter in name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }) {
        if letter != '_' || !identifier.ends_with('_') {
            identifier.push(letter);
        }
    }
    if !identifier.starts_with(|first: char| first.is_ascii_alphabetic()) {
        identifier = format!("field_{}", identifier.trim_start_matches('_'));
    }
    let identifier = identifier.trim_end_matches('_');
    let identifier = if reserved(identifier) { format!("{identifier}_") } else { identifier.to_owned() };
    let separator = if identifier.ends_with('_') { "" } else { "_" };
    taken.unique(identifier, separator)
}

/// The names that are taken, and how often each was asked for: ten thousand of one kind are no more work than of ten thousand.
#[derive(Default)]
pub(crate) struct Taken(BTreeMap<String, u32>);

impl Taken {
    pub(crate) fn of(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().map(|name| (name, 1)).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The name, or the first free one of those numbered from 2.
    fn unique(&mut self, name: String, separator: &str) -> String {
        let asked = self.0.get(&name).copied().unwrap_or_default();
        let numbered = (asked.max(1) + 1..).map(|number| (number, format!("{name}{separator}{number}")));
        let free =
            if asked == 0 { Some((1, name.clone())) } else { numbered.into_iter().find(|(_, it)| !self.has(it)) };
        let (number, unique) = free.unwrap_or((asked, name.clone()));
        self.0.insert(name, number);
        self.0.entry(unique.clone()).or_insert(1);
        unique
    }
}

/// Whether it can stand bare as a key of JavaScript, and as a name of Python if it is none of its words.
pub(crate) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// A text in double quotes that is the same literal in JavaScript and JSON, in ASCII: nothing ends it early, and no terminal
/// or editor acts on what is in it.
pub(crate) fn quoted(text: &str) -> String {
    let mut units = [0; 2];
    escaped(text, |letter| letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect())
}

/// The same in Python, which takes no half of a pair.
pub(crate) fn quoted_in_python(text: &str) -> String {
    escaped(text, |letter| format!("\\U{:08x}", u32::from(letter)))
}

fn escaped(text: &str, mut escape: impl FnMut(char) -> String) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        ' '..='~' => letter.to_string(),
        _ => escape(letter),
    });
    format!("\"{}\"", letters.collect::<String>())
}

/// A text between backquotes in documentation.
pub(crate) fn shown(text: &str) -> String {
    format!("`{}`", plain(text))
}

/// Names that mean something else in some language, or in what is written around the types.
const TAKEN: &str = "Any AnyRecord Array BaseModel Boolean Box Clone ConfigDict Date Debug Default Deserialize Err Error False Field \
    Function List Literal Map None Number NumberAsSent Object Ok Option PartialEq Promise Record Records Required Result Self Some \
    StandardRecord StandardRecords String Symbol True TypedDict Value Vec WorkspaceRecords";

#[cfg(test)]
mod tests {
    use super::{Taken, identifier, quoted, quoted_in_python, type_names};

    #[test]
    fn objects_have_types_of_their_own() {
        let names = ["rocket", "Rocket", "space-rocket", "7up", "__proto__", "string", "address", "é", "\"; drop", ""];
        let types = type_names(&names, ["Address".to_owned()]);
        let expected =
            ["Rocket", "RocketRecord", "SpaceRocket", "Object7up", "Proto", "StringRecord", "AddressRecord", "Object"];
        assert_eq!(types[..7], expected[..7]);
        assert_eq!(types[7..], ["ObjectRecord", "Drop", "ObjectRecord2"]);
    }

    #[test]
    fn keys_have_identifiers_of_their_own() {
        let mut taken = Taken::default();
        let names = ["class", "class_", "a-b", "a_b", "1st", "__x", ""]
            .map(|name| identifier(name, |it| it == "class", &mut taken));
        assert_eq!(names, ["class_", "class_2", "a_b", "a_b_2", "field_1st", "field_x", "field"]);
    }

    #[test]
    fn quoted_text_is_ascii() {
        // Printed by JSON.stringify, with what is not ASCII escaped.
        assert_eq!(quoted("a\"b\\c\n\u{2028}`${é}*/\u{1f980}"), r#""a\"b\\c\u000a\u2028`${\u00e9}*/\ud83e\udd80""#);
        // Printed by Python's ascii(), with single quotes and the short escapes changed.
        assert_eq!(quoted_in_python("a\"\n\u{e9}\u{1f980}"), r#""a\"\U0000000a\U000000e9\U0001f980""#);
    }
}
