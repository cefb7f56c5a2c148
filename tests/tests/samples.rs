//! Samples of events: authentic, of the types of their records, and in shape what genuine deliveries are.

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use twenty_webhook::{
    EventKind, Nonce, Secret, Timestamp, Webhook, canonicalize,
    records::{AnyRecord, Attachment, Company, Note, Opportunity, Person, Task, WorkspaceMember},
    testing::{sample, signed_delivery},
};

const ACTIONS: [&str; 5] = ["created", "updated", "deleted", "destroyed", "restored"];

fn webhook() -> anyhow::Result<Webhook> {
    Ok(Webhook::new(Secret::new("a secret")?))
}

/// Reads the record of each action as its type: `check` says what of it is no standard field.
fn whole<T: DeserializeOwned>(object: &str, custom: fn(T) -> Map<String, Value>, unset: &[&str]) -> anyhow::Result<()> {
    let webhook = webhook()?;
    for action in ACTIONS {
        let name = format!("{object}.{action}");
        let payload = sample(&name, json!({}))?;
        let sent = signed_delivery(&webhook, &payload)?;
        let delivery = webhook.verify(&sent.body, &sent.headers, Timestamp::now())?;
        let event = delivery.event();
        ensure!((event.kind(), event.name(), event.action()) == (EventKind::Record, Some(&*name), Some(action)), "{name}");
        let custom: Vec<_> = custom(event.record_as()?).into_iter().map(|(name, _)| name).collect();
        ensure!(custom == if object == "rocket" { vec!["name"] } else { vec![] }, "{name}: {custom:?}");
        let nulls: BTreeSet<_> = members(&payload["record"])?.filter(|(_, value)| value.is_null()).collect::<Map<_, _>>().into_iter().map(|(name, _)| name).collect();
        let is_deleted = ["deleted", "destroyed"].contains(&action);
        let expected = unset.iter().copied().chain((!is_deleted).then_some("deletedAt")).map(str::to_owned);
        ensure!(nulls == expected.collect(), "{name}: {nulls:?}");
        let genuine = genuine(if payload.get("updatedFields").is_some() { "company-updated" } else { "person-created" })?;
        ensure!(keys(&payload)? == keys(&genuine)?, "{name}");
    }
    Ok(())
}
