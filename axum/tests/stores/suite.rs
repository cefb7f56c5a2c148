//! The suite of rules over every store, and over stores that break one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::Instant;
use twenty_webhook_axum::{
    BoxError, BoxFuture, MemoryReplayStore, ReplayStore,
    testing::{StoreFaults, check_store},
};

use crate::{
    postgres::{self, Postgres},
    redis::{self, Redis},
    sqlite,
};

#[tokio::test]
async fn the_store_in_memory_keeps_to_the_rules() -> Result<(), StoreFaults> {
    check_store([MemoryReplayStore::default()]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_store_in_sqlite_keeps_to_the_rules() -> Result<(), StoreFaults> {
    let folder = sqlite::file();
    check_store([1, 2, 3].map(|_| sqlite::store(folder.path()))).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn the_store_in_postgresql_keeps_to_the_rules() -> Result<(), StoreFaults> {
    let postgres = Postgres::begin().await;
    check_store([1, 2, 3].map(|_| postgres::store(&postgres.host(), 5432))).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs Redis"]
async fn the_store_in_redis_keeps_to_the_rules() -> Result<(), StoreFaults> {
    let server = Redis::begin();
    check_store([redis::store(&server.url()).await, redis::store(&server.url()).await]).await
}

/// How a store is wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    GrantsAlways,
    GivesEmptyTokens,
    GivesOneToken,
    ReleasesNothing,
    ReleasesForAnyone,
    FailsForAnyoneElse,
    NeverForgets,
    ProlongsWhatItRefuses,
    ForgetsAfterTheWindow,
    CountsIn32Bits,
    IgnoresCase,
    LooksBeforeItLeaps,
}

struct Store {
    wrong: Wrong,
    claims: Mutex<HashMap<String, (String, Instant)>>,
}

impl Store {
    fn key(&self, key: &str) -> String {
        if self.wrong == Wrong::IgnoresCase { key.to_uppercase() } else { key.to_owned() }
    }

    fn life(&self, ttl: Duration, window: Duration) -> Result<Duration, BoxError> {
        match self.wrong {
            Wrong::ForgetsAfterTheWindow => Ok(window),
            Wrong::CountsIn32Bits => Ok(Duration::from_secs(u32::try_from(ttl.as_secs())?.into())),
            _ => Ok(ttl),
        }
    }
}

impl ReplayStore for Store {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        Box::pin(async move {
            let (key, end) = (self.key(key), Instant::now() + self.life(ttl, window)?);
            let is_held = |claims: &HashMap<String, (String, Instant)>| {
                let is_over = |end: Instant| self.wrong != Wrong::NeverForgets && Instant::now() >= end;
                self.wrong != Wrong::GrantsAlways && claims.get(&key).is_some_and(|(_, end)| !is_over(*end))
            };
            if self.wrong == Wrong::LooksBeforeItLeaps {
                if is_held(&self.claims.lock().unwrap()) {
                    return Ok(None);
                }
                tokio::task::yield_now().await;
            }
            let mut claims = self.claims.lock().unwrap();
            if self.wrong != Wrong::LooksBeforeItLeaps && is_held(&claims) {
                if self.wrong == Wrong::ProlongsWhatItRefuses {
                    claims.get_mut(&key).unwrap().1 = end;
                }
                return Ok(None);
            }
            let token = match self.wrong {
                Wrong::GivesEmptyTokens => String::new(),
                Wrong::GivesOneToken => "token".to_owned(),
                _ => format!("{end:?} {:?}", Instant::now()),
            };
            claims.insert(key, (token.clone(), end));
            Ok(Some(token))
        })
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        let (mut claims, key) = (self.claims.lock().unwrap(), self.key(key));
        let is_its_own = claims.get(&key).is_some_and(|(held, _)| held == token);
        if self.wrong == Wrong::ReleasesForAnyone || (is_its_own && self.wrong != Wrong::ReleasesNothing) {
            claims.remove(&key);
        }
        let is_failure = self.wrong == Wrong::FailsForAnyoneElse && !is_its_own;
        Box::pin(std::future::ready(if is_failure { Err("not yours".into()) } else { Ok(()) }))
    }
}

/// What breaks one rule may break others; which it is named for comes in any case.
#[tokio::test(start_paused = true)]
async fn a_store_that_breaks_a_rule_is_told_which() {
    for (wrong, expected) in [
        (
            Wrong::GrantsAlways,
            r#"Who claims a key first gets a token, and everyone else gets nothing while the claim lives: "first" was granted again"#,
        ),
        (
            Wrong::GivesEmptyTokens,
            r#"Who claims a key first gets a token, and everyone else gets nothing while the claim lives: the token of "first" was empty."#,
        ),
        (Wrong::GivesOneToken, "Each claim has a token of its own: two claims had the same."),
        (Wrong::ReleasesNothing, r#"A claim that is released with its token is free again: "released" was refused"#),
        (
            Wrong::ReleasesForAnyone,
            r#"A release with another token changes nothing, and is no error: "another's" was granted again"#,
        ),
        (
            Wrong::FailsForAnyoneElse,
            r#"A release with another token changes nothing, and is no error: a release failed with "not yours"."#,
        ),
        (
            Wrong::NeverForgets,
            "A claim is gone when its life is over, however often it was refused to others before: one of a second was there after 60 s.",
        ),
        (
            Wrong::ProlongsWhatItRefuses,
            "A claim is gone when its life is over, however often it was refused to others before: one of a second",
        ),
        (
            Wrong::ForgetsAfterTheWindow,
            r#"A claim lives for its whole ttl, not for its window only, while there is room: "past its window" was granted"#,
        ),
        (
            Wrong::CountsIn32Bits,
            "A claim may live for 285 years, which is what the longest ttl comes to: a claim failed with TryFromIntError",
        ),
        (
            Wrong::IgnoresCase,
            r#"Keys are the same only if they are the same bytes, whatever is in them: "A" was refused"#,
        ),
        (
            Wrong::LooksBeforeItLeaps,
            r#"Of many who claim a key at once, one is granted it: of 25 who claimed "race 1", 25 were"#,
        ),
    ] {
        let faults = check_store([Store { wrong, claims: Mutex::default() }]).await.unwrap_err();
        assert!(faults.sentences().any(|sentence| sentence.starts_with(expected)), "{wrong:?}: {faults}");
    }
    assert!(check_store::<Arc<Store>>([]).await.is_err());
}
