//! Requests as JSON: a saved delivery, a HAR, the event of a cloud function, the record of a request bin, or headers alone.

use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use twenty_webhook::Timestamp;

use super::{Request, dump};
use crate::{header_lines::Header, moments};

pub(super) fn requests(document: &Value) -> anyhow::Result<Vec<Request>> {
    if let Some(entries) = document.pointer("/log/entries").or_else(|| document.get("data")).and_then(Value::as_array) {
        return each(entries, |entry| !entry["request"].is_object() || entry["request"]["method"] == "POST");
    }
    match document {
        Value::Array(items) if items.iter().any(|item| pair(item).is_none()) => each(items, |_| true),
        // A HAR's entry has the time, and around the request more that is not of it.
        Value::Object(members) => match members.get("request").filter(|request| request.get("headers").is_some()) {
            Some(request) => Ok(vec![Request { received_at: received_at(document)?, ..one(request)? }]),
            None if members.contains_key("headers") || members.contains_key("multiValueHeaders") => {
                Ok(vec![one(document)?])
            }
            None => Ok(vec![Request { headers: headers(document)?, ..Request::default() }]),
        },
        _ => Ok(vec![Request { headers: headers(document)?, ..Request::default() }]),
    }
}

fn each(items: &[Value], is_meant: impl Fn(&Value) -> bool) -> anyhow::Result<Vec<Request>> {
    let mut all = Vec::new();
    for item in items.iter().filter(|item| is_meant(item)) {
        all.extend(requests(item)?);
    }
    Ok(all)
}

fn one(document: &Value) -> anyhow::Result<Request> {
    // A load balancer's event has either, the gateway's both, with the same in them.
    let given = document.get("multiValueHeaders").filter(|given| given.is_object()).unwrap_or(&document["headers"]);
    Ok(Request { headers: headers(given)?, body: body(document)?, received_at: received_at(document)? })
}

fn headers(given: &Value) -> anyhow::Result<Vec<Header>> {
    let mut all = Vec::new();
    match given {
        Value::Object(members) => {
            for (name, value) in members {
                push(&mut all, name, value)?;
            }
        }
        Value::Array(pairs) => {
            for item in pairs {
                let (name, value) = pair(item).context("a header is no pair of a name and a value")?;
                push(&mut all, name, value)?;
            }
        }
        Value::String(lines) => return Ok(dump::request(lines.as_bytes())?.headers),
        _ => bail!("the headers are no object, list or text"),
    }
    Ok(all)
}

/// `{"name": "a", "value": "b"}`, as a HAR has it, with `key` in other tools, or `["a", "b"]`.
fn pair(item: &Value) -> Option<(&str, &Value)> {
    match item {
        Value::Array(pair) => match pair.as_slice() {
            [Value::String(name), value] => Some((name, value)),
            _ => None,
        },
        _ => Some((item.get("name").or_else(|| item.get("key"))?.as_str()?, item.get("value")?)),
    }
}

fn push(all: &mut Vec<Header>, name: &str, value: &Value) -> anyhow::Result<()> {
    let text = match value {
        Value::Array(values) => return values.iter().try_for_each(|value| push(all, name, value)),
        Value::String(text) => text.trim_matches([' ', '\t']).to_owned(),
        Value::Number(number) => number.to_string(),
        _ => bail!("{name} has no text as its value: this is no request, and no headers of one"),
    };
    all.push((name.into(), text.into_bytes()));
    Ok(())
}

fn body(document: &Value) -> anyhow::Result<Option<Vec<u8>>> {
    if let Some(text) = document.get("bodyBase64") {
        return decoded(text.as_str().context("bodyBase64 is no text")?).map(Some);
    }
    let kept = document.get("postData").unwrap_or(document);
    let Some(body) = ["rawBody", "bodyRaw", "text", "body", "content"].iter().find_map(|name| kept.get(name)) else {
        return Ok(None);
    };
    let is_base64 = document["isBase64Encoded"] == true || kept["encoding"] == "base64";
    match body {
        Value::String(text) if is_base64 => decoded(text).map(Some),
        Value::String(text) => Ok(Some(text.clone().into_bytes())),
        Value::Null => Ok(Some(Vec::new())),
        _ => bail!(
            "the body was kept as JSON values, not as the text that arrived, and cannot be verified: name a file with that text"
        ),
    }
}

fn decoded(text: &str) -> anyhow::Result<Vec<u8>> {
    STANDARD.decode(text).context("the body is no Base64")
}

fn received_at(document: &Value) -> anyhow::Result<Option<Timestamp>> {
    let times = ["/receivedAt", "/startedDateTime", "/created_at", "/requestContext/timeEpoch"];
    let Some((name, time)) = times.iter().find_map(|name| Some((name, document.pointer(name)?))) else {
        return Ok(None);
    };
    let text = time.as_str().map_or_else(|| time.to_string(), str::to_owned);
    moments::absolute(&text).map(Some).with_context(|| format!("{} is no time: {text}", name.trim_start_matches('/')))
}
