//! Findings, as people and programs read them.

use serde::Serialize;
use twenty_webhook::diagnose::{CauseCount, Diagnosis, Finding, SetDiagnosis};

use crate::terminal::visible;

pub(super) fn text(diagnosis: &Diagnosis) -> String {
    if diagnosis.verdict().is_none() {
        return "authentic\n".to_owned();
    }
    let mut text: String = diagnosis.findings().iter().map(|finding| paragraph(finding, "")).collect();
    if !diagnosis.is_complete() {
        text.push_str("Not everything was tried: the body is too large.\n");
    }
    text
}

/// With a word on how often it was found.
pub(crate) fn paragraph(finding: &Finding, how_often: &str) -> String {
    let (cause, certainty) = (finding.cause(), finding.certainty());
    format!("{cause} ({certainty}){how_often}\n  {}\n  {}\n", visible(&finding.explanation()), finding.remedy())
}

pub(super) fn text_of_set(told: &SetDiagnosis, left_out: usize) -> String {
    let (all, authentic, refused) = (told.deliveries(), told.authentic(), told.refused());
    let left_out = if left_out > 0 { format!(", {left_out} files left out") } else { String::new() };
    let deliveries = if all == 1 { "delivery" } else { "deliveries" };
    let mut text = format!("{all} {deliveries}: {authentic} authentic, {refused} refused{left_out}\n");
    let how_often =
        |cause: &CauseCount| format!(": {} of {refused} refused, such as {}", cause.count(), visible(cause.example()));
    for finding in told.findings() {
        let count = told.causes().iter().find(|cause| cause.finding().cause() == finding.cause());
        text += &paragraph(finding, &count.map(how_often).unwrap_or_default());
    }
    for cause in told.causes() {
        if told.findings().iter().all(|finding| finding.cause() != cause.finding().cause()) {
            text += &paragraph(cause.finding(), &how_often(cause));
        }
    }
    if told.searched() < refused {
        let searched = told.searched();
        let sentence =
            format!("{searched} of the refused were searched for every mistake; the others look like these.\n");
        text.push_str(&sentence);
    }
    text
}

pub(super) fn json(diagnosis: &Diagnosis) -> serde_json::Result<String> {
    let findings = diagnosis.findings().iter().map(ToldFinding::from).collect();
    serde_json::to_string(&match diagnosis.verdict() {
        None => Told::Authentic { findings },
        Some(code) => Told::Refused { code: code.as_str(), complete: diagnosis.is_complete(), findings },
    })
}

#[derive(Serialize)]
#[serde(tag = "verdict", rename_all = "camelCase")]
enum Told {
    Authentic { findings: Vec<ToldFinding> },
    Refused { code: &'static str, complete: bool, findings: Vec<ToldFinding> },
}

#[derive(Debug, Serialize)]
pub(crate) struct ToldFinding {
    code: &'static str,
    cause: String,
    remedy: &'static str,
    certainty: &'static str,
}

impl From<&Finding> for ToldFinding {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.cause().as_str(),
            cause: finding.explanation(),
            remedy: finding.remedy(),
            certainty: finding.certainty().as_str(),
        }
    }
}

pub(super) fn json_of_set(told: &SetDiagnosis, left_out: usize) -> serde_json::Result<String> {
    let cause = |cause: &CauseCount| ToldCause {
        finding: ToldFinding::from(cause.finding()),
        count: cause.count(),
        example: cause.example().to_owned(),
    };
    serde_json::to_string(&ToldSet {
        deliveries: told.deliveries(),
        authentic: told.authentic(),
        refused: told.refused(),
        searched: told.searched(),
        left_out,
        findings: told.findings().iter().map(ToldFinding::from).collect(),
        causes: told.causes().iter().map(cause).collect(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToldSet {
    deliveries: u64,
    authentic: u64,
    refused: u64,
    searched: u64,
    left_out: usize,
    findings: Vec<ToldFinding>,
    causes: Vec<ToldCause>,
}

#[derive(Serialize)]
struct ToldCause {
    #[serde(flatten)]
    finding: ToldFinding,
    count: u64,
    example: String,
}
