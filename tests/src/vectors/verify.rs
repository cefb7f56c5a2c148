//! The vectors of verification, `verify.json`.

use std::time::Duration;

use serde::Deserialize;
use twenty_webhook::{Timestamp, Webhook};

use super::{BodyRepeat, Group, Header, Hex, webhook};

/// Deliveries to one webhook.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifyGroup {
    /// The secrets it accepts.
    pub secrets_hex: Vec<Hex>,
    tolerance_millis: Option<u64>,
    max_body_bytes: Option<usize>,
    header_prefix: Option<String>,
    payload_form: String,
    /// The deliveries.
    pub tests: Vec<VerifyTest>,
}

/// A delivery, and what must be said of it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifyTest {
    /// Its number.
    pub tc_id: u32,
    /// What it shows.
    pub comment: String,
    /// As they arrived.
    pub headers: Vec<Header>,
    body_hex: Option<Hex>,
    body_repeat: Option<BodyRepeat>,
    now: String,
    /// `valid` or `invalid`.
    pub result: String,
    /// Why it is refused.
    pub code: Option<String>,
    /// When it was sent.
    pub timestamp: Option<String>,
    /// Its nonce, if that is usable.
    pub nonce: Option<String>,
    /// Which secret it was signed with.
    pub secret_index: Option<usize>,
    payload_hex: Option<Hex>,
    payload_repeat: Option<BodyRepeat>,
    /// What tells its event from others.
    pub id: Option<String>,
}

impl Group for VerifyGroup {
    fn len(&self) -> usize {
        self.tests.len()
    }
}

impl VerifyGroup {
    /// The webhook.
    ///
    /// # Errors
    ///
    /// When the vectors name what cannot be made.
    pub fn webhook(&self) -> anyhow::Result<Webhook> {
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
    /// The body as it arrived.
    pub fn body(&self) -> Vec<u8> {
        bytes(self.body_hex.as_ref(), self.body_repeat.as_ref())
    }

    /// The payload that was authenticated.
    pub fn payload(&self) -> Vec<u8> {
        bytes(self.payload_hex.as_ref(), self.payload_repeat.as_ref())
    }

    /// When it arrived.
    ///
    /// # Errors
    ///
    /// When the vector holds no number.
    pub fn now(&self) -> anyhow::Result<Timestamp> {
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
