//! What the host's side does in a transcript, and when.

use std::{future::pending, sync::Arc, time::Duration};

use bytes::Bytes;
use serde_json::Value;
use tokio::time::sleep;
use twenty_webhook_axum::{ReceiverBuilder, Webhook, receive_with};

use super::Step;
use crate::support::Pieces;

/// What is told as late happens when the machine's time is over; everything else a moment after what was told before it.
pub(super) struct Script {
    /// What is told of the webhook.
    webhook: Option<(String, String)>,
    /// How long after it was asked the store answers, and what; `None` if it never does.
    pub(super) claim: Option<(Duration, Result<Option<String>, String>)>,
    /// How long the handler takes, and how it ends.
    pub(super) handler: (Duration, Result<(), String>),
    /// How a release ends; `None` if it does not.
    pub(super) release: Option<Result<(), String>>,
}

impl Script {
    pub(super) fn of(steps: &[Step]) -> Self {
        let mut script = Self { webhook: None, claim: None, handler: (Duration::ZERO, Ok(())), release: None };
        // Since the store was asked.
        let (mut now, mut handler_began) = (Duration::ZERO, Duration::ZERO);
        for Step { tell, turn } in steps {
            let told = |name: &str| tell.get(name).and_then(Value::as_str);
            let cause = || told("cause").unwrap_or_default().to_owned();
            if let Some(webhook) = told("webhook") {
                script.webhook = Some((webhook.to_owned(), cause()));
            }
            match (told("claim"), told("handler"), told("release")) {
                (Some("late"), ..) => now += STORE_TIMEOUT,
                (Some("abandoned"), ..) => now += LATE_CLAIM_TIMEOUT,
                (Some(claim), ..) => {
                    now += MOMENT;
                    let answer = match claim {
                        "granted" => Ok(told("token").map(str::to_owned)),
                        "held" => Ok(None),
                        _ => Err(cause()),
                    };
                    script.claim = Some((now, answer));
                }
                (_, Some("slow"), _) => now = handler_began + SLOW_HANDLER,
                (_, Some(end), _) => {
                    now += MOMENT;
                    script.handler = (now - handler_began, if end == "done" { Ok(()) } else { Err(cause()) });
                }
                (.., Some("done")) => script.release = Some(Ok(())),
                (.., Some(_)) => script.release = Some(Err(cause())).filter(|_| told("cause") != Some(RELEASE_IS_LATE)),
                _ => {}
            }
            if turn["next"].get("handle").is_some() {
                handler_began = now;
            }
        }
        script
    }

    /// Begins a receiver that looks for this webhook.
    pub(super) fn find(&self, webhook: Webhook) -> ReceiverBuilder {
        let (webhook, script) = (Arc::new(webhook), self.webhook.clone());
        receive_with(move |_| {
            let (webhook, script) = (Arc::clone(&webhook), script.clone());
            async move {
                sleep(MOMENT).await;
                match script.as_ref().map(|(told, cause)| (&**told, cause)) {
                    Some(("found", _)) => Ok(Some(webhook)),
                    Some(("unknown", _)) => Ok(None),
                    Some(("failed", cause)) => Err(cause.to_owned()),
                    _ => pending().await,
                }
            }
        })
    }
}

const MOMENT: Duration = Duration::from_millis(100);
const STORE_TIMEOUT: Duration = Duration::from_secs(1);
const LATE_CLAIM_TIMEOUT: Duration = Duration::from_secs(90);
const SLOW_HANDLER: Duration = Duration::from_secs(4);
const RELEASE_IS_LATE: &str = "no answer within 1 s";

pub(super) fn body(steps: &[Step]) -> Pieces {
    let begun = || Ok(Bytes::from_static(b"{"));
    let told = |name: &str| steps.iter().find_map(|step| step.tell.get(name)?.as_str());
    let at_most = steps.iter().find_map(|step| step.turn["next"].get("readBody")?.get("atMost")?.as_u64());
    match (told("unreadable"), told("cause")) {
        (Some("gone"), Some(cause)) => Pieces::new(vec![begun(), Err(cause.to_owned())], true),
        (Some("gone"), None) => Pieces::new(vec![begun()], true).promising(2),
        (Some("late"), _) => Pieces::new(vec![begun()], false),
        (Some("tooLarge"), _) => {
            let all = vec![b'a'; usize::try_from(at_most.unwrap()).unwrap()];
            Pieces::new(vec![Ok(all.into()), begun()], false)
        }
        (Some(_), _) => Pieces::new(vec![], true),
        (None, _) => Pieces::new(vec![Ok(hex::decode(told("bodyHex").unwrap_or_default()).unwrap().into())], true),
    }
}
