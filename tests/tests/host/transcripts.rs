//! The receiver by numbers and words, against its transcripts.

use conformance::vectors::{Hex, Step, Transcripts, comparable, head, load};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use twenty_webhook::host::{
    PackedTurn, PickedHeaders, Receiver, ReceiverSettings, Settings, Wants, Webhook, constants,
};

#[test]
fn every_transcript() -> anyhow::Result<()> {
    for group in load::<Transcripts>("receiver")? {
        for transcript in &group.tests {
            let mut host = Host::new(&group)?;
            for Step { tell, turn } in &transcript.steps {
                let found = host.tell(tell, turn)?;
                assert_eq!(comparable(found, turn), *turn, "{}: {}, at {tell:?}", transcript.tc_id, transcript.comment);
            }
            if transcript.is_ended() {
                // The number is free for the next exchange.
                assert_eq!(
                    host.receiver.begin(&head(&host.head)).div_euclid(TWO_TO_THE_32),
                    0.0,
                    "{}",
                    transcript.tc_id
                );
            }
        }
    }
    Ok(())
}

/// What knows the request and tells it piece by piece.
struct Host {
    receiver: Receiver,
    webhook: Webhook,
    facts: Value,
    constants: Value,
    now: f64,
    head: Map<String, Value>,
    headers: Vec<(String, String)>,
    exchange: f64,
}

impl Host {
    fn new(group: &Transcripts) -> anyhow::Result<Self> {
        let options = &group.receiver;
        let settings = ReceiverSettings {
            patterns: options.routes.clone(),
            namespace: Some(options.namespace.clone()),
            ttl_seconds: options.ttl_millis.map(|millis| millis / 1_000.0),
            on_store_failure: Some(options.on_store_failure.clone()),
            has_no_store: !options.has_store,
            is_background: options.background,
            diagnoses: options.diagnose,
            ..ReceiverSettings::default()
        };
        let rules = settings.rules().map_err(|failure| anyhow::anyhow!(failure.message))?;
        let receiver = Receiver::new(rules, Wants { debug: true, outcomes: false });
        let tolerance_seconds =
            group.tolerance_millis.map(|millis| f64::from(u32::try_from(millis).unwrap_or_default()) / 1_000.0);
        let settings = Settings { tolerance_seconds, name: group.webhook_name.clone(), ..Settings::default() };
        let webhook = Webhook::open([group.secret_hex.0.as_slice()], &settings)
            .map_err(|failure| anyhow::anyhow!(failure.message))?;
        let (facts, constants) = (serde_json::from_str(&receiver.facts())?, serde_json::from_str(&constants())?);
        let (head, headers) = (Map::new(), Vec::new());
        Ok(Self { receiver, webhook, facts, constants, now: group.now.parse()?, head, headers, exchange: -1.0 })
    }

    fn tell(&mut self, tell: &Map<String, Value>, expected: &Value) -> anyhow::Result<Value> {
        let with = |name: &str| tell.get(name).and_then(Value::as_str).map(str::to_owned);
        if let Some(head) = tell.get("head") {
            self.head = head.as_object().cloned().unwrap_or_default();
            let begun = self.receiver.begin(&conformance::vectors::head(&self.head));
            return self.begun(begun, expected);
        }
        if let Some(headers) = tell.get("headers") {
            self.headers = Vec::deserialize(headers)?;
        }
        if with("webhook").as_deref() == Some("found") {
            let (values, names) = picked(&self.webhook, &self.headers);
            let headers = PickedHeaders::new(values).among(names.as_deref().map(str::as_bytes));
            let head = head(&self.head);
            let found = self.receiver.found(self.exchange, &self.webhook, &head, &headers, self.now);
            return self.begun(found, expected);
        }
        if let Some(body) = tell.get("bodyHex") {
            let body = Hex::deserialize(body)?.0;
            let turn = self.receiver.body(self.exchange, twenty_webhook::receiver::Body::Bytes(&body), self.now, 0.0);
            self.check_delivery(turn, expected)?;
            return self.shown(PackedTurn(turn.0 & !DELIVERY), expected);
        }
        if with("handler").as_deref() == Some("done") {
            let turn = self.receiver.handled(self.exchange);
            return self.shown(turn, expected);
        }
        let (word, text) = word(&with).ok_or_else(|| anyhow::anyhow!("nobody tells {tell:?}"))?;
        let cause = if word == "fault" { with("fault") } else { with("cause") };
        let turn = self.receiver.tell(self.exchange, word, text, cause);
        self.shown(turn, expected)
    }

    fn begun(&mut self, begun: f64, expected: &Value) -> anyhow::Result<Value> {
        self.exchange = begun.div_euclid(TWO_TO_THE_32);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of 32 bits")]
        let turn = PackedTurn(begun.rem_euclid(TWO_TO_THE_32) as u32);
        self.shown(turn, expected)
    }

    /// Of an authentic delivery the turn tells the secret and whether the nonce is usable; the event is there for who handles it.
    fn check_delivery(&mut self, turn: PackedTurn, expected: &Value) -> anyhow::Result<()> {
        let has_nonce = self.headers.iter().any(|(name, _)| name.ends_with("Nonce"));
        let is_authentic = expected["answer"].is_null() || expected["answer"]["status"] == 200;
        let bits = if is_authentic { u32::from(has_nonce) << 24 } else { 0 };
        assert_eq!(turn.0 & DELIVERY, bits);
        let event = self.receiver.take_event().map(|event| serde_json::from_str::<Vec<Value>>(&event)).transpose()?;
        assert_eq!(event.is_some(), is_authentic && !expected["next"].is_null());
        if let (Some(event), Some(key)) = (event, expected["next"]["claim"]["key"].as_str()) {
            assert!(key.split(':').any(|part| event.last().is_some_and(|id| id == part)), "{key}");
        }
        assert_eq!(self.receiver.take_payload(), None);
        Ok(())
    }

    /// A turn, as the transcripts spell it.
    fn shown(&mut self, PackedTurn(turn): PackedTurn, expected: &Value) -> anyhow::Result<Value> {
        let claim: Value = serde_json::from_str(&self.receiver.claim(self.exchange))?;
        let within = |name: &str| self.facts[name].clone();
        // Whether it is told is decided by the host, which knows whether the answer waits.
        let warn_after =
            if expected["next"]["handle"]["warnAfterMillis"].is_null() { Value::Null } else { within("slowHandlerMs") };
        let next = match turn & 7 {
            0 => Value::Null,
            1 => json!({ "findWebhook": { "withinMillis": within("webhookMs") } }),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of bytes")]
            2 => {
                json!({ "readBody": { "atMost": self.webhook.max_body_bytes() as u64, "withinMillis": within("bodyMs") } })
            }
            3 => json!({ "claim": {
                "key": claim["key"], "ttlMillis": claim["ttlMs"], "windowMillis": claim["windowMs"], "withinMillis": within("storeMs"),
            } }),
            4 => json!({ "handle": { "route": turn >> 10 & 4095, "warnAfterMillis": warn_after } }),
            5 => {
                json!({ "release": { "key": claim["key"], "token": claim["token"], "withinMillis": within("storeMs") } })
            }
            other => anyhow::bail!("no action has the number {other}"),
        };
        assert_eq!(claim.as_object().is_some_and(Map::is_empty), !matches!(turn & 7, 3 | 5));
        let answer = match usize::try_from(turn >> 4 & 63)? {
            0 => Value::Null,
            place => answered(&self.constants["answers"][place - 1]),
        };
        let notices: Vec<Value> = serde_json::from_str(&self.receiver.take_notices(self.exchange))?;
        assert_eq!(notices.is_empty(), turn >> 3 & 1 == 0);
        let notices: Vec<_> = notices.iter().map(|notice| {
            json!({ "level": notice["level"], "outcome": notice["outcome"], "code": notice["code"], "line": notice["line"] })
        }).collect();
        Ok(json!({ "notices": notices, "answer": answer, "next": next }))
    }
}

/// The values of the three headers, and the names of all where there is none.
pub(crate) fn picked<'h>(
    webhook: &Webhook,
    headers: &'h [(String, String)],
) -> ([Option<&'h [u8]>; 3], Option<String>) {
    let names = webhook.header_names();
    let value = |name: &String| {
        headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_bytes())
    };
    let values = [value(&names[0]), value(&names[1]), value(&names[2])];
    let all = || headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("\n");
    (values, values.iter().all(Option::is_none).then(all))
}

/// The transcripts have headers as pairs, and `content-type` first.
fn answered(answer: &Value) -> Value {
    let mut headers: Vec<_> = answer["headers"].as_object().into_iter().flatten().collect();
    headers.sort_by_key(|(name, _)| *name != "content-type");
    json!({ "status": answer["status"], "headers": headers, "body": answer["body"] })
}

/// What a step tells, in the words of hosts, with a text where it needs one.
fn word(with: &impl Fn(&str) -> Option<String>) -> Option<(&'static str, Option<String>)> {
    let told = |kind: &str| with(kind).unwrap_or_default();
    Some(match (told("webhook").as_str(), told("unreadable").as_str(), told("claim").as_str()) {
        ("unknown", ..) => ("unknown webhook", None),
        ("failed", ..) => ("failed webhook", None),
        ("late", ..) => ("late webhook", None),
        (_, "tooLarge", _) => ("too large", with("reason")),
        (_, "late", _) => ("late body", with("reason")),
        (_, "gone", _) => ("gone", with("reason")),
        (_, "alreadyRead", _) => ("already read", with("reason")),
        (_, "notARequest", _) => ("not a request", with("reason")),
        (.., "granted") => ("granted", with("token")),
        (.., "held") => ("held", None),
        (.., "failed") => ("failed claim", None),
        (.., "odd") => ("odd claim", with("answer")),
        (.., "late") => ("late claim", None),
        (.., "abandoned") => ("abandoned claim", None),
        _ => match (told("handler").as_str(), told("release").as_str(), with("fault")) {
            ("failed", ..) => ("failed", None),
            ("slow", ..) => ("slow", None),
            (_, "done", _) => ("released", None),
            (_, "failed", _) => ("not released", None),
            (.., Some(_)) => ("fault", None),
            _ => return None,
        },
    })
}

/// The bits that tell of a delivery.
const DELIVERY: u32 = 15 << 22;
const TWO_TO_THE_32: f64 = 4_294_967_296.0;
