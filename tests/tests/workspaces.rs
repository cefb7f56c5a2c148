//! The types of a workspace in Rust: they compile, whatever its names are, and read what is sent.
#![expect(unreachable_pub, reason = "of the modules, which are written for users")]

use twenty_webhook::Event;

#[path = "../workspaces/rockets/records.rs"]
mod records;

#[path = "../workspaces/rockets/handlers.rs"]
mod handlers;

#[path = "../workspaces/hostile/records.rs"]
mod hostile;

fn event(record: &str) -> String {
    format!(r#"{{"eventName":"rocket.created","objectMetadata":{{"nameSingular":"rocket"}},"record":{record}}}"#)
}

#[test]
fn a_rocket_is_read() -> anyhow::Result<()> {
    let payload = event(include_str!("../workspaces/rockets/record.json"));
    let rocket: records::Rocket = Event::read(payload.as_bytes()).record_as()?;
    assert_eq!(rocket.id.as_deref(), Some("20202020-1c25-4d02-bf25-6aeccf7ea419"));
    assert_eq!((rocket.is_reusable, rocket.stage_count), (Some(true), Some(3.0)));
    assert_eq!(rocket.thrust.map(|thrust| thrust.to_string()).as_deref(), Some("12345678901234567890.5"));
    assert_eq!(rocket.r#type.as_deref(), Some("booster"));
    assert_eq!(rocket.payload_satellite_id.as_deref(), Some("20202020-0000-4000-8000-000000000005"));
    assert_eq!(rocket.owned_by_id.as_deref(), Some("20202020-0000-4000-8000-000000000002"));
    assert_eq!(rocket.price.and_then(|price| price.amount_micros?.as_i64()), Some(2_500_000));
    assert_eq!(rocket.hotlines.and_then(|hotlines| hotlines.additional_phones?.pop()?.number).as_deref(), Some("2"));
    assert_eq!(rocket.custom.keys().collect::<Vec<_>>(), ["addedSince"]);
    Ok(())
}

#[test]
fn a_handler_has_the_rocket() {
    for (status, motto) in [("LAUNCHED", Some("Up")), ("BUILT", None)] {
        let payload = event(&format!(r#"{{"motto":"Up","status":"{status}"}}"#));
        assert_eq!(handlers::motto(&Event::read(payload.as_bytes())).unwrap().as_deref(), motto);
    }
}

#[test]
fn what_is_no_rocket_is_refused() {
    let payload = event(r#"{"price":{"currencyCode":978}}"#);
    let refused = Event::read(payload.as_bytes()).record_as::<records::Rocket>().err();
    assert_eq!(refused.as_ref().and_then(|error| error.field()), Some("price.currencyCode"));
}

/// Each field has its key, whatever it is called in Rust.
#[test]
fn hostile_names_are_keys() -> anyhow::Result<()> {
    let metadata: serde_json::Value = serde_json::from_str(include_str!("../workspaces/hostile/metadata.json"))?;
    let objects = metadata["data"]["objects"]["edges"].as_array().into_iter().flatten().map(|edge| &edge["node"]);
    let class =
        objects.into_iter().find(|object| object["nameSingular"] == "class").map(|class| &class["fields"]["edges"]);
    let texts = class.and_then(serde_json::Value::as_array).into_iter().flatten().map(|edge| &edge["node"]);
    let names = texts.filter(|field| field["type"] == "TEXT").filter_map(|field| field["name"].as_str());
    let record: serde_json::Map<_, _> =
        names.filter(|name| !name.is_empty()).map(|name| (name.to_owned(), name.into())).collect();
    assert!(record.len() > 70, "{}", record.len());
    let payload = event(&serde_json::to_string(&record)?);
    let class: hostile::Class = Event::read(payload.as_bytes()).record_as()?;
    assert_eq!(class.custom.keys().collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(class.r#yield.as_deref(), Some("yield"));
    assert_eq!([class.self_.as_deref(), class.self_2.as_deref()], [Some("Self"), Some("self")]);
    Ok(())
}
