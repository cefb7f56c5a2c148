//! When nothing runs any more.

use std::{
    future::{pending, ready},
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};
use twenty_webhook_axum::{BoxError, BoxFuture, OnStoreFailure, ReplayStore};

use crate::support::{Seen, builder, person, send, signed};

/// A store that grants late, and is slow to release.
struct Slow;

impl ReplayStore for Slow {
    fn claim<'a>(&'a self, _: &'a str, _: Duration, _: Duration) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        Box::pin(async {
            sleep(Duration::from_secs(3)).await;
            Ok(Some("token".to_owned()))
        })
    }

    fn release<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async {
            sleep(Duration::from_secs(20)).await;
            Ok(())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn draining_waits_for_handlers_late_claims_and_releases_and_stops_nothing() {
    let receiver = builder().on_every(|_, _| ready(())).replay_store(Slow).build().unwrap();
    receiver.drain().await;
    let start = Instant::now();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "503 replay_store_unavailable");
    assert_eq!(start.elapsed().as_secs(), 1);
    receiver.clone().drain().await;
    assert_eq!(start.elapsed().as_secs(), 23);

    let finish = Arc::new(Notify::new());
    let finished = Arc::clone(&finish);
    let receiver = builder()
        .on_every(move |_, _| {
            let finished = Arc::clone(&finished);
            async move { finished.notified().await }
        })
        .on_store_failure(OnStoreFailure::Handle)
        .background()
        .build()
        .unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 accepted");
    assert!(timeout(Duration::from_secs(60), receiver.drain()).await.is_err());
    assert_eq!(send(&receiver, signed(&person("2"))).await, "200 accepted");
    finish.notify_one();
    assert!(timeout(Duration::from_secs(60), receiver.drain()).await.is_err());
    finish.notify_one();
    receiver.drain().await;
}

/// A store that does not answer: neither this, nor what is asked after it.
enum Silent {
    AtOnce,
    WhenItReleases,
}

impl ReplayStore for Silent {
    fn claim<'a>(&'a self, _: &'a str, _: Duration, _: Duration) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        struct Panics;
        impl Drop for Panics {
            fn drop(&mut self) {
                panic!("in drop");
            }
        }
        match self {
            Self::AtOnce => Box::pin(async {
                let _held = Panics;
                pending().await
            }),
            Self::WhenItReleases => Box::pin(ready(Ok(Some("token".to_owned())))),
        }
    }

    fn release<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(pending())
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_store_never_answers_is_given_up_so_that_draining_ends() {
    for (store, answer) in
        [(Silent::AtOnce, "503 replay_store_unavailable"), (Silent::WhenItReleases, "500 handler_failed")]
    {
        let told = Seen::default();
        let receiver = builder().on_every(|_, _| ready(Err("no"))).replay_store(store).on_error(told.errors());
        let (receiver, start) = (receiver.build().unwrap(), Instant::now());
        assert_eq!(send(&receiver, signed(&person("1"))).await, answer);
        receiver.drain().await;
        // A second for what it was asked, and ninety more.
        assert_eq!(start.elapsed().as_secs(), 91);
        let told = told.lines();
        assert!(told.iter().any(|line| line.contains("the same event sent again")), "{told:?}");
        assert_eq!(told.len(), 2, "{told:?}");
    }
}
