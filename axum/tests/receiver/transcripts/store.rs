//! A store that follows a script.

use std::{future::pending, time::Duration};

use tokio::time::sleep;
use twenty_webhook_axum::{BoxError, BoxFuture, ReplayStore};

use super::Script;
use crate::support::Seen;

pub(super) struct Store {
    claim: Option<(Duration, Result<Option<String>, String>)>,
    release: Option<Result<(), String>>,
    seen: Seen,
}

impl Store {
    pub(super) fn new(script: &Script, seen: &Seen) -> Self {
        Self { claim: script.claim.clone(), release: script.release.clone(), seen: seen.clone() }
    }
}

impl ReplayStore for Store {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        self.seen.note(claim(key, ttl.as_millis(), window.as_millis()));
        assert_eq!([ttl, window].map(|time| time.subsec_nanos() % 1_000_000), [0, 0], "whole milliseconds");
        Box::pin(async {
            let Some((after, answer)) = self.claim.clone() else { return pending().await };
            sleep(after).await;
            Ok(answer?)
        })
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        self.seen.note(release(key, token));
        Box::pin(async {
            let Some(answer) = self.release.clone() else { return pending().await };
            Ok(answer?)
        })
    }
}

pub(super) fn claim(key: &str, ttl_millis: u128, window_millis: u128) -> String {
    format!("claim {key} {ttl_millis} {window_millis}")
}

pub(super) fn release(key: &str, token: &str) -> String {
    format!("release {key} {token}")
}
