use std::{collections::BTreeSet, format, string::String, vec::Vec};

use super::{array_index, fingerprint};
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
fn fingerprints_tell_real_keys_apart() {
    let keys = "id createdAt updatedAt deletedAt name emails phones linkedinLink xLink jobTitle city avatarUrl position \
        createdBy companyId domainName employees annualRecurringRevenue address idealCustomerProfile accountOwnerId amount \
        closeDate stage pointOfContactId title bodyV2 dueAt status assigneeId firstName lastName primaryEmail \
        additionalEmails primaryPhoneNumber primaryPhoneCountryCode primaryPhoneCallingCode additionalPhones \
        primaryLinkLabel primaryLinkUrl secondaryLinks amountMicros currencyCode addressStreet1 addressStreet2 addressCity \
        addressPostcode addressState addressCountry addressLat addressLng source workspaceMemberId context blocknote \
        markdown targetUrl eventName objectMetadata workspaceId webhookId eventDate userId record updatedFields";
    let keys: Vec<&str> = keys.split_whitespace().collect();
    let fingerprints: BTreeSet<u32> = keys.iter().map(|key| fingerprint(key.as_bytes())).collect();
    assert_eq!(fingerprints.len(), keys.len());
}

/// Keys that share their fingerprint are still told apart, and still recognised when repeated.
#[test]
fn keys_with_one_fingerprint_are_still_different() {
    let key = |middle: usize| format!("beginni{middle:09}nng-ends");
    assert_eq!(fingerprint(key(1).as_bytes()), fingerprint(key(2).as_bytes()));
    for count in [2, 20, 40, 200] {
        let member = |number: usize, value: usize| format!("\"{}\":{value}", key(number));
        let members: Vec<String> = (0..count).map(|number| member(number, number)).collect();
        let distinct = format!("{{{}}}", members.join(","));
        assert_eq!(canonicalize(distinct.as_bytes()).as_ref(), Ok(&distinct));

        let repeated = format!("{{{},{}}}", members.join(","), member(1, 999));
        let mut expected = members.clone();
        expected[1] = member(1, 999);
        assert_eq!(canonicalize(repeated.as_bytes()), Ok(format!("{{{}}}", expected.join(","))));
    }
}

/// Every level reorders, the innermost value is dropped with a repeated key, and nothing is written twice.
#[test]
fn nested_objects_are_reordered_from_the_outside_in() {
    let text = r#"{"b":{"2":0,"1":{"z":1,"z":{"y":[{"q":1,"0":2}],"3":{}}}},"a":{"5":1,"4":2},"b":{"c":{"1":1,"0":0},"7":[]}}"#;
    let expected = r#"{"b":{"7":[],"c":{"0":0,"1":1}},"a":{"4":2,"5":1}}"#;
    assert_eq!(canonicalize(text.as_bytes()).as_deref(), Ok(expected));

    let levels = 500;
    let nested = format!("{}0{}", r#"{"b":1,"a":"#.repeat(levels), r#","0":2}"#.repeat(levels));
    let expected = format!("{}0{}", r#"{"0":2,"b":1,"a":"#.repeat(levels), "}".repeat(levels));
    assert_eq!(canonicalize(nested.as_bytes()), Ok(expected));
}
