//! `twenty-webhook verify`.

use anyhow::Context as _;
use serde::Serialize;
use serde_json::value::RawValue;
use twenty_webhook::{Code, Delivery, Timestamp, Webhook};

use crate::{
    arguments::VerifyArguments,
    event_text,
    failure::Failure,
    header_lines, input, json_text,
    output::Output,
    request::{self, Request},
    surplus, webhook,
};

pub(crate) fn run(arguments: &VerifyArguments, output: &mut Output) -> Result<(), Failure> {
    let webhook = webhook::receiving(&arguments.webhook, &arguments.receiving)?;
    let Request { headers, body, received_at } = request(arguments, &webhook)?;
    let body = body.unwrap_or_default();
    let now = arguments.now.or(received_at).unwrap_or_else(Timestamp::now);

    let verdict = webhook.verify(&body, &headers, now).map_err(|error| {
        let is_authentic = |body: &[u8]| webhook.verify(body, &headers, now).is_ok();
        let added = (error.code() == Code::SignatureMismatch).then(|| surplus::sentence(&body, is_authentic)).flatten();
        (error.code(), added.map_or_else(|| error.to_string(), str::to_owned))
    });
    if arguments.json {
        output.print_json(&verdict_json(&verdict).context("cannot print the verdict as JSON")?)?;
    } else if let Ok(delivery) = &verdict {
        output.print(&event_text::describe(delivery))?;
    }
    verdict.map(drop).map_err(|(code, reason)| Failure::Refused { code, reason })
}

/// What arrived. Without headers nothing is authentic, so a body that comes alone may be a whole request.
fn request(arguments: &VerifyArguments, webhook: &Webhook) -> anyhow::Result<Request> {
    let mut request = arguments.headers_file.as_deref().map(request::read).transpose()?.unwrap_or_default();
    for line in &arguments.headers {
        request.headers.push(header_lines::parse(line.as_encoded_bytes())?);
    }
    if arguments.body.is_none() && request.body.is_some() {
        return Ok(request);
    }
    let is_alone = arguments.headers_file.is_none() && arguments.headers.is_empty();
    let limit = if is_alone { request::MOST_BYTES } else { webhook.options().max_body_bytes() as u64 };
    let body = input::read_until_over(arguments.body.as_deref(), limit)?;
    let whole = if is_alone { request::whole(&body) } else { None };
    Ok(whole.unwrap_or(Request { body: Some(body), ..request }))
}

fn verdict_json(verdict: &Result<Delivery<'_>, (Code, String)>) -> serde_json::Result<String> {
    serde_json::to_string(&match verdict {
        Ok(delivery) => Verdict::Authentic {
            id: delivery.id().as_str().to_owned(),
            timestamp: delivery.timestamp().unix_millis(),
            nonce: delivery.nonce(),
            secret_index: delivery.secret_index(),
            event: RawValue::from_string(json_text::compact(&delivery.event().to_json()))?,
        },
        Err((code, reason)) => Verdict::Refused { code: code.as_str(), status: code.status(), reason },
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
        status: Option<u16>,
        reason: &'d str,
    },
}
