//! Characters that nobody sees, which come along when a text is copied.

/// Whether a text begins or ends with one. A variation selector at the end belongs to the character before it, as in an emoji.
pub(super) fn is_at_an_end_of(text: &str) -> bool {
    let mut backwards = text.chars().rev();
    let ends_so = match (backwards.next(), backwards.next()) {
        (Some(selector), Some(varied)) if is_variation_selector(selector) => varied.is_ascii() || is_invisible(varied),
        (Some(last), _) => is_invisible(last),
        (None, _) => false,
    };
    ends_so || text.starts_with(is_invisible)
}

pub(crate) fn is_invisible(character: char) -> bool {
    let after = RANGES.partition_point(|(first, _)| *first <= character);
    let is_listed = after.checked_sub(1).is_some_and(|at| character <= RANGES[at].1);
    character.is_control() || is_listed
}

const fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Unicode 17: `General_Category=Format`, `Default_Ignorable_Code_Point`, and U+FFFD, which stands where something could not
/// be read.
const RANGES: [(char, char); 25] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{fffd}', '\u{fffd}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];
