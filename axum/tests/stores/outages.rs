//! PostgreSQL gone, paused, slow, cut off in the middle, and answering for another claim.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::sleep;
use twenty_webhook_axum::{OnStoreFailure, Receiver, ReplayStore as _};

use crate::{
    deliveries::{builder, deliver, deliver_until},
    postgres::{Postgres, store},
    proxy::{Manner, Proxy},
};

/// A receiver over a proxy to a server, with the number of events it has handled.
async fn receiver(choice: OnStoreFailure) -> (Receiver, Postgres, Proxy, Arc<AtomicUsize>) {
    let postgres = Postgres::begin().await;
    let (proxy, handled) = (Proxy::to(postgres.socket()).await, Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&handled);
    let receiver = builder()
        .on_every(move |_, _| {
            counted.fetch_add(1, Ordering::Relaxed);
            std::future::ready(())
        })
        .replay_store(store(&proxy.address.ip().to_string(), proxy.address.port()))
        .on_store_failure(choice)
        .build()
        .unwrap();
    // With its first claim the store deletes what is gone; then nothing else is on its way.
    let client = postgres.pool().get().await.unwrap();
    client.batch_execute("INSERT INTO twenty_webhook_claims VALUES ('gone', 'token', 5)").await.unwrap();
    assert_eq!(deliver(&receiver, "first").await, "handled");
    while !client.query("SELECT FROM twenty_webhook_claims WHERE key = 'gone'", &[]).await.unwrap().is_empty() {
        sleep(Duration::from_millis(5)).await;
    }
    (receiver, postgres, proxy, handled)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn a_server_that_crashes_is_unavailable_and_remembers_when_it_is_back() {
    let (receiver, mut postgres, _proxy, handled) = receiver(OnStoreFailure::Refuse).await;
    postgres.crash();
    assert_eq!(deliver(&receiver, "1").await, "replay_store_unavailable");
    postgres.restart().await;
    deliver_until("handled", &receiver, "1").await;
    for id in ["1", "first"] {
        deliver_until("duplicate", &receiver, id).await;
    }
    assert_eq!(handled.load(Ordering::Relaxed), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn what_a_paused_or_slow_server_grants_late_is_given_back() {
    let (receiver, _postgres, proxy, handled) = receiver(OnStoreFailure::Refuse).await;
    for (id, manner) in [("1", Manner::Holds), ("2", Manner::Delays(Duration::from_millis(1_500)))] {
        proxy.set(manner);
        assert_eq!(deliver(&receiver, id).await, "replay_store_unavailable");
        proxy.set(Manner::Passes);
        receiver.drain().await;
        deliver_until("handled", &receiver, id).await;
        assert_eq!(deliver(&receiver, id).await, "duplicate");
    }
    assert_eq!(handled.load(Ordering::Relaxed), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn what_was_handled_without_a_claim_keeps_the_one_that_comes_late() {
    let (receiver, _postgres, proxy, handled) = receiver(OnStoreFailure::Handle).await;
    proxy.set(Manner::Holds);
    assert_eq!(deliver(&receiver, "1").await, "handled");
    proxy.set(Manner::Passes);
    receiver.drain().await;
    assert_eq!(deliver(&receiver, "1").await, "duplicate");
    assert_eq!(handled.load(Ordering::Relaxed), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn a_claim_whose_answer_was_lost_is_found() {
    let (receiver, _postgres, proxy, handled) = receiver(OnStoreFailure::Refuse).await;
    proxy.set(Manner::LosesOne);
    // It is in time, or given back; never is it a duplicate.
    deliver_until("handled", &receiver, "1").await;
    assert_eq!(deliver(&receiver, "1").await, "duplicate");
    assert_eq!(handled.load(Ordering::Relaxed), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn an_answer_for_another_claim_is_no_refusal() {
    let postgres = Postgres::begin().await;
    postgres.pool().get().await.unwrap().batch_execute(RENAMES).await.unwrap();
    let store = store(&postgres.host(), 5432);
    for _ in 0..2 {
        let error = store.claim("a", Duration::from_secs(60), Duration::from_secs(60)).await.unwrap_err();
        assert!(error.to_string().starts_with("the database answered for another claim"), "{error}");
    }
}

const RENAMES: &str = "
    CREATE FUNCTION renames() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.key := 'another'; RETURN NEW; END $$;
    CREATE TRIGGER renames BEFORE INSERT ON twenty_webhook_claims FOR EACH ROW EXECUTE FUNCTION renames();
";
