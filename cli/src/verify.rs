//! `twenty-webhook verify`.

use anyhow::Context as _;
use serde::Serialize;
use serde_json::value::RawValue;
use twenty_webhook::{Code, Delivery, Timestamp, diagnose::CapturedRequest};

use crate::{
    arguments::VerifyArguments, event_text, failure::Failure, input, json_text, output::Output, request, surplus,
    webhook,
};

pub(crate) fn run(arguments: &VerifyArguments, output: &mut Output) -> Result<(), Failure> {
    let webhook = webhook::receiving(&arguments.webhook, &arguments.receiving)?;
    let most = webhook.options().max_body_bytes() as u64;
    let CapturedRequest { headers, body, received_at, .. } = request(arguments, most)?;
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

/// What arrived, with at most so many bytes of a body.
pub(crate) fn request(arguments: &VerifyArguments, most: u64) -> anyhow::Result<CapturedRequest> {
    request::only(requests(arguments, most)?, arguments.named())
}

/// The same, of several if one file holds them. Without headers nothing is authentic, so a body that comes alone may be whole
/// requests.
pub(crate) fn requests(arguments: &VerifyArguments, most: u64) -> anyhow::Result<Vec<CapturedRequest>> {
    let given = arguments.headers_file.as_deref().map(request::read_all).transpose()?;
    if given.is_none() && arguments.headers.is_empty() {
        let bytes = input::read_until_over(arguments.body.as_deref(), request::MOST_BYTES)?;
        let mut whole = request::whole(&bytes)?;
        if whole.is_empty() {
            whole.push(CapturedRequest::default());
            whole[0].body = Some(bytes);
        }
        return Ok(whole);
    }
    let requests = given.unwrap_or_else(|| vec![CapturedRequest::default()]);
    if requests.len() > 1 && arguments.headers.is_empty() && arguments.body.is_none() {
        return Ok(requests);
    }
    let mut request = request::only(requests, arguments.named())?;
    for line in &arguments.headers {
        request.push_header_line(line.as_encoded_bytes())?;
    }
    if arguments.body.is_some() || request.body.is_none() {
        let body = input::read_until_over(arguments.body.as_deref(), most)?;
        // A command of curl without a body, which is a GET, was kept for its headers.
        request.method = request.method.filter(|method| body.is_empty() || method != "GET");
        request.body = Some(body);
    }
    Ok(vec![request])
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
