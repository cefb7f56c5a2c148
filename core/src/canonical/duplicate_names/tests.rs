use std::{format, string::String, vec::Vec};

use super::DuplicateNames;

/// Alike from the beginning for as long as the first eight bytes, for less, and not at all.
#[test]
fn equal_keys_are_found_and_no_others() {
    for beginning in ["", "k", "key", "a key of more than eight bytes "] {
        for count in [1, 2, 3, 40] {
            let mut keys: Vec<String> = (0..count).map(|number| format!("{beginning}{number}")).collect();
            let mut expected: Vec<(usize, usize)> = (0..count).map(|number| (number, number)).collect();
            assert_eq!(firsts_and_lasts(&keys), expected);

            keys.extend([keys[0].clone(), keys[count - 1].clone(), keys[0].clone()]);
            expected[count - 1].1 = count + 1;
            expected[0].1 = count + 2;
            assert_eq!(firsts_and_lasts(&keys), expected);
        }
    }
    assert_eq!(firsts_and_lasts(&["a".into(), String::new(), "a ".into(), String::new()]), [(0, 0), (1, 3), (2, 2)]);
}

fn firsts_and_lasts(keys: &[String]) -> Vec<(usize, usize)> {
    let mut duplicates = DuplicateNames::default();
    duplicates.find(keys.len(), |number| keys[number].as_bytes());
    let firsts = (0..keys.len()).filter(|number| duplicates.is_first(*number));
    let found: Vec<(usize, usize)> = firsts.map(|number| (number, duplicates.last(number))).collect();
    assert_eq!(duplicates.any(), found.len() < keys.len());
    found
}
