//! Verifies the deliveries of a file with the crate, and prints a verdict for each.
#![forbid(unsafe_code)]

use std::{env, fs};

use anyhow::Context as _;
use serde_json::{Value, json};
use twenty_webhook::{Secret, Timestamp, Webhook};

fn main() -> anyhow::Result<()> {
    let file = env::args_os().nth(1).context("no file is named")?;
    let deliveries: Vec<Value> = serde_json::from_slice(&fs::read(file)?)?;
    println!("{}", deliveries.iter().map(verify).collect::<anyhow::Result<Value>>()?);
    Ok(())
}

fn verify(delivery: &Value) -> anyhow::Result<Value> {
    let webhook = Webhook::new(Secret::from_utf8(&bytes(delivery, "secretHex")?)?);
    let headers = delivery["headers"].as_array().context("no headers")?;
    let headers = headers.iter().map(|header| Ok((bytes(header, "nameHex")?, bytes(header, "valueHex")?)));
    let headers: Vec<(Vec<u8>, Vec<u8>)> = headers.collect::<anyhow::Result<_>>()?;
    let now = Timestamp::from_unix_millis(delivery["now"].as_str().context("no time")?.parse()?);
    Ok(match webhook.verify(&bytes(delivery, "bodyHex")?, &headers, now) {
        Ok(verified) => json!({ "kind": verified.event().kind().as_str(), "eventName": verified.event().name() }),
        Err(error) => json!({ "code": error.code().as_str() }),
    })
}

fn bytes(value: &Value, member: &str) -> anyhow::Result<Vec<u8>> {
    Ok(hex::decode(value[member].as_str().with_context(|| format!("no {member}"))?)?)
}
