use std::{collections::BTreeSet, format, string::String, vec::Vec};

use super::{FEW, Objects, array_index, hash_of, mix};
use crate::canonicalize;

#[test]
fn array_indices_are_canonical_decimals_below_the_limit() {
    for (key, index) in [
        ("0", Some(0)),
        ("7", Some(7)),
        ("10", Some(10)),
        ("4294967294", Some(u32::MAX - 1)),
        ("4294967295", None),
        ("4294967296", None),
        ("9999999999", None),
        ("10000000000", None),
        ("00", None),
        ("01", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("a", None),
        ("１", None),
    ] {
        assert_eq!(array_index(key.as_bytes()), index, "{key}");
    }
}

/// The keys of the standard objects and their composites.
#[test]
fn hashes_tell_real_keys_apart() {
    let keys = "id createdAt updatedAt deletedAt name emails phones linkedinLink xLink jobTitle city avatarUrl position \
        createdBy companyId domainName employees annualRecurringRevenue address idealCustomerProfile accountOwnerId amount \
        closeDate stage pointOfContactId title bodyV2 dueAt status assigneeId firstName lastName primaryEmail \
        additionalEmails primaryPhoneNumber primaryPhoneCountryCode primaryPhoneCallingCode additionalPhones \
        primaryLinkLabel primaryLinkUrl secondaryLinks amountMicros currencyCode addressStreet1 addressStreet2 addressCity \
        addressPostcode addressState addressCountry addressLat addressLng source workspaceMemberId context blocknote \
        markdown targetUrl eventName objectMetadata workspaceId webhookId eventDate userId record updatedFields";
    let keys: Vec<&str> = keys.split_whitespace().collect();
    let hashes: BTreeSet<u32> = keys.iter().map(|key| hash_of(key.as_bytes())).collect();
    assert_eq!(hashes.len(), keys.len());
}

/// Keys with one hash are still told apart, and still recognised when repeated.
#[test]
fn keys_made_to_collide_are_still_different() {
    let most = if cfg!(miri) { 3 } else { 200 };
    // The last eight bytes are mixed in by an exclusive or, so for any eight before them there are eight that lead to the
    // same result; those that are printable are kept.
    let key = |number: u64| {
        let head = format!("{number:08}");
        let word = u64::from_le_bytes(*head.as_bytes().first_chunk()?);
        let tail = mix(word ^ 16).to_le_bytes();
        let is_printable = tail.iter().all(|byte| matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=b'~'));
        is_printable.then(|| head + str::from_utf8(&tail).unwrap())
    };
    let keys: Vec<String> = (0..).filter_map(key).take(most).collect();
    assert!(keys.iter().all(|key| hash_of(key.as_bytes()) == hash_of(keys[0].as_bytes())));
    for count in [2, 3, 20, FEW, FEW + 1, most].into_iter().filter(|count| *count <= most) {
        let member = |number: usize, value: usize| format!("\"{}\":{value}", keys[number]);
        let members: Vec<String> = (0..count).map(|number| member(number, number)).collect();
        let distinct = format!("{{{}}}", members.join(","));
        assert_eq!(canonicalize(distinct.as_bytes()).as_ref(), Ok(&distinct));

        let repeated = format!("{{{},{},{}}}", member(1, 555), members.join(","), member(1, 999));
        let mut expected = members.clone();
        expected.insert(0, member(1, 999));
        expected.remove(2);
        assert_eq!(canonicalize(repeated.as_bytes()), Ok(format!("{{{}}}", expected.join(","))));
    }
}

/// What looks at each byte of a key must not read beyond it, or overlook one.
#[test]
fn hashes_depend_on_every_byte() {
    for length in 1..40 {
        let key: Vec<u8> = (0..length).map(|byte| b'a' + byte % 26).collect();
        for place in 0..key.len() {
            let mut other = key.clone();
            other[place] ^= 1;
            assert_ne!(hash_of(&key), hash_of(&other), "{place} of {length}");
        }
    }
}

/// Every level reorders, the innermost value is dropped with a repeated key, and nothing is written twice.
#[test]
fn nested_objects_are_reordered_from_the_outside_in() {
    let text = r#"{"b":{"2":0,"1":{"z":1,"z":{"y":[{"q":1,"0":2}],"3":{}}}},"a":{"5":1,"4":2},"b":{"c":{"1":"_","0":0},"7":[]}}"#;
    let expected = r#"{"b":{"7":[],"c":{"0":0,"1":"_"}},"a":{"4":2,"5":1}}"#;
    assert_eq!(canonicalize(text.as_bytes()).as_deref(), Ok(expected));

    let levels = if cfg!(miri) { 40 } else { 500 };
    let nested = format!("{}0{}", r#"{"b":1,"a":"#.repeat(levels), r#","0":2}"#.repeat(levels));
    let expected = format!("{}0{}", r#"{"0":2,"b":1,"a":"#.repeat(levels), "}".repeat(levels));
    assert_eq!(canonicalize(nested.as_bytes()), Ok(expected));
}

#[test]
fn an_index_has_its_last_value() {
    for (text, expected) in [
        (r#"{"1":0,"1":1}"#, r#"{"1":1}"#),
        (r#"{"1":0,"0":0,"1":1,"0":2}"#, r#"{"0":2,"1":1}"#),
        (r#"{"a":0,"1":0,"a":1,"1":2,"b":3}"#, r#"{"1":2,"a":1,"b":3}"#),
    ] {
        assert_eq!(canonicalize(text.as_bytes()).as_deref(), Ok(expected));
        // Beyond what is compared one by one.
        let names: Vec<String> = (0..2 * FEW).map(|number| format!("\"name{number}\":0")).collect();
        let with_names = |text: &str| text.replace('}', &format!(",{}}}", names.join(",")));
        assert_eq!(canonicalize(with_names(text).as_bytes()), Ok(with_names(expected)));
    }
}

/// Beyond a number of names their hashes are no longer compared one by one.
#[test]
fn many_names_are_looked_at_when_the_object_closes() {
    let mut objects = Objects::new();
    objects.begin(0);
    for number in 0..=FEW {
        assert!(!objects.innermost_may_need_order(), "{number}");
        objects.key(format!("key {number}").as_bytes(), 0);
    }
    assert!(objects.innermost_may_need_order());
}
