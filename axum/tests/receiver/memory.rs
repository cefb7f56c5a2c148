//! The store in memory.

use std::{num::NonZeroUsize, time::Duration};

use tokio::time::advance;
use twenty_webhook_axum::{MemoryReplayStore, ReplayStore as _};

const TTL: Duration = Duration::from_secs(100);
const WINDOW: Duration = Duration::from_secs(10);
const SECOND: Duration = Duration::from_secs(1);

async fn claim(store: &MemoryReplayStore, key: &str) -> Result<Option<String>, String> {
    claim_for(store, key, TTL).await
}

async fn claim_for(store: &MemoryReplayStore, key: &str, ttl: Duration) -> Result<Option<String>, String> {
    store.claim(key, ttl, WINDOW).await.map_err(|error| error.to_string())
}

async fn is_granted(store: &MemoryReplayStore, key: &str) -> bool {
    claim(store, key).await.unwrap().is_some()
}

fn of_entries(entries: usize) -> MemoryReplayStore {
    MemoryReplayStore::with_max_entries(NonZeroUsize::new(entries).unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_claim_is_held_to_the_end_of_its_life() {
    let store = MemoryReplayStore::default();
    assert!(is_granted(&store, "a").await);
    advance(TTL - Duration::from_nanos(1)).await;
    assert!(!is_granted(&store, "a").await);
    advance(Duration::from_nanos(1)).await;
    assert!(is_granted(&store, "a").await);
    assert!(claim_for(&store, "forever", Duration::MAX).await.unwrap().is_some());
    advance(TTL * 1_000_000).await;
    assert!(!is_granted(&store, "forever").await);
}

#[tokio::test(start_paused = true)]
async fn only_who_holds_a_key_releases_it() {
    let store = MemoryReplayStore::default();
    let first = claim(&store, "a").await.unwrap().unwrap();
    store.release("a", "another").await.unwrap();
    store.release("b", &first).await.unwrap();
    assert!(!is_granted(&store, "a").await);
    store.release("a", &first).await.unwrap();
    let second = claim(&store, "a").await.unwrap().unwrap();
    store.release("a", &first).await.unwrap();
    assert!(!is_granted(&store, "a").await);
    advance(TTL).await;
    assert!(is_granted(&store, "a").await);
    store.release("a", &second).await.unwrap();
    assert!(!is_granted(&store, "a").await);
}

#[tokio::test(start_paused = true)]
async fn a_full_one_forgets_the_oldest_past_the_window_and_nothing_younger() {
    let store = of_entries(3);
    for key in ["a", "b", "c"] {
        assert!(is_granted(&store, key).await);
        advance(SECOND).await;
    }
    let error = claim(&store, "d").await.unwrap_err();
    assert_eq!(error, "The replay store in memory is full: it holds 3 claims, and each is too young to be forgotten.");
    assert!(!is_granted(&store, "a").await, "a duplicate is one however full it is");
    advance(WINDOW - 3 * SECOND + Duration::from_nanos(1)).await;
    assert!(is_granted(&store, "d").await);
    assert!(claim(&store, "e").await.is_err());
    assert!(!is_granted(&store, "b").await && !is_granted(&store, "c").await && !is_granted(&store, "d").await);
    advance(SECOND).await;
    assert!(is_granted(&store, "a").await);
}

#[tokio::test(start_paused = true)]
async fn a_younger_claim_of_a_shorter_life_makes_room_too() {
    let store = of_entries(2);
    assert!(claim_for(&store, "long", TTL).await.unwrap().is_some());
    assert!(claim_for(&store, "short", SECOND).await.unwrap().is_some());
    assert!(claim(&store, "other").await.is_err());
    advance(SECOND).await;
    assert!(is_granted(&store, "other").await);
    assert!(!is_granted(&store, "long").await);
}

#[tokio::test(start_paused = true)]
async fn what_is_released_or_expired_takes_no_room() {
    let store = of_entries(2);
    for round in 0..1_000 {
        let token = claim(&store, &format!("released {round}")).await.unwrap().unwrap();
        store.release(&format!("released {round}"), &token).await.unwrap();
    }
    for round in 0..1_000 {
        assert!(claim_for(&store, &format!("expired {round}"), SECOND).await.unwrap().is_some());
        advance(SECOND).await;
    }
    assert!(is_granted(&store, "a").await && is_granted(&store, "b").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_is_granted() {
    let store = std::sync::Arc::new(MemoryReplayStore::default());
    for key in 0..100 {
        let asked: Vec<_> = (0..20)
            .map(|_| {
                let store = std::sync::Arc::clone(&store);
                tokio::spawn(async move { is_granted(&store, &key.to_string()).await })
            })
            .collect();
        let mut granted = 0;
        for asked in asked {
            granted += usize::from(asked.await.unwrap());
        }
        assert_eq!(granted, 1);
    }
}
