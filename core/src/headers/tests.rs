use std::{string::String, vec::Vec};

#[cfg(feature = "host")]
use super::HeaderNames;
use super::{HeaderPrefix, Headers, SignatureHeaders, has_comma};
use crate::error::Reason;
#[cfg(feature = "host")]
use crate::host::PickedHeaders;

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

/// What a host has picked out is what would have been found among all headers.
#[test]
#[cfg(feature = "host")]
fn picked_values_are_those_of_the_pairs() {
    let names = ["X-Twenty-Webhook-Timestamp", "X-Twenty-Webhook-Signature", "X-Twenty-Webhook-Nonce"];
    for absent in 0..8 {
        let value = |place: usize| (absent >> place & 1 == 0).then_some([&b"1"[..], b"2", b"3"][place]);
        let picked = PickedHeaders::new([0, 1, 2].map(value));
        let pairs: Vec<(&str, &[u8])> = (0..3).filter_map(|place| Some((names[place], value(place)?))).collect();
        let shown = |headers: &SignatureHeaders<'_>| {
            (headers.timestamp.to_vec(), headers.signature.to_vec(), headers.nonce.map(String::from))
        };
        match (read(&picked), read(&pairs[..])) {
            (Ok(picked), Ok(pairs)) => assert_eq!(shown(&picked), shown(&pairs)),
            (Err(picked), Err(pairs)) => assert_eq!(std::format!("{picked:?}"), std::format!("{pairs:?}")),
            _ => panic!("{absent}"),
        }
    }
    let prefix = HeaderPrefix::default();
    assert!(
        names.iter().enumerate().all(|(place, name)| HeaderNames(&prefix).number_of(name.as_bytes()) == Some(place))
    );
}

/// A number that is no name's is nobody's.
#[cfg(feature = "host")]
#[test]
fn what_has_another_number_is_passed_over() {
    struct Numbered(usize);
    impl Headers for Numbered {
        fn visit<'h>(&'h self, _visitor: impl FnMut(&'h [u8], &'h [u8])) {}
        fn visit_named<'h>(&'h self, _names: &HeaderNames<'_>, mut visitor: impl FnMut(usize, &'h [u8])) {
            for number in [0, 1, self.0] {
                visitor(number, b"1");
            }
        }
    }
    assert_eq!(read(&Numbered(2)).unwrap().nonce, Some("1"));
    assert_eq!(read(&Numbered(3)).unwrap().nonce, None);
}

#[test]
fn a_comma_is_seen_at_every_place() {
    for length in 0..40 {
        let mut value: Vec<u8> = (0..length).map(|place| [b'-', b'+', 0xac, 0x2d][place % 4]).collect();
        assert!(!has_comma(&value));
        for place in 0..length {
            let other = core::mem::replace(&mut value[place], b',');
            assert!(has_comma(&value), "{place} of {length}");
            value[place] = other;
        }
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
