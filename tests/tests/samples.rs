//! Samples of events: authentic, whole by the types of their records, and in shape what genuine deliveries are.

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use conformance::vectors::{Hex, load_plain};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use twenty_webhook::{
    EventKind, Secret, Timestamp, Webhook, canonicalize,
    diagnose::{Cause, Evidence, Finding},
    records::{AnyRecord, Attachment, Company, Note, Opportunity, Person, Task, WorkspaceMember},
    testing::{payload_text, sample, signed_delivery},
};

const ACTIONS: [&str; 5] = ["created", "updated", "deleted", "destroyed", "restored"];

/// Samples of each action: `custom` gives what of the record has no field of its own, `nulls` has what is `null` in all of them.
fn check<T: DeserializeOwned>(
    object: &str,
    custom: fn(T) -> Map<String, Value>,
    expected_custom: &[&str],
    nulls: &[&str],
) -> anyhow::Result<()> {
    let webhook = webhook()?;
    for action in ACTIONS {
        let name = format!("{object}.{action}");
        let payload = sample(&name, json!({}))?;
        let sent = signed_delivery(&webhook, &payload)?;
        let delivery = webhook.verify(&sent.body, &sent.headers, Timestamp::now())?;
        let event = delivery.event();
        ensure!((event.kind(), event.name()) == (EventKind::Record, Some(&*name)), "{name}");
        let custom = custom(event.record_as().context(name.clone())?);
        ensure!(custom.keys().eq(expected_custom), "{name}: {custom:?}");

        let is_deleted = ["deleted", "destroyed"].contains(&action);
        let nulls: BTreeSet<_> = nulls.iter().copied().chain((!is_deleted).then_some("deletedAt")).collect();
        let record = payload["record"].as_object().context("a record")?;
        let found: BTreeSet<_> = record.iter().filter(|(_, value)| value.is_null()).map(|(key, _)| &**key).collect();
        ensure!(found == nulls, "{name}: {found:?}");
        let like = if ["created", "destroyed"].contains(&action) { "person-created" } else { "company-updated" };
        ensure!(keys(&payload) == keys(&genuine(like)?), "{name}");
    }
    Ok(())
}

fn webhook() -> anyhow::Result<Webhook> {
    Ok(Webhook::new(Secret::new("a secret")?))
}

fn genuine(name: &str) -> anyhow::Result<Value> {
    Ok(serde_json::from_str(&genuine_text(name)?)?)
}

fn genuine_text(name: &str) -> anyhow::Result<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Test {
        name: String,
        body_hex: Hex,
    }
    let tests = load_plain::<Test>("deliveries")?;
    let test = tests.into_iter().find(|test| test.name == name).context("no such delivery")?;
    Ok(String::from_utf8(test.body_hex.0)?)
}

fn keys(payload: &Value) -> BTreeSet<&str> {
    payload.as_object().into_iter().flatten().map(|(key, _)| &**key).collect()
}

#[test]
fn samples_of_records_are_authentic_and_whole() -> anyhow::Result<()> {
    check("person", |it: Person| it.custom, &[], &[])?;
    check("company", |it: Company| it.custom, &[], &[])?;
    check("opportunity", |it: Opportunity| it.custom, &[], &[])?;
    check("task", |it: Task| it.custom, &[], &[])?;
    check("note", |it: Note| it.custom, &[], &[])?;
    let others = ["Note", "Person", "Company", "Opportunity", "Dashboard", "Workflow"];
    let others = others.map(|target| format!("target{target}Id"));
    let nulls: Vec<_> = others.iter().map(String::as_str).chain(["fullPath", "fileCategory"]).collect();
    check("attachment", |it: Attachment| it.custom, &[], &nulls)?;
    check("workspaceMember", |it: WorkspaceMember| it.custom, &[], &[])?;
    check("rocket", |it: AnyRecord| it.custom, &["name"], &[])
}

#[test]
fn a_sample_has_every_field_of_a_genuine_record() -> anyhow::Result<()> {
    for (delivery, name) in [("person-created", "person.created"), ("note-destroyed", "note.destroyed")] {
        let (sent, sampled) = (genuine(delivery)?, sample(name, json!({}))?);
        ensure!(keys(&sent["record"]).is_subset(&keys(&sampled["record"])), "{name}");
    }
    Ok(())
}

#[test]
fn samples_of_metadata_are_authentic() -> anyhow::Result<()> {
    let webhook = webhook()?;
    let genuine = genuine("metadata-updated")?;
    for operation in ["created", "updated", "deleted"] {
        let payload = sample(&format!("metadata.objectMetadata.{operation}"), json!({}))?;
        let sent = signed_delivery(&webhook, &payload)?;
        let delivery = webhook.verify(&sent.body, &sent.headers, Timestamp::now())?;
        let event = delivery.event();
        ensure!((event.kind(), event.action()) == (EventKind::Metadata, Some(operation)), "{operation}");
        ensure!(keys(&payload) == keys(&genuine) && keys(&payload["event"]) == keys(&genuine["event"]), "{operation}");
    }
    Ok(())
}

/// Its entity had a label, as a field has, and was created an hour before the event that says so.
#[test]
fn metadata_is_described_as_twenty_does_it() -> anyhow::Result<()> {
    let created = |name| sample(&format!("metadata.{name}.created"), json!({}));
    let after = "/event/properties/after";
    let payload = created("objectMetadata")?;
    let entity = payload.pointer(after).context("an entity")?;
    for key in ["nameSingular", "namePlural", "labelSingular", "labelPlural", "icon", "isCustom", "isActive"] {
        ensure!(entity.get(key).is_some(), "{key}");
    }
    ensure!(entity.get("label").is_none());
    ensure!(entity["createdAt"] == payload["eventDate"] && entity["updatedAt"] == payload["eventDate"]);
    let has_label = |payload: &Value| payload.pointer(after).is_some_and(|it| it.get("label").is_some());
    ensure!(has_label(&created("fieldMetadata")?) && !has_label(&created("view")?));
    Ok(())
}

#[test]
fn each_is_another_record_and_no_duplicate_of_the_one_before() -> anyhow::Result<()> {
    let webhook = webhook()?;
    let [one, other] = [sample("person.updated", json!({}))?, sample("person.updated", json!({}))?];
    let id = |payload| -> anyhow::Result<_> {
        let sent = signed_delivery(&webhook, payload)?;
        Ok(webhook.verify(&sent.body, &sent.headers, Timestamp::now())?.id())
    };
    ensure!(one["record"]["id"] != other["record"]["id"]);
    ensure!(id(&one)? == id(&one)? && id(&one)? != id(&other)?);
    let uuid = one["record"]["id"].as_str().context("an id")?;
    let groups: Vec<_> = uuid.split('-').map(str::len).collect();
    ensure!(
        groups == [8, 4, 4, 4, 12] && uuid.as_bytes()[14] == b'4' && b"89ab".contains(&uuid.as_bytes()[19]),
        "{uuid}"
    );
    ensure!(!uuid.starts_with("00000000-0000"), "{uuid}");
    let variants = (0..64).map(|_| {
        let sample = sample("person.updated", json!({}))?;
        Ok(sample["record"]["id"].as_str().and_then(|uuid| uuid.chars().nth(19)))
    });
    let variants: BTreeSet<_> = variants.collect::<anyhow::Result<_>>()?;
    ensure!(variants.len() > 1, "{variants:?}");
    let date = |of: &Value, key: &str| of[key].as_str().map(str::to_owned);
    let (created, updated) = (date(&one["record"], "createdAt"), date(&one["record"], "updatedAt"));
    ensure!(updated == date(&one, "eventDate") && created < updated);
    Ok(())
}

#[test]
fn overrides_are_merged() -> anyhow::Result<()> {
    let own =
        json!({"record": {"name": {"firstName": "Grace"}, "thrust": {"unit": "kN"}, "city": null}, "userId": null});
    let payload = sample("person.created", own)?;
    ensure!(payload["record"]["name"] == json!({"firstName": "Grace", "lastName": "Łuczak"}));
    ensure!(payload["record"]["thrust"] == json!({"unit": "kN"}) && payload["record"]["city"].is_null());
    ensure!(payload["userId"].is_null() && payload["workspaceId"].is_string());
    Ok(())
}

#[test]
fn a_name_that_twenty_sends_no_event_of_is_an_error() {
    let wrong = ["", "person", "person.", "person.upserted", "create.person", "*.created", "Person.created"];
    let odd =
        ["timelineActivity.created", "metadata.created", "metadata.a.restored", "record.a.created", "<id>.created"];
    for name in wrong.into_iter().chain(odd).chain(["person.created.", "metadata.a.created.b", "é.created"]) {
        let told = sample(name, json!({})).map_err(|error| error.to_string());
        let begin = format!("{name:?}: Twenty sends no event of this name: write an object");
        assert!(told.is_err_and(|told| told.starts_with(&begin)), "{name}");
    }
}

/// By V8: `JSON.stringify({ a: 1e21, b: "é\u2028", "1": 1e-7 })`.
#[test]
fn the_body_is_what_v8_prints() -> anyhow::Result<()> {
    let sent = signed_delivery(&webhook()?, &json!({"a": 1e21, "b": "é\u{2028}", "1": 1e-7}))?;
    ensure!(sent.body == "{\"1\":1e-7,\"a\":1e+21,\"b\":\"é\u{2028}\"}".as_bytes());
    ensure!(canonicalize(&sent.body)?.as_bytes() == sent.body);
    Ok(())
}

/// Keys in the order of their names are what Go and others make of a body.
#[test]
fn a_sample_of_another_secret_is_no_body_with_sorted_keys() -> anyhow::Result<()> {
    for name in ["person.created", "company.updated", "metadata.objectMetadata.updated"] {
        let sent = signed_delivery(&webhook()?, &sample(name, json!({}))?)?;
        ensure!(sent.body.starts_with(br#"{"targetUrl":"#), "{name}");
        let diagnosis = Evidence::new(&[b"another secret"], &sent.headers, &sent.body, Timestamp::now()).diagnose();
        let causes: Vec<_> = diagnosis.findings().iter().map(Finding::cause).collect();
        ensure!(causes == [Cause::OtherSecret], "{name}: {causes:?}");
    }
    Ok(())
}

#[test]
fn the_envelope_has_the_order_of_genuine_deliveries() -> anyhow::Result<()> {
    for (name, like) in [("person.created", "person-created"), ("company.updated", "company-updated")] {
        let text = payload_text(&sample(name, json!({}))?)?;
        let genuine = genuine(like)?;
        let places = |text: &str| {
            let keys = keys(&genuine);
            let mut places: Vec<_> = keys.into_iter().map(|key| (text.find(&format!("\"{key}\":")), key)).collect();
            places.sort();
            places.into_iter().map(|(_, key)| key).collect::<Vec<_>>()
        };
        ensure!(places(&text) == places(&genuine_text(like)?), "{name}: {text}");
    }
    Ok(())
}
