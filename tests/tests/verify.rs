//! Verification against the vectors.

use conformance::vectors::{Header, VerifyGroup, VerifyTest, load, pairs};
use twenty_webhook::{Code, Headers, Webhook};

#[test]
fn every_vector_of_verification() -> anyhow::Result<()> {
    for group in load::<VerifyGroup>("verify")? {
        let webhook = group.webhook()?;
        for test in &group.tests {
            check(test, &webhook, &pairs(&test.headers)).map_err(|error| error.context(test.tc_id))?;
        }
    }
    Ok(())
}

/// The same through `http::HeaderMap`, where it can hold the headers at all.
#[test]
fn every_vector_of_verification_through_http() -> anyhow::Result<()> {
    let mut held = 0;
    for group in load::<VerifyGroup>("verify")? {
        let webhook = group.webhook()?;
        for test in &group.tests {
            if let Some(map) = header_map(&test.headers) {
                check(test, &webhook, &map).map_err(|error| error.context(test.tc_id))?;
                held += 1;
            }
        }
    }
    assert!(held > 300, "{held}");
    Ok(())
}

/// Headers alone, and the length alone, are judged as the whole judges them.
#[test]
fn early_checks_agree_with_the_whole() -> anyhow::Result<()> {
    for group in load::<VerifyGroup>("verify")? {
        let webhook = group.webhook()?;
        for test in &group.tests {
            let headers = webhook.check_headers(&pairs(&test.headers), test.now()?).err().map(|error| error.code());
            let length = webhook.check_body_length(test.body().len() as u64).err().map(|error| error.code());
            let expected = test.code.as_deref().and_then(code);
            assert_eq!(length.is_some(), expected == Some(Code::PayloadTooLarge), "{}", test.tc_id);
            if !matches!(expected, Some(Code::PayloadTooLarge)) {
                let is_of_headers = matches!(
                    expected,
                    Some(
                        Code::RepeatedHeader
                            | Code::MissingHeader
                            | Code::MalformedTimestamp
                            | Code::TimestampTooOld
                            | Code::TimestampTooNew
                            | Code::MalformedSignature
                    )
                );
                assert_eq!(headers, expected.filter(|_| is_of_headers), "{}", test.tc_id);
            }
        }
    }
    Ok(())
}

fn check<H: Headers>(test: &VerifyTest, webhook: &Webhook, headers: &H) -> anyhow::Result<()> {
    let body = test.body();
    match webhook.verify(&body, headers, test.now()?) {
        Ok(delivery) => {
            assert_eq!(test.result, "valid", "{}: {}", test.tc_id, test.comment);
            assert_eq!(Some(delivery.timestamp().unix_millis().to_string()), test.timestamp, "{}", test.tc_id);
            assert_eq!(delivery.nonce(), test.nonce.as_deref(), "{}", test.tc_id);
            assert_eq!(Some(delivery.secret_index()), test.secret_index, "{}", test.tc_id);
            assert_eq!(delivery.payload(), test.payload(), "{}", test.tc_id);
            assert_eq!(Some(delivery.id().as_str()), test.id.as_deref(), "{}", test.tc_id);
            let debug = format!("{delivery:?}");
            assert!(debug.len() < 500, "it shows the payload's length, not the payload: {debug}");
            assert!(debug.ends_with(&format!("payload_bytes: {} }}", delivery.payload().len())), "{debug}");
            assert_eq!(format!("{:?}", delivery.into_owned()), debug);
        }
        Err(error) => {
            assert_eq!(test.result, "invalid", "{}: {}: {error}", test.tc_id, test.comment);
            assert_eq!(Some(error.code().as_str()), test.code.as_deref(), "{}: {}", test.tc_id, test.comment);
            assert_eq!(Some(error.status()), error.code().status(), "{}", test.tc_id);
        }
    }
    Ok(())
}

fn header_map(headers: &[Header]) -> Option<http::HeaderMap> {
    let mut map = http::HeaderMap::new();
    for header in headers {
        let name = http::HeaderName::from_bytes(&header.name_hex.0).ok()?;
        map.append(name, http::HeaderValue::from_bytes(&header.value_hex.0).ok()?);
    }
    Some(map)
}

fn code(text: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.as_str() == text)
}
