//! `twenty-webhook diagnose`.

use anyhow::Context as _;
use serde::Serialize;
use twenty_webhook::{
    Timestamp,
    diagnose::{CapturedRequest, Diagnosis, Evidence, Finding},
};

use crate::{arguments::DiagnoseArguments, failure::Failure, output::Output, request, secrets, verify, webhook};

pub(crate) fn run(arguments: &DiagnoseArguments, output: &mut Output) -> Result<(), Failure> {
    let delivery = &arguments.delivery;
    let options = webhook::options(&delivery.webhook, &delivery.receiving)?;
    let current = secrets::current_text(delivery.webhook.secret_file.as_deref())?;
    let previous = texts(&delivery.receiving.previous_secret_file)?;
    let others = texts(&arguments.other_secret_file)?;
    let CapturedRequest { headers, body, received_at, method, url, .. } =
        verify::request(delivery, request::MOST_BYTES)?;
    let body = body.unwrap_or_default();
    let now = delivery.now.or(received_at).unwrap_or_else(Timestamp::now);

    let secrets: Vec<_> = [&current].into_iter().chain(&previous).map(Vec::as_slice).collect();
    let others: Vec<_> = others.iter().map(Vec::as_slice).collect();
    let mut evidence = Evidence::new(&secrets, &headers, &body, now).others(&others).options(options);
    if let Some(method) = arguments.method.as_ref().or(method.as_ref()) {
        evidence = evidence.method(method);
    }
    if let Some(url) = arguments.url.as_ref().or(url.as_ref()) {
        evidence = evidence.url(url);
    }
    let diagnosis = evidence.diagnose();
    if delivery.json {
        output.print_json(&serde_json::to_string(&told(&diagnosis)).context("cannot print the findings as JSON")?)?;
    } else {
        output.print(&text(&diagnosis))?;
    }
    match diagnosis.verdict() {
        None => Ok(()),
        Some(code) => Err(Failure::Refused { code, reason: code.meaning().to_owned() }),
    }
}

fn texts(files: &[std::path::PathBuf]) -> anyhow::Result<Vec<Vec<u8>>> {
    files.iter().map(|file| secrets::text_of(file)).collect()
}

fn text(diagnosis: &Diagnosis) -> String {
    if diagnosis.verdict().is_none() {
        return "authentic\n".to_owned();
    }
    let mut text: String = diagnosis.findings().iter().map(paragraph).collect();
    if !diagnosis.is_complete() {
        text.push_str("Not everything was tried: the body is too large.\n");
    }
    text
}

fn paragraph(finding: &Finding) -> String {
    let (cause, certainty) = (finding.cause(), finding.certainty());
    format!("{cause} ({certainty})\n  {}\n  {}\n", finding.explanation(), finding.remedy())
}

fn told(diagnosis: &Diagnosis) -> Told {
    let findings = diagnosis.findings().iter().map(|finding| ToldFinding {
        code: finding.cause().as_str(),
        cause: finding.explanation(),
        remedy: finding.remedy(),
        certainty: finding.certainty().as_str(),
    });
    let findings = findings.collect();
    match diagnosis.verdict() {
        None => Told::Authentic { findings },
        Some(code) => Told::Refused { code: code.as_str(), complete: diagnosis.is_complete(), findings },
    }
}

#[derive(Serialize)]
#[serde(tag = "verdict", rename_all = "camelCase")]
enum Told {
    Authentic { findings: Vec<ToldFinding> },
    Refused { code: &'static str, complete: bool, findings: Vec<ToldFinding> },
}

#[derive(Serialize)]
struct ToldFinding {
    code: &'static str,
    cause: String,
    remedy: &'static str,
    certainty: &'static str,
}
