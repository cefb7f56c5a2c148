//! Events and patterns against the vectors; typed records.

use conformance::vectors::{Hex, load_plain};
use serde::Deserialize;
use serde_json::Value;
use twenty_webhook::{
    DeliveryId, Event, EventKind, canonicalize,
    records::{AnyRecord, Attachment, Company, Note, Opportunity, Person, Task, WorkspaceMember},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventTest {
    tc_id: u32,
    comment: String,
    flags: Vec<String>,
    payload_hex: Hex,
    event_hex: Hex,
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PatternTest {
    tc_id: u32,
    comment: String,
    payload_hex: Hex,
    pattern: String,
    matches: bool,
}

#[test]
fn every_vector_of_events() -> anyhow::Result<()> {
    for test in load_plain::<EventTest>("events")? {
        let json = Event::read(&test.payload_hex.0).to_json();
        let canonical = canonicalize(json.as_bytes())?;
        assert_eq!(canonical, String::from_utf8(test.event_hex.0)?, "{}: {}", test.tc_id, test.comment);
        assert_eq!(DeliveryId::of(&test.payload_hex.0).as_str(), test.id, "{}: {}", test.tc_id, test.comment);
    }
    Ok(())
}

#[test]
fn every_vector_of_patterns() -> anyhow::Result<()> {
    for test in load_plain::<PatternTest>("patterns")? {
        let matches = Event::read(&test.payload_hex.0).matches(&test.pattern);
        assert_eq!(matches, test.matches, "{}: {}", test.tc_id, test.comment);
    }
    Ok(())
}

/// Every accessor says what the JSON text says.
#[test]
fn accessors_agree_with_the_json_text() -> anyhow::Result<()> {
    for test in load_plain::<EventTest>("events")? {
        let event = Event::read(&test.payload_hex.0);
        // serde_json refuses unpaired surrogates, which Rust's text shows as U+FFFD.
        let Ok(expected) = serde_json::from_slice::<Value>(&test.event_hex.0) else { continue };
        let texts = [
            ("kind", Some(event.kind().as_str())),
            ("name", event.name()),
            ("object", event.object()),
            ("action", event.action()),
            ("occurredAt", event.occurred_at()),
            ("workspaceId", event.workspace_id()),
            ("webhookId", event.webhook_id()),
            ("userId", event.user_id()),
            ("workspaceMemberId", event.workspace_member_id()),
            ("objectMetadataId", event.object_metadata_id()),
            ("targetUrl", event.target_url()),
            ("metadataName", event.metadata_name()),
            ("recordId", event.record_id()),
        ];
        for (name, text) in texts {
            assert_eq!(expected[name].as_str(), text, "{} {name}", test.tc_id);
        }
        for (name, json) in
            [("record", event.record()), ("properties", event.properties()), ("payload", event.payload())]
        {
            // Canonical, as the expected value was: a `Value` may keep the digits that were sent.
            let canonical = canonicalize(json.unwrap_or("null").as_bytes())?;
            assert_eq!(serde_json::from_str::<Value>(&canonical)?, expected[name], "{} {name}", test.tc_id);
        }
        let fields: Vec<&str> =
            expected["updatedFields"].as_array().into_iter().flatten().filter_map(|f| f.as_str()).collect();
        assert_eq!(event.updated_fields(), fields, "{}", test.tc_id);
    }
    Ok(())
}

#[test]
fn genuine_records_are_read_as_their_types() -> anyhow::Result<()> {
    let mut read = 0;
    for test in load_plain::<EventTest>("events")? {
        let event = Event::read(&test.payload_hex.0);
        if event.kind() != EventKind::Record
            || !test.flags.iter().any(|flag| matches!(flag.as_str(), "Record" | "Era" | "Documented"))
        {
            continue;
        }
        let result = match event.object() {
            Some("person") => event.record_as::<Person>().map(|record| (record.id, record.custom)),
            Some("company") => event.record_as::<Company>().map(|record| (record.id, record.custom)),
            Some("opportunity") => event.record_as::<Opportunity>().map(|record| (record.id, record.custom)),
            Some("task") => event.record_as::<Task>().map(|record| (record.id, record.custom)),
            Some("note") => event.record_as::<Note>().map(|record| (record.id, record.custom)),
            Some("attachment") => event.record_as::<Attachment>().map(|record| (record.id, record.custom)),
            Some("workspaceMember") => event.record_as::<WorkspaceMember>().map(|record| (record.id, record.custom)),
            _ => event.record_as::<AnyRecord>().map(|record| (record.id, record.custom)),
        };
        let (id, _) = result.map_err(|error| anyhow::anyhow!("{}: {error}", test.comment))?;
        assert_eq!(id.as_deref(), event.record_id(), "{}", test.comment);
        read += 1;
    }
    assert!(read >= 20, "{read}");
    Ok(())
}

#[test]
fn typed_numbers_keep_their_type_and_digits() -> anyhow::Result<()> {
    for (sent, digits, is_text) in [
        ("1500000000", "1500000000", false),
        ("\"1500000000\"", "1500000000", true),
        ("123456789012345678901234567890", "123456789012345678901234567890", false),
        ("1.50", "1.50", false),
        ("-0", "-0", false),
    ] {
        let payload = format!(
            r#"{{"eventName":"opportunity.created","record":{{"amount":{{"amountMicros":{sent},"currencyCode":"EUR"}},"tier":{{"n":{sent}}}}}}}"#
        );
        let opportunity: Opportunity = Event::read(payload.as_bytes()).record_as()?;
        let micros = opportunity.amount.and_then(|amount| amount.amount_micros);
        let micros = micros.ok_or_else(|| anyhow::anyhow!("no amount"))?;
        assert_eq!((micros.as_str(), micros.is_text()), (digits, is_text));
        assert!(opportunity.custom.contains_key("tier"));
    }
    let null = br#"{"eventName":"opportunity.created","record":{"amount":{"amountMicros":null,"currencyCode":""}}}"#;
    let amount = Event::read(null).record_as::<Opportunity>()?.amount;
    assert_eq!(amount.map(|amount| amount.amount_micros), Some(None));
    Ok(())
}

#[test]
fn a_record_that_does_not_fit_says_so_in_short() {
    let long = "x".repeat(10_000);
    let payload = format!(r#"{{"eventName":"person.created","record":{{"position":"{long}\u001b"}}}}"#);
    let error = Event::read(payload.as_bytes()).record_as::<Person>().err().map(|error| error.to_string());
    let message = error.unwrap_or_default();
    assert!(message.starts_with("The record does not fit the type: invalid type"), "{message}");
    assert!(message.contains("expected f64 at line 1 column"), "{message}");
    assert!(message.len() < 200, "{message}");
    let debug = format!("{:?}", Event::read(payload.as_bytes()).record_as::<Person>());
    assert!(debug.len() < 300, "{debug}");

    let named = Event::read(payload.as_bytes()).record_as::<Person>().err();
    let (field, source) = (named.as_ref().and_then(|e| e.field()), named.as_ref().and_then(std::error::Error::source));
    assert_eq!(field, Some("position"));
    assert!(source.is_some_and(|source| source.to_string().starts_with("invalid type: string")));

    let metadata = Event::read(br#"{"eventName":"metadata.a.b","event":{"metadataName":"a"}}"#).record_as::<Person>();
    let message = metadata.err().map(|error| error.to_string());
    assert_eq!(message.as_deref(), Some("The event has no record: only events of the kind record have one."));
}

#[test]
fn the_field_that_does_not_fit_is_named() {
    for (record, field) in [
        (r#"{"name":{"firstName":7}}"#, Some("name.firstName")),
        (r#"{"emails":{"additionalEmails":["a",1]}}"#, Some("emails.additionalEmails[1]")),
        (r#"{"city":"a","city":"b"}"#, None),
    ] {
        let payload = format!(r#"{{"eventName":"person.created","record":{record}}}"#);
        let error = Event::read(payload.as_bytes()).record_as::<Person>().err();
        assert_eq!(error.as_ref().map(|error| error.field()), Some(field), "{record}");
    }
}

/// As the JSON text has it, but for unpaired surrogates, which Rust's text cannot hold.
#[test]
fn serde_sees_what_the_json_text_says() -> anyhow::Result<()> {
    for test in load_plain::<EventTest>("events")? {
        let event = Event::read(&test.payload_hex.0);
        let serialized = serde_json::to_string(&event)?;
        let has_surrogates = |json: &str| canonicalize(json.as_bytes()).map(|json| json.contains("\\ud")).ok();
        if has_surrogates(&event.to_json()) == Some(false) {
            assert_eq!(
                canonicalize(serialized.as_bytes())?,
                canonicalize(event.to_json().as_bytes())?,
                "{}",
                test.tc_id
            );
        }
        assert_eq!(event.clone().into_owned(), event, "{}", test.tc_id);
        assert_eq!(event.clone().into_owned().to_json(), event.to_json(), "{}", test.tc_id);
    }
    Ok(())
}

#[test]
fn debug_shows_no_record() {
    let event = Event::read(br#"{"eventName":"person.created","record":{"id":"7","city":"Grenoble"}}"#);
    let debug = format!("{event:?}");
    assert!(debug.contains("person.created") && !debug.contains("Grenoble"), "{debug}");
    let person = event.record_as::<Person>();
    assert_eq!(format!("{person:?}"), r#"Ok(Person { id: Some("7"), .. })"#);
}
