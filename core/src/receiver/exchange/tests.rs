//! Transcripts are in `tests/vectors/receiver.json`; here is what no driver may do.

use std::{vec, vec::Vec};

use super::*;
use crate::{Secret, receiver::Routes};

fn begun() -> (Exchange, Arc<Webhook>) {
    let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
    let (exchange, _) = Exchange::begin(Arc::new(Rules::new(Routes::every())), &head);
    (exchange, Arc::new(Webhook::new(Secret::from_bytes(b"a secret").unwrap_or_else(|_| unreachable!()))))
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "a claim was told out of order"))]
fn a_claim_before_a_body_is_no_acceptance() {
    let (mut exchange, _) = begun();
    let turn = exchange.claimed(Claimed::Granted { token: "t".into() });
    assert_eq!(turn.answer.map(|answer| answer.outcome()), Some(Outcome::Refused(Code::Internal)));
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "a body was told out of order"))]
fn a_body_before_a_webhook_is_no_acceptance() {
    let (mut exchange, webhook) = begun();
    let now = Timestamp::from_unix_millis(0);
    let signed = webhook.sign(b"", now, crate::Nonce::from_bytes([0; 16])).unwrap_or_else(|_| unreachable!());
    let (turn, delivery) = exchange.body(Body::Bytes(b""), &signed, now);
    assert!(delivery.is_none());
    assert_eq!(turn.answer.map(|answer| answer.status()), Some(500));
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "the end of a handler was told out of order"))]
fn the_end_of_a_handler_that_was_never_called_is_no_success() {
    let (mut exchange, _) = begun();
    let turn = exchange.handled();
    assert_eq!(turn.answer.map(|answer| answer.status()), Some(500));
}

#[test]
fn a_body_that_is_cut_on_the_way_is_told_with_its_length() {
    let now = Timestamp::from_unix_millis(0);
    for (length, came, expected) in [
        ("9", "01234567", "announces 9 bytes, and 8 came"),
        ("7", "01234567", "announces 7 bytes, and 8 came"),
        ("8", "01234567", "not a re-serialised one."),
    ] {
        let (mut exchange, webhook) = begun();
        let signed =
            webhook.sign(b"012345678", now, crate::Nonce::from_bytes([0; 16])).unwrap_or_else(|_| unreachable!());
        let head = RequestHead { method: "POST", content_encoding: None, content_length: Some(length.as_bytes()) };
        let _ = exchange.found(webhook, &head, &signed, now);
        let (turn, _) = exchange.body(Body::Bytes(came.as_bytes()), &signed, now);
        assert_eq!(turn.answer.map(|answer| answer.outcome()), Some(Outcome::Refused(Code::SignatureMismatch)));
        assert!(turn.notices.iter().any(|notice| notice.reason.contains(expected)), "{:?}", turn.notices);
    }
}

#[test]
fn a_server_that_stops_waiting_is_told_for_as_long_as_an_event_is_under_way() {
    let (mut exchange, webhook) = begun();
    let now = Timestamp::from_unix_millis(0);
    let signed = webhook.sign(b"{}", now, crate::Nonce::from_bytes([0; 16])).unwrap_or_else(|_| unreachable!());
    let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
    let told = |exchange: &mut Exchange| exchange.unawaited().notices.len();
    assert_eq!(told(&mut exchange), 0);
    let _ = exchange.found(webhook, &head, &signed, now);
    assert_eq!(told(&mut exchange), 0);
    let _ = exchange.body(Body::Bytes(b"{}"), &signed, now);
    assert_eq!(told(&mut exchange), 1);
    let _ = exchange.claimed(Claimed::Granted { token: "t".into() });
    assert_eq!(told(&mut exchange), 1);
    let _ = exchange.failed(None);
    assert_eq!(told(&mut exchange), 1);
    let _ = exchange.released();
    assert_eq!(told(&mut exchange), 0);
}

#[test]
fn a_cut_body_is_told_only_beside_a_signature_that_does_not_match() {
    let now = Timestamp::from_unix_millis(0);
    let (mut exchange, webhook) = begun();
    let signed = webhook.sign(b"0", now, crate::Nonce::from_bytes([0; 16])).unwrap_or_else(|_| unreachable!());
    let head = RequestHead { method: "POST", content_encoding: None, content_length: Some(b"9") };
    let _ = exchange.found(webhook, &head, &signed, now);
    let late = Timestamp::from_unix_millis(300_001);
    let (turn, _) = exchange.body(Body::Bytes(b"0"), &signed, late);
    assert_eq!(turn.answer.map(|answer| answer.outcome()), Some(Outcome::Refused(Code::TimestampTooOld)));
    assert!(turn.notices.iter().all(|notice| !notice.reason.contains("announces")), "{:?}", turn.notices);
}

#[test]
fn a_fault_is_told_at_any_time() {
    let now = Timestamp::from_unix_millis(0);
    let (mut exchange, webhook) = begun();
    assert!(!exchange.is_over());
    let signed = webhook.sign(b"{}", now, crate::Nonce::from_bytes([0; 16])).unwrap_or_else(|_| unreachable!());
    let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
    let _ = exchange.found(webhook, &head, &signed, now);
    let _ = exchange.body(Body::Bytes(b"{}"), &signed, now);
    let _ = exchange.claimed(Claimed::Granted { token: "t".into() });
    let turn = exchange.failed(None);
    assert!(matches!(turn.next, Some(Action::Release { .. })));
    let told = |turn: Turn| {
        let notices = turn.notices.into_iter().map(|notice| (notice.code, notice.cause));
        (turn.answer.map(|answer| answer.status()), turn.next.is_none(), notices.collect::<Vec<_>>())
    };
    let turn = told(exchange.fault(Some("it broke".into())));
    let unreleased = (Some(Code::ReplayStoreUnavailable), Some("it broke".into()));
    assert_eq!(turn, (Some(500), true, vec![unreleased, (Some(Code::HandlerFailed), None)]));
    assert!(exchange.is_over());
    let internal = (Some(Code::Internal), Some("it broke again".into()));
    assert_eq!(told(exchange.fault(Some("it broke again".into()))), (None, true, vec![internal]));
}

#[test]
fn a_fault_after_a_handler_gives_no_claim_back() {
    let now = Timestamp::from_unix_millis(0);
    let (mut exchange, webhook) = begun();
    let signed = webhook.sign(b"{}", now, crate::Nonce::from_bytes([0; 16])).unwrap_or_else(|_| unreachable!());
    let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
    let _ = exchange.found(webhook, &head, &signed, now);
    let _ = exchange.body(Body::Bytes(b"{}"), &signed, now);
    let _ = exchange.claimed(Claimed::Granted { token: "t".into() });
    assert_eq!(exchange.handled().answer.map(|answer| answer.outcome()), Some(Outcome::Handled));
    let turn = exchange.fault(None);
    assert!(turn.next.is_none() && turn.answer.is_none(), "{turn:?}");
    assert!(exchange.is_over());
}
