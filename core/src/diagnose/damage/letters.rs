//! Question marks where letters were.

use crate::diagnose::spelling::{self, Part};

/// Whether one of the strings has a question mark where nobody types one, as far as can be told.
pub(super) fn may_be_lost(text: &str) -> bool {
    let (mut name, mut is_value) = ("", false);
    spelling::parts(text).any(|part| match part {
        Part::Outside(outside) => {
            is_value = outside.trim_end().ends_with(':');
            false
        }
        Part::String(string) => {
            let string = string.trim_matches('"');
            if !is_value {
                name = string;
            }
            is_lost(string, is_value && is_of_person_or_place(name))
        }
    })
}

/// Addresses have question marks, too.
fn is_lost(string: &str, is_name: bool) -> bool {
    if !string.contains('?') || string.contains(['/', '=']) {
        return false;
    }
    let is_all_marks = string.contains("??") && !string.contains(char::is_alphanumeric);
    is_all_marks || is_name || string.split_whitespace().any(is_in_word)
}

/// Before a letter of the word.
fn is_in_word(word: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
    word.match_indices('?').any(|(at, _)| {
        let (before, after) = (word[..at].chars().next_back(), word[at + 1..].chars().next());
        is_letter(after) && (before.is_none() || is_letter(before))
    })
}

/// Which are no questions, so that a question mark may stand at the end.
fn is_of_person_or_place(name: &str) -> bool {
    NAMES.iter().any(|known| name.ends_with(known))
}

const NAMES: [&str; 6] = ["firstName", "lastName", "City", "city", "Street1", "Country"];
