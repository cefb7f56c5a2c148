use std::{num::NonZeroUsize, string::ToString};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn granted(claims: &mut MemoryClaims, key: &str, ttl: u32, window: u32, now: u32) -> Option<String> {
    claims.claim(key, ttl * SECOND, window * SECOND, now * SECOND).unwrap_or_default()
}

fn holding(most: usize) -> MemoryClaims {
    MemoryClaims::with_max_entries(NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN))
}

#[test]
fn a_claim_is_gone_at_exactly_its_ttl() {
    let mut claims = MemoryClaims::default();
    assert!(granted(&mut claims, "a", 60, 30, 0).is_some());
    let just_before = Duration::from_millis(59_999);
    assert_eq!(claims.claim("a", SECOND, SECOND, just_before), Ok(None));
    assert!(granted(&mut claims, "a", 60, 30, 60).is_some());
}

#[test]
fn only_its_own_token_releases_a_claim() {
    let mut claims = MemoryClaims::default();
    let first = granted(&mut claims, "a", 60, 30, 0).unwrap_or_default();
    for other in ["", "x", "-1", "0", "2"] {
        claims.release("a", other);
        assert_eq!(granted(&mut claims, "a", 60, 30, 0), None, "{other:?}");
    }
    claims.release("a", &first);
    let second = granted(&mut claims, "a", 60, 30, 0).unwrap_or_default();
    assert_ne!(first, second);
    claims.release("a", &first);
    assert_eq!(granted(&mut claims, "a", 60, 30, 0), None);
    claims.release("b", &second);
    assert_eq!(claims.len(), 1);
}

#[test]
fn a_full_store_forgets_the_oldest_that_is_past_its_own_window() {
    let mut claims = holding(2);
    assert!(granted(&mut claims, "long", 90, 60, 0).is_some());
    assert!(granted(&mut claims, "short", 90, 10, 1).is_some());
    let full = claims.claim("c", SECOND, SECOND, 11 * SECOND).map_err(|full| full.to_string());
    assert_eq!(
        full,
        Err("The replay store in memory is full: it holds 2 claims, and each is too young to be forgotten.".into())
    );
    assert!(granted(&mut claims, "c", 90, 60, 12).is_some());
    assert_eq!(granted(&mut claims, "long", 90, 60, 12), None, "the one with the longer window is kept");
    assert!(granted(&mut claims, "short", 90, 10, 61).is_some(), "it was forgotten, and then the oldest was");
}

#[test]
fn what_has_expired_makes_room_whatever_its_lifetimes() {
    let mut claims = holding(2);
    assert!(granted(&mut claims, "long", 90, 90, 0).is_some());
    assert!(granted(&mut claims, "short", 5, 5, 0).is_some());
    assert!(granted(&mut claims, "c", 90, 90, 5).is_some());
    assert_eq!(claims.len(), 2);
    assert!(!claims.is_empty());
}

#[test]
fn of_several_lifetimes_the_oldest_is_forgotten_first() {
    for (first, second) in [(10, 20), (20, 10)] {
        let mut claims = holding(2);
        assert!(granted(&mut claims, "older", 90, first, 0).is_some());
        assert!(granted(&mut claims, "younger", 90, second, 1).is_some());
        assert!(granted(&mut claims, "c", 90, 30, 50).is_some());
        assert_eq!(granted(&mut claims, "younger", 90, second, 50), None);
    }
}

#[test]
fn the_oldest_is_forgotten_in_whichever_lifetimes_it_is() {
    let mut claims = holding(3);
    let first = granted(&mut claims, "first", 90, 10, 0).unwrap_or_default();
    assert!(granted(&mut claims, "older", 90, 20, 1).is_some());
    assert!(granted(&mut claims, "younger", 90, 10, 2).is_some());
    claims.release("first", &first);
    assert!(granted(&mut claims, "youngest", 90, 10, 3).is_some());
    assert!(granted(&mut claims, "c", 90, 90, 50).is_some());
    for kept in ["younger", "youngest", "c"] {
        assert_eq!(granted(&mut claims, kept, 90, 10, 50), None, "{kept}");
    }
}

#[test]
fn lifetimes_without_a_claim_take_no_room() {
    let mut claims = holding(1);
    assert!(granted(&mut claims, "expired", 5, 5, 0).is_some());
    assert!(granted(&mut claims, "forgotten", 90, 1, 5).is_some());
    assert_eq!(claims.queues.len(), 1);
    assert!(granted(&mut claims, "kept", 90, 2, 10).is_some());
    assert_eq!(granted(&mut claims, "kept", 90, 2, 10), None);
    assert_eq!(claims.queues.len(), 1);
}

#[test]
fn claims_given_back_take_no_more_room_than_those_that_are_kept() {
    let mut claims = holding(10);
    for kept in ["a", "b", "c"] {
        assert!(granted(&mut claims, kept, 60, 30, 0).is_some());
    }
    for _ in 0..1_000 {
        let token = granted(&mut claims, "d", 60, 30, 0).unwrap_or_default();
        claims.release("d", &token);
        assert!(claims.queues[0].by_age.len() <= 2 * claims.len() + 1);
    }
}

#[test]
fn claims_given_back_leave_nothing_behind() {
    let mut claims = holding(3);
    for _ in 0..1_000 {
        let token = granted(&mut claims, "a", 60, 30, 0).unwrap_or_default();
        claims.release("a", &token);
    }
    assert!(claims.is_empty() && claims.queues.iter().all(|queue| queue.by_age.is_empty()));
}
