//! The receiver against the transcripts of the machine it drives: what goes in and comes out at its ends is what they say.
#![cfg(feature = "tracing")]

mod log;
mod script;
mod store;

use std::{fs, path::Path, time::Duration};

use http::{HeaderName, HeaderValue, Request};
use http_body_util::BodyExt as _;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::sleep;
use twenty_webhook_axum::{
    OnStoreFailure, Receiver, ReceiverBuilder, ReceiverError, Secret, Timestamp, Webhook, receive,
};

use self::{log::Log, script::Script, store::Store};
use crate::support::{Pieces, Seen, answer};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    secret_hex: String,
    tolerance_millis: Option<u64>,
    webhook_name: Option<String>,
    now: String,
    receiver: Settings,
    tests: Vec<Transcript>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    routes: Option<Vec<String>>,
    has_store: bool,
    background: bool,
    on_store_failure: String,
    diagnose: bool,
    namespace: String,
    ttl_millis: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transcript {
    tc_id: u32,
    comment: String,
    flags: Vec<String>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    tell: Map<String, Value>,
    turn: Value,
}

#[tokio::test(start_paused = true)]
async fn every_transcript_that_axum_can_show() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/receiver.json");
    let mut vectors: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let groups: Vec<Group> = Vec::deserialize(vectors["testGroups"].take()).unwrap();
    let mut played = 0;
    for group in groups.iter().filter(|group| cfg!(feature = "diagnose") || !group.receiver.diagnose) {
        for transcript in group.tests.iter().filter(|transcript| transcript.can_be_shown()) {
            for is_found_late in [true, false] {
                if is_found_late || transcript.can_be_shown_from_the_start(group) {
                    transcript.play(group, is_found_late).await;
                    played += 1;
                }
            }
        }
    }
    assert!(played >= 130, "{played} transcripts were played");
}

impl Transcript {
    /// A store's answer is always of its type, and what comes a request; nothing here has a fault to show; a body
    /// of a test has no limit of its own; and this host always knows a remedy for a body that was read before.
    fn can_be_shown(&self) -> bool {
        let tells = |name: &str, what: &str| self.steps.iter().any(|step| step.tell.get(name) == Some(&json!(what)));
        let has_no_cause = !self.steps.iter().any(|step| step.tell.contains_key("cause"));
        let names_a_remedy = self.steps.iter().any(|step| step.tell.contains_key("reason"));
        !self.flags.iter().any(|flag| flag == "Fault")
            && !tells("claim", "odd")
            && !tells("unreadable", "notARequest")
            && (!tells("unreadable", "tooLarge") || has_no_cause)
            && (!tells("unreadable", "alreadyRead") || names_a_remedy)
    }

    /// A webhook that is there when the receiver is made suits it.
    fn can_be_shown_from_the_start(&self, group: &Group) -> bool {
        group.tolerance_millis.is_none() && !self.flags.iter().any(|flag| flag == "Webhook")
    }

    async fn play(&self, group: &Group, is_found_late: bool) {
        let what = format!("{}: {}", self.tc_id, self.comment);
        let script = Script::of(&self.steps);
        let (store, handled, told) = (Seen::default(), Seen::default(), Seen::default());
        let (log, _guard) = Log::begin();
        let begun = if is_found_late { script.find(webhook(group)) } else { receive(webhook(group)) };
        let receiver = receiver(begun, group, &script, [&store, &handled, &told]);

        let response = answer(&receiver, request(&self.steps)).await;
        let (logged_before, expected) = (log.lines().len(), Expected::of(&self.steps));
        let status = response.status().as_u16();
        let named = |(name, value): (&HeaderName, &HeaderValue)| json!([name.as_str(), value.to_str().unwrap()]);
        let of_the_machine = |(name, _): &(&HeaderName, &HeaderValue)| *name != "connection";
        let headers: Vec<_> = response.headers().iter().filter(of_the_machine).map(named).collect();
        let body = response.into_body().collect().await.unwrap_or_else(|never| match never {}).to_bytes();
        let body = String::from_utf8_lossy(&body);
        assert_eq!(json!({ "status": status, "headers": headers, "body": body }), expected.answer, "{what}");
        assert_eq!(logged_before, expected.notices_before_the_answer, "{what}");

        sleep(Duration::from_secs(100)).await;
        assert_eq!(store.lines(), expected.store, "{what}");
        assert_eq!(handled.lines(), expected.handled, "{what}");
        log.compare(&expected.notices, &self.event(), group.webhook_name.as_deref(), &what);
        let reported: Vec<_> = expected.notices.iter().filter(|notice| !notice["code"].is_null()).collect();
        assert_eq!(told.lines().len(), reported.len(), "{what}");
        for (line, notice) in told.lines().iter().zip(reported) {
            assert!(log::is_text_of(line, notice), "{what}: {line}");
        }
    }

    /// What the body says.
    fn event(&self) -> Value {
        let body = self.steps.iter().find_map(|step| step.tell.get("bodyHex")?.as_str());
        serde_json::from_slice(&hex::decode(body.unwrap_or_default()).unwrap()).unwrap_or_default()
    }
}

/// What the turns ask for, one after the other.
struct Expected {
    answer: Value,
    notices_before_the_answer: usize,
    notices: Vec<Value>,
    store: Vec<String>,
    handled: Vec<String>,
}

impl Expected {
    fn of(steps: &[Step]) -> Self {
        let mut expected =
            Self { answer: Value::Null, notices_before_the_answer: 0, notices: vec![], store: vec![], handled: vec![] };
        for Step { turn, .. } in steps {
            expected.notices.extend(turn["notices"].as_array().unwrap().iter().cloned());
            if !turn["answer"].is_null() {
                expected.answer = turn["answer"].clone();
                expected.notices_before_the_answer = expected.notices.len();
            }
            let next = &turn["next"];
            if let Some(claim) = next.get("claim") {
                let [ttl, window] = ["ttlMillis", "windowMillis"].map(|name| claim[name].as_u64().unwrap());
                expected.store.push(store::claim(claim["key"].as_str().unwrap(), ttl.into(), window.into()));
            }
            if let Some(release) = next.get("release") {
                expected
                    .store
                    .push(store::release(release["key"].as_str().unwrap(), release["token"].as_str().unwrap()));
            }
            if let Some(handle) = next.get("handle") {
                expected.handled.push(handle["route"].to_string());
            }
        }
        expected
    }
}

fn webhook(group: &Group) -> Webhook {
    let secret = hex::decode(&group.secret_hex).unwrap();
    let mut webhook = Webhook::new(Secret::new(std::str::from_utf8(&secret).unwrap()).unwrap());
    if let Some(name) = &group.webhook_name {
        webhook = webhook.name(name).unwrap();
    }
    match group.tolerance_millis {
        Some(millis) => webhook.tolerance(Duration::from_millis(millis)),
        None => webhook,
    }
}

fn receiver(begun: ReceiverBuilder, group: &Group, script: &Script, [store, calls, told]: [&Seen; 3]) -> Receiver {
    let Settings { routes, has_store, background, on_store_failure, diagnose, namespace, ttl_millis } = &group.receiver;
    let now = Timestamp::from_unix_millis(group.now.parse().unwrap());
    let told = told.clone();
    let tell = move |error: &ReceiverError| {
        let cause = std::error::Error::source(error).map_or_else(String::new, |cause| format!(" ({cause})"));
        told.note(format!("{}: {error}{cause}", error.code()));
    };
    let mut builder = begun.namespace(namespace).clock(move || now).on_error(tell);
    if let Some(millis) = ttl_millis {
        builder = builder.replay_ttl(Duration::from_secs_f64(millis / 1_000.0));
    }
    if on_store_failure == "handle" {
        builder = builder.on_store_failure(OnStoreFailure::Handle);
    }
    if *background {
        builder = builder.background();
    }
    builder = if *diagnose { diagnosing(builder) } else { builder };
    builder = match has_store {
        true => builder.replay_store(Store::new(script, store)),
        false => builder.no_replay_store(),
    };
    let handler = |route: usize| {
        let (calls, (time, result)) = (calls.clone(), script.handler.clone());
        move |_, _| {
            calls.note(route.to_string());
            let result = result.clone();
            async move {
                sleep(time).await;
                result
            }
        }
    };
    for (route, pattern) in routes.iter().flatten().enumerate() {
        builder = builder.on(pattern, handler(route));
    }
    if routes.is_none() {
        builder = builder.on_every(handler(0));
    }
    builder.build().unwrap()
}

fn diagnosing(builder: ReceiverBuilder) -> ReceiverBuilder {
    #[cfg(feature = "diagnose")]
    return builder.diagnose();
    #[cfg(not(feature = "diagnose"))]
    return builder;
}

fn request(steps: &[Step]) -> Request<Pieces> {
    let told = |name: &str| steps.iter().find_map(|step| step.tell.get(name));
    let mut request = Request::new(script::body(steps));
    let head = told("head").unwrap();
    *request.method_mut() = head["method"].as_str().unwrap().parse().unwrap();
    let of_the_head = [("content-encoding", "contentEncoding"), ("content-length", "contentLength")];
    let of_the_head = of_the_head.into_iter().filter_map(|(name, key)| Some(json!([name, head.get(key)?])));
    for header in of_the_head.chain(told("headers").and_then(Value::as_array).into_iter().flatten().cloned()) {
        let (name, value) = <(String, String)>::deserialize(header).unwrap();
        request.headers_mut().append(HeaderName::try_from(name).unwrap(), value.try_into().unwrap());
    }
    request
}
