//! What is logged, with levels and fields.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, LazyLock, Mutex},
};

use serde_json::Value;
use tracing::{Event, Subscriber, field::Field, subscriber::DefaultGuard};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt as _},
    registry,
};

use crate::logs::SECOND;

#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<Line>>>);

#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    level: String,
    fields: BTreeMap<String, String>,
}

impl Log {
    pub(super) fn begin() -> (Self, DefaultGuard) {
        LazyLock::force(&SECOND);
        let log = Self::default();
        let guard = tracing::subscriber::set_default(registry().with(log.clone()));
        (log, guard)
    }

    pub(super) fn lines(&self) -> Vec<Line> {
        let lines = self.0.lock().expect("not poisoned").clone();
        lines.into_iter().filter(|line| !line.fields["message"].starts_with("The route ")).collect()
    }

    /// Their text holds which delivery it is about, which is in fields here.
    pub(super) fn compare(&self, notices: &[Value], event: &Value, name: Option<&str>, what: &str) {
        let lines = self.lines();
        assert_eq!(lines.len(), notices.len(), "{what}: {lines:?}");
        for (line, notice) in lines.iter().zip(notices) {
            let mut fields = line.fields.clone();
            let found = fields.remove("message").unwrap_or_default();
            assert!(is_text_of(&found, notice), "{what}: {found}");
            assert_eq!(line.level, notice["level"], "{what}: {found}");
            assert_eq!(fields, facts(notice, event, name), "{what}: {found}");
        }
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line { level: event.metadata().level().as_str().to_lowercase(), ..Line::default() };
        event.record(&mut line);
        if event.metadata().target() == "twenty_webhook" {
            self.0.lock().expect("not poisoned").push(line);
        }
    }
}

impl tracing::field::Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.fields.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

/// Whether it is the text of a notice without its facts, or starts so where there is only its start. What is to be done about
/// a body that was read before differs from host to host.
pub(super) fn is_text_of(found: &str, notice: &Value) -> bool {
    match notice["line"].as_str() {
        Some("body_already_read: Move the parser.") => found.starts_with("body_already_read: Something has read"),
        Some(line) => parts(line).0 == found,
        None => found.starts_with(notice["lineStart"].as_str().unwrap_or("neither")),
    }
}

/// The text, and what follows the word `delivery` in its facts.
fn parts(line: &str) -> (&str, Option<&str>) {
    match (line.split_once(" [webhook "), line.split_once(" [delivery ")) {
        (Some((text, facts)), _) => (text, facts.split_once(", delivery ").map(|(_, facts)| facts)),
        (None, Some((text, facts))) => (text, Some(facts)),
        (None, None) => (line, None),
    }
}

fn facts(notice: &Value, event: &Value, name: Option<&str>) -> BTreeMap<String, String> {
    let line = notice["line"].as_str().unwrap_or_default();
    let webhook = name.filter(|_| line.contains(" [webhook ")).map(Value::from);
    let mut named = vec![("webhook", webhook.as_ref())];
    let delivery_id = parts(line).1.map(|facts| Value::from(&facts[..64]));
    if delivery_id.is_some() {
        let record_id = event.pointer("/record/id").or(event.pointer("/event/recordId"));
        named.extend([
            ("event_name", event.get("eventName")),
            ("record_id", record_id),
            ("delivery_id", delivery_id.as_ref()),
        ]);
    }
    named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.as_str()?.to_owned()))).collect()
}
