//! Claims in memory, as hosts ask for them and as receivers do by themselves.

use twenty_webhook::{
    host::{Failure, Memory, PackedTurn, PickedHeaders, Receiver, Settings, Wants, Webhook},
    receiver::{Body, RequestHead, Routes, Rules},
};

const NOW: f64 = 1_735_066_639_761.0;

#[test]
fn a_claim_is_granted_once() {
    let memory = Memory::open(Some(1.0));
    let claim = |key, at| memory.claim(key, 60_000.0, 30_000.0, at).map_err(|failure| failure.message);
    let token = claim("a", 0.5).unwrap().unwrap();
    assert_eq!(claim("a", 59_999.0), Ok(None));
    let full = "The replay store in memory is full: it holds 1 claims, and each is too young to be forgotten.";
    assert_eq!(claim("b", 30_000.0), Err(full.to_owned()));
    memory.release("a", "another");
    assert_eq!(claim("a", 2.0), Ok(None));
    memory.release("a", &token);
    assert!(claim("b", 2.0).is_ok_and(|token| token.is_some()));
    assert!(claim("b", 60_002.0).is_ok_and(|token| token.is_some()));
}

#[test]
fn a_receiver_asks_its_own_store() {
    let (mut receiver, memory) = (receiver(), Memory::open(None));
    receiver.remember_in(&memory);
    let (first, turn) = delivered(&mut receiver, 1.0).unwrap();
    assert_eq!(action(turn), HANDLE);
    let failed = receiver.tell(first, "failed", None, None);
    assert_eq!((action(failed), answer(failed)), (NOTHING, 500), "the claim is given back without asking");
    let (second, turn) = delivered(&mut receiver, 2.0).unwrap();
    assert_ne!(second, first, "notices of the first are still there");
    assert_eq!(action(turn), HANDLE);
    let handled = receiver.handled(second);
    assert_eq!((action(handled), answer(handled)), (NOTHING, 200));
    let (third, turn) = delivered(&mut receiver, 3.0).unwrap();
    assert_eq!((action(turn), answer(turn)), (NOTHING, 200), "a duplicate");
    for exchange in [first, second, third] {
        receiver.take_notices(exchange);
    }
    let day = 24.0 * 3_600_000.0;
    assert_eq!(action(delivered(&mut receiver, 2.0 + day).unwrap().1), HANDLE, "the claim has expired");
}

#[test]
fn numbers_of_exchanges_are_used_again_and_others_are_nobodys() {
    let mut receiver = receiver();
    let (first, turn) = delivered(&mut receiver, 0.0).unwrap();
    assert_eq!(action(turn), CLAIM);
    let (second, _) = delivered(&mut receiver, 0.0).unwrap();
    assert_eq!((first, second), (0.0, 1.0));
    receiver.tell(first, "held", None, None);
    assert_eq!(delivered(&mut receiver, 0.0).unwrap().0, 0.0);
    for nobody in [-1.0, 7.0, f64::NAN, f64::INFINITY] {
        let nobody = if nobody.is_nan() { -0.5 } else { nobody };
        assert_eq!(receiver.handled(nobody), PackedTurn::default());
        assert_eq!(receiver.take_notices(nobody), "[]");
        assert_eq!(receiver.claim(nobody), "{}");
    }
    assert!(receiver.claim(second).starts_with(r#"{"key":"twenty-webhook:"#));
}

#[test]
fn a_payload_that_is_not_the_body_is_taken_beside_it() {
    let settings = Settings { payload_form: Some("canonical".to_owned()), ..Settings::default() };
    let webhook = Webhook::open([&b"a secret"[..]], &settings).unwrap();
    let signed = webhook.sign(b"{\"b\":1,\"1\":2}", false, NOW, None, &[7; 16]).unwrap();
    let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
    let values = [1, 3, 5].map(|at| Some(signed[at].as_bytes()));
    let mut receiver = receiver();
    receiver.found(-1.0, &webhook, &head, &PickedHeaders::new(values), NOW);
    let turn = receiver.body(0.0, Body::Bytes(b"{ \"b\": 1, \"1\": 2 }"), NOW, 0.0);
    assert_eq!((action(turn), turn.0 >> 25 & 1), (CLAIM, 1));
    assert_eq!(receiver.take_payload().as_deref(), Some("{\"1\":2,\"b\":1}"));
    assert_eq!(receiver.take_payload(), None, "it is taken once");
}

fn receiver() -> Receiver {
    Receiver::new(Rules::new(Routes::every()), Wants::default())
}

/// Everything up to the body of the same delivery.
fn delivered(receiver: &mut Receiver, at: f64) -> Result<(f64, PackedTurn), Failure> {
    let webhook = Webhook::open([&b"a secret"[..]], &Settings::default())?;
    let body = br#"{"eventName":"person.created","record":{"id":"1"}}"#;
    let signed = webhook.sign(body, false, NOW, None, &[7; 16])?;
    let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
    let values = [1, 3, 5].map(|at| Some(signed[at].as_bytes()));
    let begun = receiver.found(-1.0, &webhook, &head, &PickedHeaders::new(values), NOW);
    let exchange = begun.div_euclid(4_294_967_296.0);
    Ok((exchange, receiver.body(exchange, Body::Bytes(body), NOW, at)))
}

fn action(turn: PackedTurn) -> u32 {
    turn.0 & 7
}

/// The status of the answer.
fn answer(turn: PackedTurn) -> u64 {
    let constants: serde_json::Value = serde_json::from_str(&twenty_webhook::host::constants()).unwrap_or_default();
    constants["answers"][(turn.0 >> 4 & 63) as usize - 1]["status"].as_u64().unwrap_or_default()
}

const NOTHING: u32 = 0;
const CLAIM: u32 = 3;
const HANDLE: u32 = 4;
