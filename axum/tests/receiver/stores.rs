//! Stores that fail, panic, hang or are late.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};
use tower_service::Service as _;
use twenty_webhook_axum::{BoxError, BoxFuture, OnStoreFailure, Receiver, ReceiverBuilder, ReplayStore};

use crate::support::{Seen, builder, person, send, signed};

/// What it does is the first word of the record's id, as far as that is in the key: one store for each test.
#[derive(Clone)]
struct Store {
    seen: Seen,
    manner: Manner,
}

#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Fails,
    Panics,
    TakesSeconds(u64),
    GrantsNothingAfterSeconds(u64),
    CannotRelease,
    PanicsInRelease,
}

impl ReplayStore for Store {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        let (namespace, id) = key.split_once(':').expect("a namespace");
        assert!(id.len() == 64 && id.bytes().all(|digit| digit.is_ascii_hexdigit()), "{id}");
        self.seen.note(format!("claim {namespace} {ttl:?} {window:?}"));
        Box::pin(async {
            match self.manner {
                Manner::Fails => return Err("the disk is full".into()),
                Manner::Panics => panic!("a bug"),
                Manner::TakesSeconds(seconds) => sleep(Duration::from_secs(seconds)).await,
                Manner::GrantsNothingAfterSeconds(seconds) => {
                    sleep(Duration::from_secs(seconds)).await;
                    return Ok(Some(String::new()));
                }
                Manner::CannotRelease | Manner::PanicsInRelease => {}
            }
            Ok(Some("token".to_owned()))
        })
    }

    fn release<'a>(&'a self, _: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        self.seen.note(format!("release {token}"));
        assert!(self.manner != Manner::PanicsInRelease, "a bug");
        Box::pin(async { if self.manner == Manner::CannotRelease { Err("the disk is full".into()) } else { Ok(()) } })
    }
}

fn receiver(seen: &Seen, manner: Manner, choice: OnStoreFailure) -> Receiver {
    builder()
        .on("person.*", seen.ids())
        .replay_store(Store { seen: seen.clone(), manner })
        .namespace("crm-1")
        .replay_ttl(Duration::from_secs(700))
        .on_store_failure(choice)
        .on_error(seen.errors())
        .build()
        .expect("a receiver")
}

const CLAIM: &str = "claim crm-1 700s 610s";
const UNAVAILABLE: &str = "503 replay_store_unavailable: The replay store failed or did not answer in time.";

#[tokio::test(start_paused = true)]
async fn one_that_fails_or_panics() {
    for (manner, cause) in [(Manner::Fails, "the disk is full"), (Manner::Panics, "a bug")] {
        let seen = Seen::default();
        let answer = send(&receiver(&seen, manner, OnStoreFailure::Refuse), signed(&person("1"))).await;
        assert_eq!(answer, "503 replay_store_unavailable");
        assert_eq!(seen.lines().len(), 2);
        assert!(seen.lines()[1].starts_with(UNAVAILABLE) && seen.lines()[1].contains(cause), "{:?}", seen.lines());

        let seen = Seen::default();
        assert_eq!(send(&receiver(&seen, manner, OnStoreFailure::Handle), signed(&person("1"))).await, "200 handled");
        assert_eq!((seen.lines().len(), &seen.lines()[2][..]), (3, "1"));
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_late_counts_as_failed_and_its_claim_is_released_if_nothing_was_handled() {
    let seen = Seen::default();
    let receiver = receiver(&seen, Manner::TakesSeconds(3), OnStoreFailure::Refuse);
    let start = Instant::now();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "503 replay_store_unavailable");
    assert_eq!(start.elapsed().as_secs(), 1);
    sleep(Duration::from_millis(1_900)).await;
    assert_eq!(seen.lines().len(), 2);
    sleep(Duration::from_millis(200)).await;
    assert_eq!((&seen.lines()[0][..], &seen.lines()[2][..], seen.lines().len()), (CLAIM, "release token", 3));
}

#[tokio::test(start_paused = true)]
async fn the_late_claim_of_what_was_handled_is_kept() {
    let seen = Seen::default();
    let receiver = receiver(&seen, Manner::TakesSeconds(3), OnStoreFailure::Handle);
    let start = Instant::now();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 handled");
    assert_eq!(start.elapsed().as_secs(), 1);
    sleep(Duration::from_secs(10)).await;
    assert_eq!((&seen.lines()[2][..], seen.lines().len()), ("1", 3));
}

/// A receiver whose handler fails after this time.
fn failing(seen: &Seen, manner: Manner, after: Duration) -> ReceiverBuilder {
    let store = Arc::new(Store { seen: seen.clone(), manner });
    let fails = move |_, _| async move {
        sleep(after).await;
        Err("failed")
    };
    builder().on_every(fails).replay_store(store).on_error(seen.errors())
}

const FAILED: &str = "500 handler_failed: The handler failed. (failed)";

#[tokio::test(start_paused = true)]
async fn the_late_claim_of_what_was_not_handled_after_all_is_released() {
    // It comes after the handler has failed, and before.
    for after in [0, 5] {
        let seen = Seen::default();
        let receiver = failing(&seen, Manner::TakesSeconds(3), Duration::from_secs(after))
            .on_store_failure(OnStoreFailure::Handle)
            .build()
            .unwrap();
        assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
        sleep(Duration::from_secs(10)).await;
        let lines = seen.lines();
        assert!(lines[1].starts_with(UNAVAILABLE), "{lines:?}");
        let rest: BTreeSet<_> = lines[2..].iter().map(String::as_str).collect();
        assert_eq!((rest, lines.len()), (BTreeSet::from([FAILED, "release token"]), 4));
    }
}

const UNRELEASED: &str = "The claim was not released, so the same event sent again counts as handled.";

#[tokio::test(start_paused = true)]
async fn a_claim_that_cannot_be_released_is_told_and_costs_no_answer() {
    for (manner, cause) in
        [(Manner::CannotRelease, "the disk is full"), (Manner::PanicsInRelease, "it panicked: a bug")]
    {
        let unreleased = format!("503 replay_store_unavailable: {UNRELEASED} ({cause})");
        let expected = ["claim twenty-webhook 86400s 610s", "release token", &unreleased, FAILED];
        let seen = Seen::default();
        let receiver = failing(&seen, manner, Duration::ZERO).build().unwrap();
        assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
        assert_eq!(seen.lines(), expected);

        let seen = Seen::default();
        let receiver = failing(&seen, manner, Duration::ZERO).background().build().unwrap();
        assert_eq!(send(&receiver, signed(&person("1"))).await, "200 accepted");
        sleep(Duration::from_millis(50)).await;
        assert_eq!(seen.lines(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_token_grants_nothing_and_is_told_however_late_it_comes() {
    for seconds in [0, 3] {
        let seen = Seen::default();
        let receiver = receiver(&seen, Manner::GrantsNothingAfterSeconds(seconds), OnStoreFailure::Refuse);
        assert_eq!(send(&receiver, signed(&person("1"))).await, "503 replay_store_unavailable");
        receiver.drain().await;
        let told = seen.lines();
        assert!(told.last().is_some_and(|line| line.contains("the store answered empty text")), "{told:?}");
        assert_eq!(told.len(), if seconds == 0 { 2 } else { 3 }, "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_late_for_a_client_that_has_gone_is_told() {
    let seen = Seen::default();
    let receiver = receiver(&seen, Manner::TakesSeconds(3), OnStoreFailure::Refuse);
    let request = receiver.clone().call(signed(&person("1")));
    assert!(tokio::time::timeout(Duration::from_millis(500), request).await.is_err());
    sleep(Duration::from_secs(1)).await;
    assert_eq!(seen.lines().len(), 2);
    assert!(seen.lines()[1].starts_with(UNAVAILABLE), "{:?}", seen.lines());
}
