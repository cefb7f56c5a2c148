//! Where deliveries are forwarded.

use std::sync::Arc;

use anyhow::ensure;
use tokio::task::spawn_blocking;
use twenty_webhook::is_pattern;
use twenty_webhook_axum::{BoxError, Delivery, Head};
use ureq::Agent;

use super::seen::{Seen, headers};
use crate::{
    http_client::Server,
    sending::{self, Post},
};

/// A URL, and the pattern of the events that go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(super) pattern: Option<String>,
    pub(super) url: String,
}

impl Route {
    /// Reads `person.*=http://127.0.0.1:3000/people`, or a URL alone, which may have that sign, too.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let (pattern, url) = match text.split_once('=') {
            Some((pattern, url)) if !pattern.contains("://") => (Some(pattern), url),
            _ => (None, text),
        };
        ensure!(
            pattern.is_none_or(is_pattern),
            "no event matches the pattern: write it like person.*, *.deleted or *.*"
        );
        Ok(Self { pattern: pattern.map(str::to_owned), url: url.to_owned() })
    }
}

pub(super) struct Forward {
    server: Server,
    agent: Agent,
}

impl Forward {
    pub(super) fn to(url: &str) -> anyhow::Result<Self> {
        let server = sending::receiver(url)?;
        Ok(Self { agent: server.agent()?, server })
    }

    /// The same bytes and headers. It fails if the answer is not 2xx, so that the delivery can come again.
    pub(super) async fn handle(self: Arc<Self>, delivery: Delivery<'static>, head: Head) -> Result<(), BoxError> {
        let mut body = Vec::new();
        Seen::with(&head, |seen| {
            seen.event = Some(delivery.event().to_json());
            body = seen.body.clone().unwrap_or_default();
        });
        let mut headers = headers(&head);
        headers.retain(|(name, _)| !sending::is_of_connection(name));
        let post = Post { name: self.server.shown(), headers, body };
        let answered = spawn_blocking(move || sending::answer(&self.agent, &self.server, 1, &post)).await?;
        let is_taken = answered.answer.as_ref().is_ok_and(|answer| answer.status.is_success());
        Seen::with(&head, |seen| seen.answered = Some(answered));
        if is_taken { Ok(()) } else { Err("It was forwarded, and not answered with 2xx.".into()) }
    }
}
