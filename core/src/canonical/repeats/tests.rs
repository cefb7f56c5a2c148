use std::{format, string::String, vec::Vec};

use super::{FEW, Repeats};

/// The last number of each first key.
fn repeats(fingerprints: &[u32], keys: &[String]) -> Vec<(usize, usize)> {
    let mut repeats = Repeats::default();
    repeats.find(fingerprints, |number| keys[number].as_bytes());
    let firsts = (0..keys.len()).filter(|number| repeats.is_first(*number));
    let found: Vec<(usize, usize)> = firsts.map(|number| (number, repeats.last(number))).collect();
    assert_eq!(repeats.any(), found.len() < keys.len());
    found
}

/// With any number of keys, and with all, some or no fingerprints the same: only equal texts are equal keys.
#[test]
fn equal_fingerprints_do_not_make_equal_keys() {
    for count in [2, FEW, FEW + 1, 40] {
        let distinct: Vec<(String, u32)> = (0..).take(count).map(|number| (format!("key {number}"), number)).collect();
        let mut repeated = distinct.clone();
        repeated.extend([distinct[0].clone(), distinct[count - 1].clone(), distinct[0].clone()]);
        let expected_distinct: Vec<(usize, usize)> = (0..count).map(|number| (number, number)).collect();
        let mut expected_repeated = expected_distinct.clone();
        expected_repeated[0].1 = count + 2;
        expected_repeated[count - 1].1 = count + 1;

        for modulus in [1, 3, u32::MAX] {
            for (keys, expected) in [(&distinct, &expected_distinct), (&repeated, &expected_repeated)] {
                let fingerprints: Vec<u32> = keys.iter().map(|(_, number)| number % modulus).collect();
                let texts: Vec<String> = keys.iter().map(|(text, _)| text.clone()).collect();
                assert_eq!(&repeats(&fingerprints, &texts), expected, "{count} keys modulo {modulus}");
            }
        }
    }
}

/// The table gives up before colliding keys cost more than a few steps a key, or a second look at every byte.
#[test]
fn colliding_keys_are_given_up() {
    let keys: Vec<String> = (0..1000).map(|number| format!("key {number}")).collect();
    let is_looked_up = |fingerprints: &[u32], keys: &[String]| {
        let mut repeats = Repeats { last: (0..1000).collect(), ..Repeats::default() };
        repeats.look_up_all(fingerprints, |number| keys[number].as_bytes())
    };
    let spread: Vec<u32> = (0..1000_u32).map(|number| number.wrapping_mul(0x9e37_79b9).rotate_left(15)).collect();
    assert!(is_looked_up(&spread, &keys));

    // All at one place of the table, no two with the same fingerprint: what ends it is the number of steps.
    let one_place: Vec<u32> = (0..1000).map(|number| number << 20).collect();
    assert!(!is_looked_up(&one_place, &keys));

    // Few long keys with one fingerprint among many short ones: what ends it is the number of bytes.
    let mut few_alike = spread;
    few_alike[..20].fill(7);
    assert!(is_looked_up(&few_alike, &keys));
    let mut few_long = keys;
    for key in &mut few_long[..20] {
        key.insert_str(0, &"x".repeat(1_000));
    }
    assert!(!is_looked_up(&few_alike, &few_long));
}
