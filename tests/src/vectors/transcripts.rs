//! The transcripts of receivers, `receiver.json`.

use serde::Deserialize;
use serde_json::{Map, Value};
use twenty_webhook::receiver::RequestHead;

use super::{Group, Hex};

/// Those of one receiver.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transcripts {
    /// The secret of its webhook.
    pub secret_hex: Hex,
    /// The name of its webhook.
    pub webhook_name: Option<String>,
    /// The tolerance of its webhook.
    pub tolerance_millis: Option<u64>,
    /// When everything happens.
    pub now: String,
    /// Its options.
    pub receiver: ReceiverOptions,
    /// What happens.
    pub tests: Vec<Transcript>,
}

/// The options of a receiver.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "they have the names of the options")]
pub struct ReceiverOptions {
    pub routes: Option<Vec<String>>,
    pub has_store: bool,
    pub background: bool,
    pub on_store_failure: String,
    pub diagnose: bool,
    pub namespace: String,
    pub ttl_millis: Option<f64>,
}

/// One exchange.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transcript {
    /// Its number.
    pub tc_id: u32,
    /// What it shows.
    pub comment: String,
    /// What happens, one after the other.
    pub steps: Vec<Step>,
}

/// What a host tells, and what it must be answered.
#[derive(Debug, Deserialize)]
pub struct Step {
    /// What it tells.
    pub tell: Map<String, Value>,
    /// The answer.
    pub turn: Value,
}

impl Group for Transcripts {
    fn len(&self) -> usize {
        self.tests.len()
    }
}

impl Transcript {
    /// A late claim may still come, and nothing says that it must.
    pub fn is_ended(&self) -> bool {
        self.steps.last().is_some_and(|step| step.turn["next"].is_null())
    }
}

/// The head of a request that is told.
pub fn head(told: &Map<String, Value>) -> RequestHead<'_> {
    let text = |name: &str| told.get(name).and_then(Value::as_str);
    RequestHead {
        method: text("method").unwrap_or_default(),
        content_encoding: text("contentEncoding").map(str::as_bytes),
        content_length: text("contentLength").map(str::as_bytes),
    }
}

/// A turn; where a transcript gives only how a line begins, with that much of the line.
pub fn comparable(mut found: Value, expected: &Value) -> Value {
    let notices = found["notices"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
    for (at, notice) in notices.iter_mut().enumerate() {
        let Some(start) = expected["notices"][at]["lineStart"].as_str() else { continue };
        let line = notice.as_object_mut().and_then(|notice| notice.remove("line")).unwrap_or_default();
        let begun = line.as_str().unwrap_or_default().get(..start.len()).unwrap_or_default();
        notice["lineStart"] = begun.into();
    }
    found
}
