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
