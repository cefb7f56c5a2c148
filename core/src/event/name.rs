//! Names of events, and the patterns they match.

use alloc::{borrow::Cow, format, string::String};

use super::Text;
use crate::canonical::canonical_contents;

/// The name of a record event, in today's form.
pub(crate) struct RecordName<'a> {
    pub(crate) whole: Text<'a>,
    pub(crate) object: Text<'a>,
    pub(crate) action: Text<'a>,
}

impl<'a> RecordName<'a> {
    /// Takes a text of two non-empty parts.
    ///
    /// It works on canonical spelling, in which a dot is a dot and a word is a word, and which loses nothing.
    pub(crate) fn read(name: &Text<'a>) -> Option<Self> {
        let contents = canonical_text(name.contents());
        let (first, second) = split(&contents)?;
        let (object, action) = if let Some(action) = todays_action(&second) {
            (first, Cow::Borrowed(action))
        } else if let Some(action) = VERBS.iter().position(|verb| **verb == first).map(|verb| ACTIONS[verb]) {
            (second, Cow::Borrowed(action))
        } else {
            (first, second)
        };
        let is_todays = contents.strip_prefix(&*object).and_then(|rest| rest.strip_prefix('.')) == Some(&*action);
        let whole = if is_todays { name.clone() } else { Text::of_contents(format!("{object}.{action}").into()) };
        Some(Self { whole, object: Text::of_contents(object), action: Text::of_contents(action) })
    }
}

/// The last part of any name.
pub(crate) fn last_part<'a>(name: &Text<'a>) -> Option<Text<'a>> {
    let contents = canonical_text(name.contents());
    let last = match contents {
        Cow::Borrowed(contents) => Cow::Borrowed(contents.rsplit('.').next()?),
        Cow::Owned(contents) => Cow::Owned(contents.rsplit('.').next()?.into()),
    };
    if last.is_empty() { None } else { Some(Text::of_contents(last)) }
}

/// Whether some event can match it, as [`Event::matches`](super::Event::matches) has it: what cannot is a spelling mistake.
///
/// # Example
///
/// ```
/// use twenty_webhook::is_pattern;
///
/// assert!(["person.created", "*.deleted", "*.*", "metadata.*.*"].into_iter().all(is_pattern));
/// assert!(!["*", "person", "person.", "a.b.c", "metadata.*.*.*"].into_iter().any(is_pattern));
/// ```
pub fn is_pattern(pattern: &str) -> bool {
    let is_metadata = three_parts(pattern).is_some_and(|[first, ..]| first == "metadata");
    pattern.split('.').all(|part| !part.is_empty()) && (is_metadata || pattern.split('.').count() == 2)
}

pub(crate) fn record_matches(name: &str, pattern: &str) -> bool {
    match (name.split_once('.'), pattern.split_once('.')) {
        (Some((object, action)), Some((objects, actions))) => is_part(object, objects) && is_part(action, actions),
        _ => false,
    }
}

/// `*.*` is the subscription that receives everything, so it receives these too.
pub(crate) fn metadata_matches(name: Option<&str>, pattern: &str) -> bool {
    if pattern == "*.*" {
        return true;
    }
    let Some([metadata, metadata_name, operation]) = name.and_then(three_parts) else { return false };
    three_parts(pattern).is_some_and(|[first, names, operations]| {
        metadata == "metadata" && first == metadata && is_part(metadata_name, names) && is_part(operation, operations)
    })
}

/// A pattern that [`is_pattern`].
#[derive(Clone, Copy)]
pub(crate) struct Pattern<'p>(pub(crate) &'p str);

impl Pattern<'_> {
    /// Whether it matches whatever the other one matches.
    pub(crate) fn covers(self, other: Self) -> bool {
        let part_by_part = self.0.split('.').count() == other.0.split('.').count()
            && self.0.split('.').zip(other.0.split('.')).all(|(mine, others)| is_part(others, mine));
        part_by_part || self.0 == "*.*"
    }
}

/// The action meant by a pattern that names one no version of the sender has: in quotes, or all of them where none is near.
pub(crate) fn nearest_action(pattern: &str) -> Option<String> {
    let (_, action) = pattern.rsplit_once('.')?;
    if action == "*" || ACTIONS.contains(&action) {
        return None;
    }
    let mut nearest = ("", LIKENESS); // with as many letters
    for known in ACTIONS {
        let same =
            known.bytes().zip(action.bytes()).take_while(|(one, other)| *one == other.to_ascii_lowercase()).count();
        if same >= nearest.1 {
            nearest = (known, same);
        }
    }
    Some(match nearest {
        ("", _) => "one of created, updated, deleted, destroyed, restored, upserted".into(),
        (known, _) => format!("\"{known}\""),
    })
}

/// What is likely wrong with the object of a pattern of records, as a sentence.
pub(crate) fn unsent_object(pattern: &str) -> Option<String> {
    let (object, action) = pattern.split_once('.').filter(|(_, action)| !action.contains('.'))?;
    if object == "metadata" {
        return Some(format!(
            "\"{pattern}\" is for records of an object named metadata: write \"metadata.*.*\" for changes of the workspace itself."
        ));
    }
    if object == "timelineActivity" {
        return Some(format!("Twenty sends no events of timelineActivity, so \"{pattern}\" matches none."));
    }
    let (initial, rest) =
        object.split_at_checked(1).filter(|(initial, _)| initial.as_bytes()[0].is_ascii_uppercase())?;
    let small = initial.to_ascii_lowercase();
    Some(format!(
        "Twenty names no object with a capital first letter as in \"{pattern}\": write \"{small}{rest}.{action}\"."
    ))
}

/// Letters that two words begin with, if one may be meant by the other.
const LIKENESS: usize = 3;

fn is_part(part: &str, pattern: &str) -> bool {
    pattern == "*" || pattern == part
}

fn three_parts(name: &str) -> Option<[&str; 3]> {
    let mut parts = name.split('.');
    let three = [parts.next()?, parts.next()?, parts.next()?];
    if parts.next().is_none() { Some(three) } else { None }
}

fn canonical_text<'a>(contents: &Cow<'a, str>) -> Cow<'a, str> {
    match contents {
        Cow::Borrowed(contents) => canonical_contents(contents),
        Cow::Owned(contents) => Cow::Owned(canonical_contents(contents).into_owned()),
    }
}

fn split<'a>(contents: &Cow<'a, str>) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
    fn two_parts(contents: &str) -> Option<(&str, &str)> {
        contents.split_once('.').filter(|(one, other)| !one.is_empty() && !other.is_empty() && !other.contains('.'))
    }
    match contents {
        Cow::Borrowed(contents) => two_parts(contents).map(|(one, other)| (one.into(), other.into())),
        Cow::Owned(contents) => {
            two_parts(contents).map(|(one, other)| (Cow::Owned(one.into()), Cow::Owned(other.into())))
        }
    }
}

/// Today's word for an action as sent today, in upper case (three days of 2025), or as a bare verb (before 2024-11).
fn todays_action(word: &str) -> Option<&'static str> {
    ACTIONS
        .into_iter()
        .zip(VERBS)
        .find(|(action, verb)| word == *action || word == *verb || is_upper_case_of(word, action))
        .map(|(action, _)| action)
}

fn is_upper_case_of(word: &str, action: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase()) && word.eq_ignore_ascii_case(action)
}

const ACTIONS: [&str; 6] = ["created", "updated", "deleted", "destroyed", "restored", "upserted"];

/// In the order of [`ACTIONS`].
const VERBS: [&str; 6] = ["create", "update", "delete", "destroy", "restore", "upsert"];
