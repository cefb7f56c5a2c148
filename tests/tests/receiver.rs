//! The receiver's state machine, against its transcripts: what a host tells it, and what it must be answered.

use std::{sync::Arc, time::Duration};

use conformance::vectors::{Hex, ReceiverOptions, Step, Transcripts, comparable, head, load};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use twenty_webhook::{
    Code, Secret, Timestamp, Webhook,
    receiver::{
        Action, Body, Claimed, Exchange, NoWebhook, Notice, OnStoreFailure, Outcome, Routes, Rules, Turn, Unreadable,
    },
};

#[test]
fn every_transcript() -> anyhow::Result<()> {
    for group in load::<Transcripts>("receiver")? {
        for transcript in &group.tests {
            let mut host = Host::new(&group)?;
            for Step { tell, turn } in &transcript.steps {
                let found = host.tell(tell)?;
                assert_eq!(comparable(found, turn), *turn, "{}: {}, at {tell:?}", transcript.tc_id, transcript.comment);
            }
            assert!(host.exchange.is_some_and(|exchange| exchange.is_over() || !transcript.is_ended()));
        }
    }
    Ok(())
}

/// What knows the request and tells it piece by piece.
struct Host {
    rules: Arc<Rules>,
    webhook: Arc<Webhook>,
    now: Timestamp,
    head: Map<String, Value>,
    headers: Vec<(String, String)>,
    exchange: Option<Exchange>,
}

impl Host {
    fn new(group: &Transcripts) -> anyhow::Result<Self> {
        let ReceiverOptions { routes, has_store, background, on_store_failure, diagnose, namespace, ttl_millis } =
            &group.receiver;
        let routes = routes.as_ref().map_or_else(|| Ok(Routes::every()), Routes::of_patterns)?;
        let mut rules = Rules::new(routes).namespace(namespace);
        if let Some(millis) = ttl_millis {
            rules = rules.ttl_seconds(millis / 1_000.0)?;
        }
        if on_store_failure == "handle" {
            rules = rules.on_store_failure(OnStoreFailure::Handle);
        }
        let rules = if *has_store { rules } else { rules.no_store() };
        let rules = if *background { rules.background() } else { rules };
        let rules = if *diagnose { rules.diagnose() } else { rules };
        let mut webhook = Webhook::new(Secret::from_utf8(&group.secret_hex.0)?);
        if let Some(millis) = group.tolerance_millis {
            webhook = webhook.tolerance(Duration::from_millis(millis));
        }
        if let Some(name) = &group.webhook_name {
            webhook = webhook.name(name)?;
        }
        let now = Timestamp::from_unix_millis(group.now.parse()?);
        let (head, headers) = (Map::new(), Vec::new());
        Ok(Self { rules: Arc::new(rules), webhook: Arc::new(webhook), now, head, headers, exchange: None })
    }

    fn tell(&mut self, tell: &Map<String, Value>) -> anyhow::Result<Value> {
        let (kind, told) = KINDS
            .iter()
            .find_map(|kind| Some((*kind, tell.get(*kind)?)))
            .ok_or_else(|| anyhow::anyhow!("nothing is told"))?;
        let with = |name: &str| tell.get(name).and_then(Value::as_str).map(str::to_owned);
        let cause = with("cause");
        if kind == "head" {
            self.head = told.as_object().cloned().unwrap_or_default();
            let (exchange, turn) = Exchange::begin(Arc::clone(&self.rules), &head(&self.head));
            let shown = shown(&exchange, turn);
            self.exchange = Some(exchange);
            return Ok(shown);
        }
        if let Some(headers) = tell.get("headers") {
            self.headers = Vec::deserialize(headers)?;
        }
        let exchange = self.exchange.as_mut().ok_or_else(|| anyhow::anyhow!("the head comes first"))?;
        let turn = match (kind, told.as_str().unwrap_or_default()) {
            ("webhook", "found") => {
                exchange.found(Arc::clone(&self.webhook), &head(&self.head), &self.headers, self.now)
            }
            ("webhook", "unknown") => exchange.not_found(NoWebhook::Unknown),
            ("webhook", "failed") => exchange.not_found(NoWebhook::Failed { cause }),
            ("webhook", "late") => exchange.not_found(NoWebhook::Late),
            ("bodyHex", _) => {
                let body = Hex::deserialize(told)?.0;
                let (turn, delivery) = exchange.body(Body::Bytes(&body), &self.headers, self.now);
                let is_authentic = turn.answer.is_none_or(|answer| answer.outcome().code().is_none());
                assert_eq!(delivery.map(|delivery| delivery.payload().to_vec()), is_authentic.then_some(body));
                turn
            }
            ("unreadable", why) => exchange.unreadable(unreadable(why)?, with("reason"), cause),
            ("claim", "granted") => exchange.claimed(Claimed::Granted { token: with("token").unwrap_or_default() }),
            ("claim", "held") => exchange.claimed(Claimed::Held),
            ("claim", "failed") => exchange.claimed(Claimed::Failed { cause }),
            ("claim", "odd") => exchange.claimed(Claimed::Odd { answer: with("answer").unwrap_or_default() }),
            ("claim", "late") => exchange.claimed(Claimed::Late),
            ("claim", "abandoned") => exchange.claimed(Claimed::Abandoned),
            ("handler", "done") => exchange.handled(),
            ("handler", "failed") => exchange.failed(cause),
            ("handler", "slow") => exchange.slow(),
            ("release", "done") => exchange.released(),
            ("release", "failed") if cause.as_deref() == Some("no answer within 1 s") => {
                exchange.not_released_in_time()
            }
            ("release", "failed") => exchange.not_released(cause),
            ("fault", _) => exchange.fault(told.as_str().map(str::to_owned)),
            other => anyhow::bail!("nobody tells {other:?}"),
        };
        Ok(shown(exchange, turn))
    }
}

const KINDS: [&str; 8] = ["head", "webhook", "bodyHex", "unreadable", "claim", "handler", "release", "fault"];

fn unreadable(why: &str) -> anyhow::Result<Unreadable> {
    Ok(match why {
        "tooLarge" => Unreadable::TooLarge,
        "late" => Unreadable::Late,
        "gone" => Unreadable::Gone,
        "alreadyRead" => Unreadable::AlreadyRead,
        "notARequest" => Unreadable::NotARequest,
        other => anyhow::bail!("unreadable as {other}"),
    })
}

/// A turn, as the transcripts spell it.
fn shown(exchange: &Exchange, turn: Turn) -> Value {
    let notice = |notice: &Notice| {
        json!({
            "level": notice.level.as_str(),
            "outcome": notice.outcome.map(Outcome::as_str),
            "code": notice.code.map(Code::as_str),
            "line": exchange.line(notice),
        })
    };
    json!({
        "notices": turn.notices.iter().map(notice).collect::<Vec<_>>(),
        "answer": turn.answer.map(|answer| json!({ "status": answer.status(), "headers": answer.headers(), "body": answer.body() })),
        "next": turn.next.map(action),
    })
}

fn action(action: Action) -> Value {
    let millis = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    match action {
        Action::FindWebhook { within } => json!({ "findWebhook": { "withinMillis": millis(within) } }),
        Action::ReadBody { at_most, within } => {
            json!({ "readBody": { "atMost": at_most, "withinMillis": millis(within) } })
        }
        Action::Claim { key, ttl, window, within } => json!({ "claim": {
            "key": key, "ttlMillis": millis(ttl), "windowMillis": millis(window), "withinMillis": millis(within),
        } }),
        Action::Handle { route, warn_after } => {
            json!({ "handle": { "route": route, "warnAfterMillis": warn_after.map(millis) } })
        }
        Action::Release { key, token, within } => {
            json!({ "release": { "key": key, "token": token, "withinMillis": millis(within) } })
        }
    }
}
