//! `twenty-webhook verify`.

use anyhow::Context as _;
use serde::Serialize;
use serde_json::value::RawValue;
use twenty_webhook::{Delivery, Timestamp, VerifyError};

use crate::{
    arguments::VerifyArguments,
    event_text,
    failure::Failure,
    header_lines::{self, Header},
    input, json_text,
    output::Output,
    webhook,
};

pub(crate) fn run(arguments: &VerifyArguments, output: &mut Output) -> Result<(), Failure> {
    let webhook = webhook::receiving(arguments)?;
    let headers = headers(arguments)?;
    let body = input::read_until_over(arguments.body.as_deref(), webhook.options().max_body_bytes() as u64)?;
    let now = arguments.now.unwrap_or_else(Timestamp::now);

    let verdict = webhook.verify(&body, &headers, now);
    if arguments.json {
        output.print_json(&verdict_json(&verdict).context("cannot print the verdict as JSON")?)?;
    } else if let Ok(delivery) = &verdict {
        output.print(&event_text::describe(delivery))?;
    }
    verdict?;
    Ok(())
}

pub(crate) fn headers(arguments: &VerifyArguments) -> anyhow::Result<Vec<Header>> {
    let mut headers = arguments.headers_file.as_deref().map_or_else(|| Ok(Vec::new()), header_lines::from_file)?;
    for line in &arguments.headers {
        headers.push(header_lines::parse(line.as_encoded_bytes())?);
    }
    Ok(headers)
}

fn verdict_json(verdict: &Result<Delivery<'_>, VerifyError>) -> serde_json::Result<String> {
    serde_json::to_string(&match verdict {
        Ok(delivery) => Verdict::Authentic {
            id: delivery.id().as_str().to_owned(),
            timestamp: delivery.timestamp().unix_millis(),
            nonce: delivery.nonce(),
            secret_index: delivery.secret_index(),
            event: RawValue::from_string(json_text::compact(&delivery.event().to_json()))?,
        },
        Err(error) => {
            Verdict::Refused { code: error.code().as_str(), status: error.status(), reason: error.to_string() }
        }
    })
}

#[derive(Serialize)]
#[serde(tag = "verdict", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Verdict<'d> {
    Authentic {
        id: String,
        timestamp: u64,
        nonce: Option<&'d str>,
        secret_index: usize,
        /// The payload's own slices: no number, key or lone surrogate is read and printed again.
        event: Box<RawValue>,
    },
    Refused {
        code: &'static str,
        status: u16,
        reason: String,
    },
}
