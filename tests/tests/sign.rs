//! Signing against the vectors.

use conformance::vectors::{Group, Hex, load, webhook};
use serde::Deserialize;
use twenty_webhook::{Nonce, Timestamp};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignGroup {
    secrets_hex: Vec<Hex>,
    header_prefix: Option<String>,
    payload_form: String,
    tests: Vec<SignTest>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignTest {
    tc_id: u32,
    payload_hex: Hex,
    timestamp: String,
    nonce: String,
    result: String,
    code: Option<String>,
    headers: Option<Vec<(String, String)>>,
}

impl Group for SignGroup {
    fn len(&self) -> usize {
        self.tests.len()
    }
}

#[test]
fn every_vector_of_signing() -> anyhow::Result<()> {
    for group in load::<SignGroup>("sign")? {
        let webhook = webhook(&group.secrets_hex, group.header_prefix.as_deref(), &group.payload_form)?;
        for test in &group.tests {
            let timestamp = Timestamp::from_unix_millis(test.timestamp.parse()?);
            let signed =
                test.nonce.parse::<Nonce>().and_then(|nonce| webhook.sign(&test.payload_hex.0, timestamp, nonce));
            match signed {
                Ok(headers) => {
                    let pairs = headers.pairs().map(|(name, value)| (name.to_owned(), value.to_owned()));
                    assert_eq!(Some(pairs.to_vec()), test.headers, "{}", test.tc_id);
                    assert_eq!(test.result, "valid", "{}", test.tc_id);
                    webhook.verify(&test.payload_hex.0, &headers, timestamp)?;
                }
                Err(error) => {
                    let is_of_the_payload = error.code().as_str().starts_with("payload_");
                    assert_eq!(error.offset().is_some(), is_of_the_payload, "{}", test.tc_id);
                    assert_eq!(Some(error.code().as_str()), test.code.as_deref(), "{}", test.tc_id);
                    assert_eq!(test.result, "invalid", "{}", test.tc_id);
                }
            }
        }
    }
    Ok(())
}
