use std::{string::String, vec::Vec};

use super::{Headers, SignatureHeaders};
use crate::{error::Reason, options::HeaderPrefix};

fn read<H: Headers + ?Sized>(headers: &H) -> Result<SignatureHeaders<'_>, Reason> {
    SignatureHeaders::read(headers, &HeaderPrefix::default())
}

/// Slices, arrays, vectors and references of texts and bytes are one and the same.
#[test]
fn carriers_do_not_matter() {
    let array = [("X-Twenty-Webhook-Timestamp", "1"), ("x-twenty-webhook-signature", "2")];
    let bytes: Vec<(Vec<u8>, Vec<u8>)> = array.map(|(name, value)| (name.into(), value.into())).to_vec();
    let texts: Vec<(String, &[u8])> = array.map(|(name, value)| (name.into(), value.as_bytes())).to_vec();
    let found =
        [read(&array).unwrap(), read(&array[..]).unwrap(), read(&bytes[..]).unwrap(), read(&texts[..]).unwrap()];
    assert!(found.iter().all(|headers| (headers.timestamp, headers.signature) == (b"1", b"2")));
}

#[test]
fn names_that_are_nearly_the_right_ones_are_others() {
    for name in
        ["X-Twenty-Webhook-Timestam", "X-Twenty-Webhook-Timestamps", "Timestamp", "X_Twenty_Webhook_Timestamp", ""]
    {
        let headers = [(name, "1"), ("X-Twenty-Webhook-Signature", "2")];
        assert!(matches!(read(&headers), Err(Reason::MissingHeader(_))), "{name}");
    }
}

#[cfg(feature = "http")]
#[test]
fn a_header_map_shows_every_value() {
    let mut map = http::HeaderMap::new();
    map.append("x-twenty-webhook-timestamp", http::HeaderValue::from_static("1"));
    map.append("x-twenty-webhook-signature", http::HeaderValue::from_bytes(b"\xff").unwrap());
    assert_eq!(read(&map).unwrap().signature, b"\xff");
    map.append("x-twenty-webhook-timestamp", http::HeaderValue::from_static("1"));
    assert!(matches!(read(&map), Err(Reason::RepeatedHeader(_))));
}
