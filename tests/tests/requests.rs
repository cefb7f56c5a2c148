//! What a request is refused for before its body is read, and in which order.

use twenty_webhook::{Code, ConfigError, Nonce, RequestHead, Secret, Timestamp, Webhook};

const NOW: Timestamp = Timestamp::from_unix_millis(1_735_066_639_761);

fn judge(
    method: &str,
    encoding: Option<&str>,
    length: Option<&str>,
    headers: &[(&str, &str)],
) -> Result<Option<Code>, ConfigError> {
    let webhook = Webhook::new(Secret::new("a secret")?).max_body_bytes(1_000);
    let (content_encoding, content_length) = (encoding.map(str::as_bytes), length.map(str::as_bytes));
    let head = RequestHead { method, content_encoding, content_length };
    Ok(webhook.check_request(&head, headers, NOW).err().map(|error| error.code()))
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
