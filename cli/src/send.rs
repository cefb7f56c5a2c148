//! `twenty-webhook send`.

use std::iter;

use twenty_webhook::{PayloadForm, Timestamp, Webhook, canonicalize};

use crate::{
    arguments::SendArguments,
    failure::Failure,
    moments,
    output::Output,
    payload::Payload,
    request::Header,
    sending::{self, Post},
    sign, webhook,
};

pub(crate) fn run(arguments: &SendArguments, output: &mut Output) -> Result<(), Failure> {
    let server = sending::receiver(&arguments.sending.to)?;
    let webhook = if arguments.unsigned { None } else { Some(webhook::agreed(&arguments.webhook)?) };
    let payload = Payload::of(&arguments.event, &arguments.sending.to, &arguments.set)?;
    // What cannot be signed is said before anything is sent.
    post(arguments, webhook.as_ref(), &payload)?;

    let repeat = usize::try_from(arguments.repeat).unwrap_or(usize::MAX);
    let posts = iter::repeat_with(|| post(arguments, webhook.as_ref(), &payload)).take(repeat);
    sending::run(posts, &arguments.sending, &server, output)
}

fn post(arguments: &SendArguments, webhook: Option<&Webhook>, payload: &Payload<'_>) -> anyhow::Result<Post> {
    let name = arguments.event.clone();
    let mut body = payload.bytes()?;
    let mut headers = Vec::new();
    if let Some(webhook) = webhook {
        if webhook.options().payload_form() == PayloadForm::Canonical {
            body = canonicalize(&body)?.into_bytes();
        }
        headers = signed(webhook, &body, arguments.skew.unwrap_or_default())?;
    }
    if arguments.tamper {
        tamper(&mut body);
    }
    Ok(Post { name, headers, body })
}

/// The three headers, for a time so far from now.
pub(crate) fn signed(webhook: &Webhook, body: &[u8], skew: i64) -> anyhow::Result<Vec<Header>> {
    let headers = webhook.sign(body, moments::moved(Timestamp::now(), skew), sign::random_nonce()?)?;
    Ok(headers.pairs().map(|(name, value)| (name.into(), value.into())).to_vec())
}

/// Still JSON, so that only the signature can tell.
fn tamper(body: &mut Vec<u8>) {
    match body.strip_suffix(b"}") {
        Some(rest) if rest.len() > 1 => *body = [rest, br#","tampered":true}"#].concat(),
        _ => body.push(b' '),
    }
}
