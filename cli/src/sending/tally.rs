//! What is shown of answers, and what they come to.

use std::{collections::BTreeMap, time::Duration};

use anyhow::anyhow;
use serde_json::{Map, Value};

use super::{
    answer::{Answer, Answered},
    warn,
};
use crate::{
    failure::Failure,
    http_client::Server,
    json_text,
    output::Output,
    terminal::{visible, without_query},
};

#[derive(Default)]
pub(super) struct Tally {
    statuses: BTreeMap<u16, usize>,
    durations: Vec<Duration>,
    /// Of those that were not answered, and why the first was not.
    unanswered: usize,
    reason: Option<String>,
    not_taken: usize,
    last_body: Option<Vec<u8>>,
}

impl Tally {
    pub(super) fn show(
        &mut self,
        it: &Answered,
        server: &Server,
        as_json: bool,
        output: &mut Output,
    ) -> anyhow::Result<()> {
        match &it.answer {
            Ok(answer) => {
                *self.statuses.entry(answer.status.as_u16()).or_default() += 1;
                self.not_taken += usize::from(!answer.status.is_success());
                self.durations.push(it.duration);
            }
            Err(reason) => {
                self.unanswered += 1;
                let reason = format!("no answer from {}: {reason}", server.shown());
                // If it is in vain, that is said at the end.
                if !as_json && !self.is_in_vain() {
                    warn(&format!("{}: {reason}", it.name));
                }
                self.reason.get_or_insert(reason);
            }
        }
        match &it.answer {
            _ if as_json => output.print_json(&line_of_json(it)),
            Ok(answer) => output.print(&self.text(it, answer)),
            Err(_) => Ok(()),
        }
    }

    fn text(&mut self, it: &Answered, answer: &Answer) -> String {
        let mut lines = vec![format!("{} in {} ms: {}", answer.status, it.duration.as_millis(), visible(&it.name))];
        if let Some(location) = answer.location.as_deref().filter(|_| answer.status.is_redirection()) {
            let location = visible(&without_query(location));
            lines.push(format!("  It is a redirect to {location}: give Twenty the address that it leads to."));
        }
        if it.duration > PATIENCE {
            lines.push("  Twenty waits for 5 s only, and does not send it again.".to_owned());
        }
        // A hundred answers that are the same are read once.
        if !answer.body.is_empty() && self.last_body.as_ref() != Some(&answer.body) {
            lines.extend(shown(&answer.body).lines().map(|line| format!("  {line}")));
        }
        self.last_body = Some(answer.body.clone());
        lines.join("\n") + "\n"
    }

    /// Whether nothing was answered at all.
    pub(super) fn is_in_vain(&self) -> bool {
        self.unanswered > 0 && self.durations.is_empty()
    }

    pub(super) fn end(mut self, server: &Server, as_json: bool, output: &mut Output) -> Result<(), Failure> {
        if self.is_in_vain() {
            return Err(anyhow!(self.reason.unwrap_or_default()).into());
        }
        let all = self.durations.len() + self.unanswered;
        self.durations.sort();
        if let (false, 2.., Some(middle), Some(longest)) =
            (as_json, all, self.durations.get(self.durations.len() / 2), self.durations.last())
        {
            let statuses: Vec<_> = self.statuses.iter().map(|(status, count)| format!("{count} × {status}")).collect();
            let unanswered =
                if self.unanswered > 0 { format!(", {} without an answer", self.unanswered) } else { String::new() };
            output.print(&format!(
                "{all} deliveries to {}: {}{unanswered}; {} ms as a rule, {} ms at most\n",
                visible(&server.shown()),
                statuses.join(", "),
                middle.as_millis(),
                longest.as_millis()
            ))?;
        }
        match self.not_taken + self.unanswered {
            0 => Ok(()),
            count => Err(Failure::NotTaken { count, all }),
        }
    }
}

/// After which the sender gives up.
const PATIENCE: Duration = Duration::from_secs(5);

fn line_of_json(it: &Answered) -> String {
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
    Value::Object(line).to_string()
}

fn shown(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
        return json_text::indented(&json_text::for_people(&text), 0);
    }
    let lines: Vec<_> = text.trim_end().lines().map(visible).collect();
    lines.join("\n")
}
