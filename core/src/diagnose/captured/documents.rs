//! Requests as JSON: a saved delivery, a HAR, the event of a cloud function, the record of a request bin, or headers alone.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec,
    vec::Vec,
};

use data_encoding::BASE64;
use serde_json::Value;

use super::{CaptureError, CapturedRequest, dump, header_line::Header};
use crate::{Timestamp, diagnose::timestamp_of};

pub(super) fn requests(document: &Value) -> Result<Vec<CapturedRequest>, CaptureError> {
    if let Some(entries) = document.pointer("/log/entries").or_else(|| document.get("data")).and_then(Value::as_array) {
        return each(entries, |entry| !entry["request"].is_object() || may_be_of_twenty(&entry["request"]));
    }
    match document {
        Value::Array(items) if items.iter().any(|item| pair(item).is_none()) => each(items, |_| true),
        // A HAR's entry has the time, and around the request more that is not of it.
        Value::Object(members) => match members.get("request").filter(|request| request.get("headers").is_some()) {
            Some(request) => Ok(vec![CapturedRequest { received_at: received_at(document)?, ..one(request)? }]),
            None if members.contains_key("headers") || members.contains_key("multiValueHeaders") => {
                Ok(vec![one(document)?])
            }
            None => Ok(vec![CapturedRequest { headers: headers(document)?, ..CapturedRequest::default() }]),
        },
        _ => Ok(vec![CapturedRequest { headers: headers(document)?, ..CapturedRequest::default() }]),
    }
}

fn each(items: &[Value], is_meant: impl Fn(&Value) -> bool) -> Result<Vec<CapturedRequest>, CaptureError> {
    let mut all = Vec::new();
    for item in items.iter().filter(|item| is_meant(item)) {
        all.extend(requests(item)?);
    }
    Ok(all)
}

/// Of all that a browser or a proxy kept: a POST, or what a redirect made of one, which still has its headers.
fn may_be_of_twenty(request: &Value) -> bool {
    let is_signed =
        || headers(&request["headers"]).is_ok_and(|all| all.iter().any(|(name, _)| dump::is_signature(name)));
    request["method"] == "POST" || is_signed()
}

fn one(document: &Value) -> Result<CapturedRequest, CaptureError> {
    // A load balancer's event has either, the gateway's both, with the same in them.
    let given = document.get("multiValueHeaders").filter(|given| given.is_object()).unwrap_or(&document["headers"]);
    let text = |places: &[&str]| places.iter().find_map(|place| document.pointer(place)?.as_str()).map(str::to_owned);
    Ok(CapturedRequest {
        headers: headers(given)?,
        body: body(document)?,
        method: text(&["/method", "/httpMethod", "/requestContext/http/method"]),
        url: text(&["/url"]),
        received_at: received_at(document)?,
    })
}

fn headers(given: &Value) -> Result<Vec<Header>, CaptureError> {
    let mut all = Vec::new();
    match given {
        Value::Object(members) => {
            for (name, value) in members {
                push(&mut all, name, value)?;
            }
        }
        Value::Array(pairs) => {
            for item in pairs {
                let (name, value) =
                    pair(item).ok_or_else(|| CaptureError::new("A header is no pair of a name and a value."))?;
                push(&mut all, name, value)?;
            }
        }
        Value::String(lines) => return Ok(dump::request(lines.as_bytes())?.headers),
        _ => return Err(CaptureError::new("The headers are no object, list or text.")),
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

fn push(all: &mut Vec<Header>, name: &str, value: &Value) -> Result<(), CaptureError> {
    let text = match value {
        Value::Array(values) => return values.iter().try_for_each(|value| push(all, name, value)),
        Value::String(text) => text.trim_matches([' ', '\t']).to_owned(),
        Value::Number(number) => number.to_string(),
        _ => {
            return Err(CaptureError::new(format_args!(
                "The value of {name} is no text: this is no request, and no headers of one."
            )));
        }
    };
    all.push((name.into(), text.into_bytes()));
    Ok(())
}

fn body(document: &Value) -> Result<Option<Vec<u8>>, CaptureError> {
    if let Some(text) = document.get("bodyBase64") {
        let text = text.as_str().ok_or_else(|| CaptureError::new("The value of bodyBase64 is no text."))?;
        return decoded(text).map(Some);
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
        _ => Err(CaptureError::new(
            "The body was kept as JSON values, not as the text that arrived, so it cannot be verified: give that text apart.",
        )),
    }
}

/// In one spelling, so that a text has one meaning: the standard alphabet, padded.
fn decoded(text: &str) -> Result<Vec<u8>, CaptureError> {
    BASE64.decode(text.as_bytes()).map_err(|_| CaptureError::new("The body is no padded base64."))
}

fn received_at(document: &Value) -> Result<Option<Timestamp>, CaptureError> {
    let times = ["/receivedAt", "/startedDateTime", "/created_at", "/requestContext/timeEpoch"];
    let Some((name, time)) = times.iter().find_map(|name| Some((name, document.pointer(name)?))) else {
        return Ok(None);
    };
    let text = time.as_str().map_or_else(|| time.to_string(), str::to_owned);
    timestamp_of(&text).map(Some).ok_or_else(|| {
        let name = name.trim_start_matches('/');
        let shown: String = text.chars().take(SHOWN_CHARACTERS).collect();
        CaptureError::new(format_args!(
            "{name} is no time: {shown}. It must be milliseconds since the Unix epoch, seconds (ten digits) or an ISO date."
        ))
    })
}

const SHOWN_CHARACTERS: usize = 60;
