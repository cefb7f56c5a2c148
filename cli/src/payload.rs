//! The payload of a delivery to send: a sample, or somebody's own.

use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::{Map, Value, json};
use twenty_webhook::testing;

use crate::input;

pub(crate) enum Payload<'a> {
    Sample { name: &'a str, target_url: &'a str, changes: &'a [Change] },
    Own(Vec<u8>),
}

impl<'a> Payload<'a> {
    /// A sample if its name is one, else a file.
    pub(crate) fn of(event: &'a str, target_url: &'a str, changes: &'a [Change]) -> anyhow::Result<Self> {
        let Err(unknown) = testing::sample(event, json!({})) else {
            return Ok(Self::Sample { name: event, target_url, changes });
        };
        let file = Path::new(event);
        if event != "-" && !file.exists() {
            bail!("neither a file nor an event: {unknown}");
        }
        let bytes = input::read((event != "-").then_some(file))?;
        if changes.is_empty() {
            return Ok(Self::Own(bytes));
        }
        let payload = serde_json::from_slice(&bytes).context("the payload is not JSON, so --set cannot change it")?;
        changed(payload, changes).map(Self::Own)
    }

    /// The text to sign and send; of a sample a new one each time.
    pub(crate) fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Own(bytes) => Ok(bytes.clone()),
            Self::Sample { name, target_url, changes } => {
                changed(testing::sample(name, json!({ "targetUrl": target_url }))?, changes)
            }
        }
    }
}

fn changed(mut payload: Value, changes: &[Change]) -> anyhow::Result<Vec<u8>> {
    for change in changes {
        change.make(&mut payload)?;
    }
    Ok(testing::payload_text(&payload)?.into_bytes())
}

/// A value at a path of names and of numbers in arrays.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    path: String,
    value: Value,
}

impl Change {
    /// Reads `record.city=Berlin`. What is JSON is that value, and anything else is text.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let (path, value) = text.split_once('=').filter(|(path, _)| !path.is_empty()).context("write PATH=VALUE")?;
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        Ok(Self { path: path.to_owned(), value })
    }

    fn make(&self, payload: &mut Value) -> anyhow::Result<()> {
        let mut place = payload;
        for name in self.path.split('.') {
            if place.is_null() {
                *place = Value::Object(Map::new());
            }
            place = match place {
                Value::Object(members) => members.entry(name).or_insert(Value::Null),
                Value::Array(items) => {
                    let item = name.parse().ok().and_then(|number: usize| items.get_mut(number));
                    item.with_context(|| format!("--set {}: the array has no item {name}", self.path))?
                }
                _ => bail!("--set {}: there is no object that {name} could be in", self.path),
            };
        }
        place.clone_from(&self.value);
        Ok(())
    }
}
