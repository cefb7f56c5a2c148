//! Verification against the vectors.

use std::time::Duration;

use conformance::vectors::{BodyRepeat, Group, Header, Hex, load, pairs, webhook};
use serde::Deserialize;
use twenty_webhook::{Code, Headers, Timestamp, Webhook};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VerifyGroup {
    secrets_hex: Vec<Hex>,
    tolerance_millis: Option<u64>,
    max_body_bytes: Option<usize>,
    header_prefix: Option<String>,
    payload_form: String,
    tests: Vec<VerifyTest>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VerifyTest {
    tc_id: u32,
    comment: String,
    headers: Vec<Header>,
    body_hex: Option<Hex>,
    body_repeat: Option<BodyRepeat>,
    now: String,
    result: String,
    code: Option<String>,
    timestamp: Option<String>,
    nonce: Option<String>,
    secret_index: Option<usize>,
    payload_hex: Option<Hex>,
    payload_repeat: Option<BodyRepeat>,
    id: Option<String>,
}

impl Group for VerifyGroup {
    fn len(&self) -> usize {
        self.tests.len()
    }
}

#[test]
fn every_vector_of_verification() -> anyhow::Result<()> {
    for group in load::<VerifyGroup>("verify")? {
        let webhook = group.webhook()?;
        for test in &group.tests {
            test.check(&webhook, &pairs(&test.headers)).map_err(|error| error.context(test.tc_id))?;
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
                test.check(&webhook, &map).map_err(|error| error.context(test.tc_id))?;
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

impl VerifyGroup {
    fn webhook(&self) -> anyhow::Result<Webhook> {
        let mut webhook = webhook(&self.secrets_hex, self.header_prefix.as_deref(), &self.payload_form)?;
        if let Some(millis) = self.tolerance_millis {
            webhook = webhook.tolerance(Duration::from_millis(millis));
        }
        if let Some(bytes) = self.max_body_bytes {
            webhook = webhook.max_body_bytes(bytes);
        }
        Ok(webhook)
    }
}

impl VerifyTest {
    fn check<H: Headers>(&self, webhook: &Webhook, headers: &H) -> anyhow::Result<()> {
        let body = self.body();
        match webhook.verify(&body, headers, self.now()?) {
            Ok(delivery) => {
                assert_eq!(self.result, "valid", "{}: {}", self.tc_id, self.comment);
                assert_eq!(Some(delivery.timestamp().unix_millis().to_string()), self.timestamp, "{}", self.tc_id);
                assert_eq!(delivery.nonce(), self.nonce.as_deref(), "{}", self.tc_id);
                assert_eq!(Some(delivery.secret_index()), self.secret_index, "{}", self.tc_id);
                assert_eq!(
                    delivery.payload(),
                    bytes(self.payload_hex.as_ref(), self.payload_repeat.as_ref()),
                    "{}",
                    self.tc_id
                );
                assert_eq!(Some(delivery.id().as_str()), self.id.as_deref(), "{}", self.tc_id);
                let debug = format!("{delivery:?}");
                assert!(debug.len() < 500, "it shows the payload's length, not the payload: {debug}");
                assert!(debug.ends_with(&format!("payload_bytes: {} }}", delivery.payload().len())), "{debug}");
                assert_eq!(format!("{:?}", delivery.into_owned()), debug);
            }
            Err(error) => {
                assert_eq!(self.result, "invalid", "{}: {}: {error}", self.tc_id, self.comment);
                assert_eq!(Some(error.code().as_str()), self.code.as_deref(), "{}: {}", self.tc_id, self.comment);
                assert_eq!(Some(error.status()), error.code().status(), "{}", self.tc_id);
            }
        }
        Ok(())
    }

    fn body(&self) -> Vec<u8> {
        bytes(self.body_hex.as_ref(), self.body_repeat.as_ref())
    }

    fn now(&self) -> anyhow::Result<Timestamp> {
        Ok(Timestamp::from_unix_millis(self.now.parse()?))
    }
}

fn bytes(hex: Option<&Hex>, repeat: Option<&BodyRepeat>) -> Vec<u8> {
    match (hex, repeat) {
        (Some(hex), _) => hex.0.clone(),
        (None, Some(repeat)) => repeat.byte_hex.0.repeat(repeat.count),
        (None, None) => Vec::new(),
    }
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
