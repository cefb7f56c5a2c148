//! The default of an option, as each language writes it.

use std::time::Duration;

use super::Language;

pub(super) enum Value {
    Time(Duration, &'static str),
    Text(String),
    /// As Rust names it.
    Choice(String),
    /// In words, for each language.
    Words([&'static str; 3]),
}

impl Value {
    pub(super) fn text(&self, language: Language) -> String {
        match (self, language) {
            (Self::Words(words), _) => words[language as usize].to_owned(),
            (Self::Text(text), _) if text.parse::<u64>().is_ok() => format!("`{}`", grouped(text)),
            (Self::Choice(name), Language::Rust) => format!("`{name}`"),
            (Self::Choice(name), _) => format!("`{:?}`", name.to_lowercase()),
            (Self::Text(text), _) => format!("`{text:?}`"),
            (Self::Time(time, "ms"), Language::JavaScript) => format!("`{}`", grouped(&time.as_millis().to_string())),
            (Self::Time(time, _), Language::JavaScript) => format!("`{}`", grouped(&time.as_secs().to_string())),
            (Self::Time(time, _), Language::Python) => {
                let (count, unit) = counted(*time);
                format!("`timedelta({unit}s={count})`")
            }
            (Self::Time(time, _), Language::Rust) => in_words(*time),
        }
    }
}

pub(super) fn in_words(time: Duration) -> String {
    let (count, unit) = counted(time);
    if count == 1 { format!("one {unit}") } else { format!("{count} {unit}s") }
}

/// In the greatest unit in which it is a whole number.
fn counted(time: Duration) -> (u64, &'static str) {
    let seconds = time.as_secs();
    [(86_400, "day"), (3_600, "hour"), (60, "minute")]
        .into_iter()
        .find(|(unit, _)| seconds % unit == 0)
        .map_or((seconds, "second"), |(unit, name)| (seconds / unit, name))
}

/// As literals of all three languages may be written.
fn grouped(digits: &str) -> String {
    let from_end = |place: usize| digits.len() - place;
    digits.char_indices().fold(String::new(), |text, (place, digit)| {
        let gap = if place > 0 && from_end(place) % 3 == 0 { "_" } else { "" };
        format!("{text}{gap}{digit}")
    })
}
