//! `twenty-webhook samples`.

use anyhow::Context as _;
use serde_json::{Value, json};
use twenty_webhook::testing;

use crate::{arguments::SamplesArguments, failure::Failure, output::Output};

pub(crate) fn run(arguments: &SamplesArguments, output: &mut Output) -> Result<(), Failure> {
    if let Some(name) = &arguments.name {
        let sample = testing::sample(name, json!({})).context("no such sample")?;
        return Ok(output.print_json(&testing::payload_text(&sample)?)?);
    }
    let names = names();
    if arguments.json {
        output.print_json(&Value::from(names).to_string())?;
    } else {
        output.print(&(names.join("\n") + "\n"))?;
    }
    Ok(())
}

/// Of the standard objects; `sample` knows those of every other object, too.
fn names() -> Vec<String> {
    let objects = twenty_webhook_schema::standard().objects;
    let records = objects.iter().flat_map(|object| RECORD_ACTIONS.map(|action| format!("{}.{action}", object.name)));
    let metadata = METADATA.iter().flat_map(|name| METADATA_ACTIONS.map(|action| format!("metadata.{name}.{action}")));
    records.chain(metadata).filter(|name| testing::sample(name, json!({})).is_ok()).collect()
}

const RECORD_ACTIONS: [&str; 5] = ["created", "updated", "deleted", "destroyed", "restored"];
const METADATA: [&str; 2] = ["objectMetadata", "fieldMetadata"];
const METADATA_ACTIONS: [&str; 3] = ["created", "updated", "deleted"];
