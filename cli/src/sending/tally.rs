//! What is shown of answers, and what they come to.

use std::{collections::BTreeMap, time::Duration};

use anyhow::anyhow;

use super::{
    answer::{Answer, Answered},
    answer_text, warn,
};
use crate::{failure::Failure, http_client::Server, output::Output, terminal::visible};

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
            _ if as_json => output.print_json(&answer_text::json(it).to_string()),
            Ok(answer) => output.print(&self.text(it, answer)),
            Err(_) => Ok(()),
        }
    }

    /// A hundred answers that are the same are read once.
    fn text(&mut self, it: &Answered, answer: &Answer) -> String {
        let is_news = self.last_body.as_ref() != Some(&answer.body);
        self.last_body = Some(answer.body.clone());
        answer_text::of(it, answer, is_news)
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
                "{all} deliveries to {}: {}{unanswered}; half of them within {} ms, all within {} ms\n",
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
