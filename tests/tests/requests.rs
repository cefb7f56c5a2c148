//! What a request is refused for before its body is read, and in which order.

use std::sync::Arc;

use twenty_webhook::{
    Code, ConfigError, Nonce, Secret, Timestamp, Webhook,
    receiver::{Action, Exchange, RequestHead, Routes, Rules},
};

const NOW: Timestamp = Timestamp::from_unix_millis(1_735_066_639_761);

/// The code, or none where the body is to be read.
fn judge(
    method: &str,
    encoding: Option<&str>,
    length: Option<&str>,
    headers: &[(&str, &str)],
) -> Result<Option<Code>, ConfigError> {
    let webhook = Webhook::new(Secret::new("a secret")?).max_body_bytes(1_000);
    let (content_encoding, content_length) = (encoding.map(str::as_bytes), length.map(str::as_bytes));
    let head = RequestHead { method, content_encoding, content_length };
    let (mut exchange, mut turn) = Exchange::begin(Arc::new(Rules::new(Routes::every())), &head);
    if matches!(turn.next, Some(Action::FindWebhook { .. })) {
        turn = exchange.found(Arc::new(webhook), &head, headers, NOW);
    }
    assert_eq!(turn.answer.is_none(), matches!(turn.next, Some(Action::ReadBody { at_most: 1_000, .. })));
    Ok(turn.answer.and_then(|answer| answer.outcome().code()))
}

#[test]
fn each_offence_comes_before_the_next() {
    let refused = |method, encoding, length| judge(method, encoding, length, &[]);
    for method in ["GET", "post", "PUT", "", "POST "] {
        assert_eq!(refused(method, Some("gzip"), Some("1001")), Ok(Some(Code::MethodNotAllowed)), "{method:?}");
    }
    assert_eq!(refused("POST", Some("identity, gzip"), Some("1001")), Ok(Some(Code::UnsupportedContentEncoding)));
    assert_eq!(refused("POST", Some("gzip"), Some("1001, 1001")), Ok(Some(Code::UnsupportedContentEncoding)));
    assert_eq!(refused("POST", Some("identity"), Some("1001, 1001")), Ok(Some(Code::MalformedContentLength)));
    assert_eq!(refused("POST", Some("identity"), Some("1001")), Ok(Some(Code::PayloadTooLarge)));
    assert_eq!(refused("POST", None, Some("99999999999999999999999")), Ok(Some(Code::PayloadTooLarge)));
    assert_eq!(refused("POST", None, Some("1000")), Ok(Some(Code::MissingHeader)));
}

#[test]
fn a_content_length_is_one_number() {
    for length in ["", " ", "many", "-1", "+2", "2.0", "0x2", "2, 2", "2,2", "2, 3", "2,", "2 2", "٢"] {
        assert_eq!(judge("POST", None, Some(length), &[]), Ok(Some(Code::MalformedContentLength)), "{length:?}");
    }
    for length in [None, Some("0"), Some("002"), Some(" 2\t")] {
        assert_eq!(judge("POST", None, length, &[]), Ok(Some(Code::MissingHeader)), "{length:?}");
    }
}

#[test]
fn what_may_be_genuine_is_let_through() {
    let webhook = Webhook::new(Secret::new("another").unwrap());
    let signed = webhook.sign(b"{}", NOW, Nonce::from_bytes([7; 16])).unwrap();
    for (encoding, length) in [(None, None), (Some(""), Some("2")), (Some("Identity"), Some("0000002"))] {
        assert_eq!(judge("POST", encoding, length, &signed.pairs()), Ok(None));
    }
}
