//! What `on_outcome` and `on_error` are told.

use std::{
    future::ready,
    sync::{Arc, Mutex},
    time::Duration,
};

use http::HeaderValue;
use tokio::time::{sleep, timeout};
use tower_service::Service as _;
use twenty_webhook_axum::{BoxError, EventKind, Head, RequestOutcome, Secret, Webhook, receive_with};

use crate::support::{Pieces, SECRET, Seen, builder, person, send, signed};

/// An `on_outcome` that notes all it is told.
fn noting(seen: &Seen) -> impl Fn(&RequestOutcome<'_>) + Send + Sync + 'static {
    let seen = seen.clone();
    move |told| {
        let RequestOutcome { outcome, duration, facts, head, .. } = *told;
        let code = outcome.code().map_or(String::new(), |code| format!(" {code}"));
        let facts = facts.map_or(String::new(), |facts| format!(" of {}", facts.record_id.as_deref().unwrap_or("-")));
        let what = format!("{} {}{code}{facts}", outcome.status(), outcome.as_str());
        seen.note(format!("{what} after {} ms at {}", duration.as_millis(), head.uri.path()));
    }
}

#[tokio::test(start_paused = true)]
async fn each_request_is_told_once_with_what_became_of_it() {
    let seen = Seen::default();
    let takes_long = |_, _| async {
        sleep(Duration::from_millis(1_500)).await;
        Err("no")
    };
    let receiver = builder()
        .on("person.*", |_, _| sleep(Duration::from_secs(5)))
        .on("company.*", takes_long)
        .on_outcome(noting(&seen))
        .build()
        .unwrap();
    let mut forged = signed(&person("1"));
    forged.headers_mut().insert("x-twenty-webhook-signature", HeaderValue::from_str(&"0".repeat(64)).unwrap());
    send(&receiver, forged).await;
    for name in ["person", "person", "company", "rocket"] {
        send(&receiver, signed(&person("1").replace("person", name))).await;
    }
    send(&receiver, signed(&person("2")).map(|_| Pieces::new(vec![], false))).await;
    let mut fetched = signed(&person("1"));
    *fetched.method_mut() = http::Method::GET;
    send(&receiver, fetched).await;
    assert_eq!(
        seen.lines(),
        [
            "401 refused signature_mismatch after 0 ms at /webhooks/twenty",
            "200 handled of 1 after 5000 ms at /webhooks/twenty",
            "200 duplicate of 1 after 0 ms at /webhooks/twenty",
            "500 failed handler_failed of 1 after 1500 ms at /webhooks/twenty",
            "200 ignored of 1 after 0 ms at /webhooks/twenty",
            "408 refused body_timeout after 10000 ms at /webhooks/twenty",
            "405 refused method_not_allowed after 0 ms at /webhooks/twenty",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn in_the_background_a_second_time_when_the_handler_has_ended() {
    for (fails, expected) in [(false, "200 handled of 1"), (true, "500 failed handler_failed of 1")] {
        let seen = Seen::default();
        let handler = move |_, _| async move {
            sleep(Duration::from_secs(7)).await;
            if fails { Err("no") } else { Ok(()) }
        };
        let receiver = builder().on_every(handler).background().on_outcome(noting(&seen)).build().unwrap();
        assert_eq!(send(&receiver, signed(&person("1"))).await, "200 accepted");
        let accepted = "200 accepted of 1 after 0 ms at /webhooks/twenty".to_owned();
        assert_eq!(seen.lines(), [&*accepted]);
        receiver.drain().await;
        assert_eq!(seen.lines(), [accepted, format!("{expected} after 7000 ms at /webhooks/twenty")]);
    }
}

#[tokio::test(start_paused = true)]
async fn the_facts_are_of_the_delivery_and_the_event() {
    let facts = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&facts);
    let receiver = builder()
        .on_every(|_, _| ready(()))
        .on_outcome(move |told| *kept.lock().unwrap() = told.facts.cloned())
        .build()
        .unwrap();
    let body = r#"{"eventName":"person.created","webhookId":"w","workspaceId":"s","record":{"id":"7"}}"#;
    let request = signed(body);
    let sent_at = request.headers()["x-twenty-webhook-timestamp"].to_str().unwrap().to_owned();
    send(&receiver, request).await;
    let facts = facts.lock().unwrap().take().expect("it was told");
    assert_eq!(facts.id.as_str(), hex::encode(hmac_sha256::Hash::hash(body.as_bytes())));
    assert_eq!((facts.timestamp.unix_millis().to_string(), facts.secret_index), (sent_at, 0));
    let texts = [&facts.name, &facts.record_id, &facts.webhook_id, &facts.workspace_id].map(Option::as_deref);
    assert_eq!((facts.kind, texts), (EventKind::Record, [Some("person.created"), Some("7"), Some("w"), Some("s")]));
}

#[tokio::test(start_paused = true)]
async fn the_webhooks_name_is_told_of_refusals_too() {
    let (seen, webhook) = (Seen::default(), Arc::new(Webhook::new(Secret::new(SECRET).unwrap()).name("acme").unwrap()));
    let noted = seen.clone();
    let find = move |head: Head| ready(Ok::<_, BoxError>((head.method == "POST").then(|| webhook.clone())));
    let receiver = receive_with(find)
        .on_every(|_, _| ready(()))
        .on_outcome(move |told| noted.note(format!("{} {:?}", told.outcome.as_str(), told.webhook)))
        .build()
        .unwrap();
    let (mut unsigned, mut fetched) = (signed(&person("1")), signed(&person("1")));
    unsigned.headers_mut().clear();
    *fetched.method_mut() = http::Method::GET;
    for request in [signed(&person("1")), unsigned, fetched] {
        send(&receiver, request).await;
    }
    assert_eq!(seen.lines(), [r#"handled Some("acme")"#, r#"refused Some("acme")"#, "refused None"]);
}

#[tokio::test(start_paused = true)]
async fn an_on_outcome_that_panics_changes_nothing() {
    let seen = Seen::default();
    let receiver = builder().on_every(seen.ids()).on_outcome(|_| panic!("on_outcome")).background().build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 accepted");
    receiver.drain().await;
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 duplicate");
    assert_eq!(seen.lines(), ["1"]);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_goes_away_in_the_middle_is_told() {
    let seen = Seen::default();
    let receiver = builder().on_every(|_, _| sleep(Duration::from_secs(1))).on_outcome(noting(&seen)).build().unwrap();
    let request = receiver.clone().call(signed(&person("1")));
    assert!(timeout(Duration::from_millis(500), request).await.is_err());
    receiver.drain().await;
    let request = receiver.clone().call(signed(&person("2")).map(|_| Pieces::new(vec![], false)));
    assert!(timeout(Duration::from_millis(500), request).await.is_err());
    receiver.drain().await;
    assert_eq!(
        seen.lines(),
        [
            "200 handled of 1 after 1000 ms at /webhooks/twenty",
            "408 refused body_timeout after 10000 ms at /webhooks/twenty",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn on_error_gets_the_whole_delivery_and_the_head() {
    for in_the_background in [false, true] {
        let told = Seen::default();
        let noted = told.clone();
        let receiver = builder().on_every(|_, _| ready(Err("no"))).on_error(move |error| {
            let payload = error.delivery().map(|delivery| String::from_utf8_lossy(delivery.payload()).into_owned());
            noted.note(format!("{} {} {payload:?}", error.code(), error.head().uri));
        });
        let receiver = if in_the_background { receiver.background() } else { receiver };
        let receiver = receiver.build().unwrap();
        send(&receiver, signed(&person("1"))).await;
        let mut unsigned = signed(&person("2"));
        unsigned.headers_mut().clear();
        receiver.drain().await;
        send(&receiver, unsigned).await;
        let failed = format!("handler_failed /webhooks/twenty {:?}", Some(person("1")));
        assert_eq!(told.lines(), [&*failed, "missing_header /webhooks/twenty None"]);
    }
}
