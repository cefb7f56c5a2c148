//! What is told of a request.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, value::RawValue};
use twenty_webhook::{
    Timestamp, Webhook,
    diagnose::{Evidence, Finding},
};
use twenty_webhook_axum::{Code, Facts, Outcome, RequestOutcome};

use super::seen::{Seen, headers, url};
use crate::{
    diagnose::{self, ToldFinding},
    json_text,
    request::Header,
    saved,
    sending::{Answered, answer_text},
    terminal::visible,
};

pub(super) struct Line {
    received_at: Timestamp,
    method: String,
    path: String,
    url: String,
    headers: Vec<Header>,
    body: Option<Vec<u8>>,
    outcome: Outcome,
    millis: u128,
    facts: Option<Facts>,
    event: Option<String>,
    answered: Option<Answered>,
    reason: Option<String>,
    /// Of one that was diagnosed.
    findings: Option<Vec<Finding>>,
}

impl Line {
    pub(super) fn of(told: &RequestOutcome<'_>) -> Self {
        let mut line = Self {
            received_at: Timestamp::now(),
            method: told.head.method.to_string(),
            path: told.head.uri.path().to_owned(),
            url: url(told.head),
            headers: headers(told.head),
            body: None,
            outcome: told.outcome,
            millis: told.duration.as_millis(),
            facts: told.facts.cloned(),
            event: None,
            answered: None,
            reason: None,
            findings: None,
        };
        Seen::with(told.head, |seen| {
            line.received_at = seen.received_at;
            line.body = seen.body.take();
            line.event = seen.event.take();
            line.answered = seen.answered.take();
            line.reason = seen.reason.take();
        });
        line
    }

    /// Finds out why it was refused, if it was, and if its body is here and not large.
    pub(super) fn diagnose(&mut self, webhook: &Webhook) {
        let body = self.body.as_deref().filter(|body| body.len() <= MOST_DIAGNOSED);
        if let (Outcome::Refused(_), Some(body)) = (self.outcome, body) {
            let evidence = Evidence::of(webhook, &self.headers, body, self.received_at);
            let diagnosis = evidence.method(&self.method).url(&self.url).diagnose();
            self.findings = Some(diagnosis.findings().to_vec());
        }
    }

    fn word(&self) -> &'static str {
        self.outcome.code().map_or(self.outcome.as_str(), Code::as_str)
    }

    fn name(&self) -> Option<&str> {
        self.facts.as_ref()?.name.as_deref()
    }

    pub(super) fn save(&self, folder: &Path, number: u64) -> anyhow::Result<PathBuf> {
        let words = self.name().unwrap_or_else(|| self.word());
        saved::write(folder, (self.received_at, number, words), &self.method, &self.headers, self.body.as_deref())
    }

    pub(super) fn text(&self, saved: Option<&Path>, is_full: bool) -> String {
        let (status, word) = (self.outcome.status(), self.word());
        let what = match &self.facts {
            Some(facts) => {
                let record = facts.record_id.as_deref().map(|id| format!(" of {id}")).unwrap_or_default();
                format!("{}{record}", facts.name.as_deref().unwrap_or("an event that is not known"))
            }
            None => format!("{} {}", self.method, self.path),
        };
        let reason = self.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
        let head = format!("{} {status} {word} {what} in {} ms{reason}", self.received_at, self.millis);
        let mut lines = vec![visible(&head)];
        match self.answered.as_ref().map(|answered| (answered, &answered.answer)) {
            Some((answered, Ok(answer))) => {
                lines.extend(answer_text::of(answered, answer, true).lines().map(|line| format!("  {line}")));
            }
            Some((answered, Err(reason))) => {
                lines.push(visible(&format!("  no answer from {}: {reason}", answered.name)));
            }
            None => {}
        }
        for finding in self.findings.iter().flatten() {
            lines.extend(diagnose::paragraph(finding, "").lines().map(|line| format!("  {line}")));
        }
        lines.extend(saved.map(|file| visible(&format!("  saved as {}", file.display()))));
        if let Some(event) = self.event.as_deref().filter(|_| is_full) {
            lines.push(format!("  {}", json_text::indented(&json_text::for_people(event), 1)));
        }
        lines.join("\n") + "\n"
    }

    pub(super) fn json(&self, saved: Option<&Path>) -> anyhow::Result<String> {
        let event = self.event.as_deref().map(|event| RawValue::from_string(json_text::compact(event))).transpose()?;
        Ok(serde_json::to_string(&Told {
            received_at: self.received_at.to_string(),
            method: &self.method,
            path: &self.path,
            outcome: self.outcome.as_str(),
            status: self.outcome.status(),
            code: self.outcome.code().map(Code::as_str),
            reason: self.reason.as_deref(),
            findings: self.findings.as_ref().map(|findings| findings.iter().map(ToldFinding::from).collect()),
            milliseconds: self.millis,
            id: self.facts.as_ref().map(|facts| facts.id.as_str().to_owned()),
            name: self.name(),
            answer: self.answered.as_ref().map(answer_text::json),
            saved: saved.map(|file| file.display().to_string()),
            event,
        })?)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'l> {
    received_at: String,
    method: &'l str,
    path: &'l str,
    outcome: &'static str,
    status: u16,
    code: Option<&'static str>,
    reason: Option<&'l str>,
    /// Of one that was diagnosed.
    findings: Option<Vec<ToldFinding>>,
    milliseconds: u128,
    id: Option<String>,
    name: Option<&'l str>,
    /// Of where it was forwarded to.
    answer: Option<Value>,
    saved: Option<String>,
    event: Option<Box<RawValue>>,
}

/// Bytes of a body, whose diagnosis takes a third of a second.
const MOST_DIAGNOSED: usize = 1024 * 1024;
