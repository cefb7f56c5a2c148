//! `twenty-webhook sign`.

use std::fmt::Write as _;

use anyhow::Context as _;
use serde_json::{Map, Value};
use twenty_webhook::{Nonce, SignedHeaders, Timestamp};

use crate::{arguments::SignArguments, failure::Failure, input, output::Output, webhook};

pub(crate) fn run(arguments: &SignArguments, output: &mut Output) -> Result<(), Failure> {
    let webhook = webhook::agreed(&arguments.webhook)?;
    let payload = input::read(arguments.payload.as_deref())?;
    let timestamp = arguments.timestamp.unwrap_or_else(Timestamp::now);
    let nonce = arguments.nonce.map_or_else(random_nonce, Ok)?;

    let headers = webhook.sign(&payload, timestamp, nonce)?;
    if arguments.json {
        output.print_json(&json(&headers))?;
    } else {
        output.print(&lines(&headers))?;
    }
    Ok(())
}

pub(crate) fn random_nonce() -> anyhow::Result<Nonce> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).context("the system's random source failed")?;
    Ok(Nonce::from_bytes(random))
}

fn lines(headers: &SignedHeaders) -> String {
    headers.pairs().into_iter().fold(String::new(), |mut lines, (name, value)| {
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{name}: {value}");
        lines
    })
}

fn json(headers: &SignedHeaders) -> String {
    let members: Map<_, _> =
        headers.pairs().into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
    Value::Object(members).to_string()
}
