use std::{string::ToString, vec::Vec};

use crate::{Nonce, Secret, Timestamp, Webhook};

const NOW: u64 = 1_735_066_639_761;
const SIGNATURE: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn refusal(timestamp: Option<&[u8]>, signature: Option<&[u8]>) -> std::string::String {
    let mut headers: Vec<(&str, &[u8])> = Vec::new();
    headers.extend(timestamp.map(|value| ("X-Twenty-Webhook-Timestamp", value)));
    headers.extend(signature.map(|value| ("X-Twenty-Webhook-Signature", value)));
    let webhook = Webhook::new(Secret::new("secret").unwrap());
    let error = webhook.verify(b"{}", headers.as_slice(), Timestamp::from_unix_millis(NOW)).unwrap_err();
    error.to_string()
}

/// Each message names the remedy for the mistake that most often causes it.
#[test]
fn messages_name_the_remedy() {
    let signature = Some(SIGNATURE.as_bytes());
    for (message, expected) in [
        (
            refusal(None, None),
            "None of the X-Twenty-Webhook-* headers is there: the webhook has no secret set in Twenty",
        ),
        (refusal(None, signature), "The header X-Twenty-Webhook-Timestamp is missing"),
        (refusal(Some(b"1,2"), signature), "The header X-Twenty-Webhook-Timestamp has more than one value"),
        (refusal(Some(b"1735066639"), signature), "By its size the timestamp header is in seconds"),
        (refusal(Some(b"2024-12-24T18:57:19Z"), signature), "\"2024-12-24T18:57:19Z\", not 1 to 16 ASCII digits"),
        (refusal(Some(b"1735066339760"), signature), "was sent 5 min 1 ms ago, the tolerance is 5 min:"),
        (refusal(Some(b"1735066939762"), signature), "5 min 1 ms from now, the tolerance is 5 min:"),
        (refusal(Some(b"1735066639761"), signature), "pass the raw body as received"),
    ] {
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn another_prefix_is_named_as_it_is_to_be_set() {
    let headers = [("x-acme-webhook-signature", SIGNATURE)];
    let webhook = Webhook::new(Secret::new("secret").unwrap());
    let error = webhook.verify(b"{}", &&headers, Timestamp::from_unix_millis(NOW)).unwrap_err();
    let told = error.to_string();
    assert!(told.contains("but x-acme-webhook-signature is: set the header prefix to x-acme-webhook- if"), "{told}");
}

/// What a body shows that is not the one that was signed.
#[test]
fn a_body_that_twenty_does_not_write_is_told() {
    let webhook = Webhook::new(Secret::new("secret").unwrap());
    let headers = [("X-Twenty-Webhook-Timestamp", "1735066639761"), ("X-Twenty-Webhook-Signature", SIGNATURE)];
    let told = |body: &[u8]| {
        let error = webhook.verify(body, &headers, Timestamp::from_unix_millis(NOW)).unwrap_err();
        error.to_string().split_once("re-serialised one.").unwrap().1.trim().to_string()
    };
    for (body, expected) in [
        (&b""[..], "The body is empty"),
        (b"{\"a\": 1}", "The body has blanks"),
        (b"{\n  \"a\":1}", "The body has blanks"),
        (b"{\"a\": 1}\n", "The body has blanks"),
        (b"{\"a\":1}\n", "The body ends with a line end"),
    ] {
        assert!(told(body).starts_with(expected), "{}", told(body));
    }
    for body in [&b"{\"a\":1}"[..], b"{\"a\":\"b\\\": c\"}", b"{", b"{\"a\":", b"[ 1]", b" ", &[b'{'; 100]] {
        assert_eq!(told(body), "");
    }
}

/// Milliseconds are what languages give least often.
#[test]
fn a_now_of_another_unit_is_told() {
    let webhook = Webhook::new(Secret::new("secret").unwrap());
    let headers = [("X-Twenty-Webhook-Timestamp", "1735066639761"), ("X-Twenty-Webhook-Signature", SIGNATURE)];
    for (now, expected) in [
        (NOW / 1_000, "now is in seconds"),
        (NOW * 1_000, "now is not in milliseconds"),
        (NOW * 1_000_000, "now is not in milliseconds"),
        (u64::MAX, "now is not in milliseconds"),
        (0, "20081 d 18 h from now"),
    ] {
        let error = webhook.verify(b"{}", &headers, Timestamp::from_unix_millis(now)).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn headers_of_another_prefix_are_told() {
    let webhook = Webhook::new(Secret::new("secret").unwrap());
    for (name, is_told) in [
        ("X-Acme-Webhook-Signature", true),
        ("x-acme-webhook-signature", true),
        ("webhook-signature", true),
        ("X-Acme-Webhook-Nonce", false),
        ("X-Acme Webhook-Signature", false),
        ("é-Webhook-Signature", false),
        ("X-Hub-Signature", false),
    ] {
        let error = webhook.verify(b"{}", &[(name, "00")], Timestamp::from_unix_millis(NOW)).unwrap_err();
        assert_eq!(error.to_string().contains(&std::format!("but {name} is")), is_told, "{error}");
    }
}

/// What was received is cut short and escaped; what was expected is never said.
#[test]
fn messages_hold_short_escaped_excerpts() {
    let long = [b"\x1b[31m\xff\"".as_slice(), &[b'x'; 1000]].concat();
    let message = refusal(Some(b"1735066639761"), Some(&long));
    assert!(message.contains(r#""\x1b[31m\xff\"xxxxxxxxxxxxxxxxx... (1007 bytes)""#), "{message}");
    let longer = [b'x'; 10_000];
    assert!(refusal(Some(b"1735066639761"), Some(&longer)).contains("... (cut off)"));
    let comma_beyond = [&[b'1'; 2000], b",2".as_slice()].concat();
    assert!(refusal(Some(&comma_beyond), None).contains("Signature is missing"));

    let webhook = Webhook::new(Secret::new("secret").unwrap());
    let signed = webhook.sign(b"{}", Timestamp::from_unix_millis(NOW), Nonce::from_bytes([0; 16])).unwrap();
    let [_, (_, expected), _] = signed.pairs();
    let message = refusal(Some(b"1735066639761"), Some(SIGNATURE.as_bytes()));
    assert!(!message.contains("secret ") && !message.contains(&expected[..8]), "{message}");
}
