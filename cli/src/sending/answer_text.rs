//! An answer as people and programs read it.

use std::time::Duration;

use serde_json::{Map, Value};

use super::answer::{Answer, Answered};
use crate::{
    json_text,
    terminal::{visible, without_query},
};

/// Its status, how long it took, and the body, if that is news.
pub(crate) fn of(it: &Answered, answer: &Answer, is_news: bool) -> String {
    let mut lines = vec![format!("{} in {} ms: {}", answer.status, it.duration.as_millis(), visible(&it.name))];
    if let Some(location) = answer.location.as_deref().filter(|_| answer.status.is_redirection()) {
        let location = visible(&without_query(location));
        lines.push(format!("  It is a redirect to {location}: give Twenty the address that it leads to."));
    }
    if it.duration > PATIENCE {
        lines.push("  Twenty waits for 5 s only, and does not send it again.".to_owned());
    }
    if is_news && !answer.body.is_empty() {
        lines.extend(shown(&answer.body).lines().map(|line| format!("  {line}")));
    }
    lines.join("\n") + "\n"
}

/// After which the sender gives up.
const PATIENCE: Duration = Duration::from_secs(5);

fn shown(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
        return json_text::indented(&json_text::for_people(&text), 0);
    }
    let lines: Vec<_> = text.trim_end().lines().map(visible).collect();
    lines.join("\n")
}

pub(crate) fn json(it: &Answered) -> Value {
    let mut line = Map::new();
    line.insert("number".to_owned(), it.number.into());
    line.insert("name".to_owned(), it.name.as_str().into());
    line.insert("milliseconds".to_owned(), u64::try_from(it.duration.as_millis()).unwrap_or(u64::MAX).into());
    match &it.answer {
        Ok(answer) => {
            line.insert("status".to_owned(), answer.status.as_u16().into());
            line.insert("body".to_owned(), String::from_utf8_lossy(&answer.body).into());
            line.extend(answer.location.as_deref().map(|location| ("location".to_owned(), location.into())));
        }
        Err(reason) => drop(line.insert("error".to_owned(), reason.as_str().into())),
    }
    Value::Object(line)
}
