//! The cases of `tests/vectors/diagnose.json`.

use anyhow::Context as _;
use conformance::vectors::{Group, load};
use data_encoding::BASE64;
use serde::Deserialize;
use twenty_webhook::{
    Headers as _, Nonce, Secret, Timestamp, Webhook,
    diagnose::{Cause, Certainty, Diagnosis, Evidence},
};

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) tc_id: u32,
    pub(crate) name: String,
    pub(crate) tool: String,
    pub(crate) secrets: Vec<Vec<u8>>,
    pub(crate) others: Vec<Vec<u8>>,
    /// With which Twenty signed.
    pub(crate) secret: Vec<u8>,
    pub(crate) signed: Vec<u8>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) now: u64,
    pub(crate) findings: Vec<Expected>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Expected {
    pub(crate) cause: String,
    pub(crate) certainty: String,
}

impl Case {
    pub(crate) fn diagnose(&self) -> Diagnosis {
        let secrets: Vec<_> = self.secrets.iter().map(Vec::as_slice).collect();
        let others: Vec<_> = self.others.iter().map(Vec::as_slice).collect();
        let now = Timestamp::from_unix_millis(self.now);
        Evidence::new(&secrets, &self.headers, &self.body, now)
            .others(&others)
            .method(&self.method)
            .url(&self.url)
            .diagnose()
    }

    pub(crate) fn told(&self) -> String {
        let diagnosis = self.diagnose();
        diagnosis.findings().iter().map(|finding| finding.explanation() + finding.remedy()).collect()
    }

    pub(crate) fn is_proved(&self) -> bool {
        self.findings.iter().all(|finding| finding.certainty == "proved")
    }

    /// What Twenty sends with a payload.
    pub(crate) fn signature(&self, payload: &[u8]) -> anyhow::Result<String> {
        let webhook = Webhook::new(Secret::from_bytes(&self.secret)?);
        let sent = Timestamp::from_unix_millis(SENT_AT);
        let mut signature = String::new();
        webhook.sign(payload, sent, Nonce::from_bytes([7; 16]))?.visit(|name, value| {
            if name.ends_with(b"Signature") {
                signature = String::from_utf8_lossy(value).into_owned();
            }
        });
        Ok(signature)
    }
}

pub(crate) fn causes(diagnosis: &Diagnosis) -> impl Iterator<Item = (Cause, Certainty)> {
    diagnosis.findings().iter().map(|finding| (finding.cause(), finding.certainty()))
}

pub(crate) fn cases(kind: &str) -> anyhow::Result<Vec<Case>> {
    let groups = load::<CaseGroup>("diagnose")?;
    let group = groups.into_iter().find(|group| group.kind == kind).context("a kind of cases")?;
    let payload = bytes(&group.payload_base64)?;
    group.tests.into_iter().map(|test| test.read(&payload)).collect()
}

/// Those of every kind.
pub(crate) fn all() -> anyhow::Result<Vec<Case>> {
    Ok([cases("bodies")?, cases("secrets")?, cases("heads")?].concat())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CaseGroup {
    kind: String,
    payload_base64: String,
    tests: Vec<CaseText>,
}

impl Group for CaseGroup {
    fn len(&self) -> usize {
        self.tests.len()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CaseText {
    tc_id: u32,
    name: String,
    tool: String,
    secrets_base64: Vec<String>,
    others_base64: Vec<String>,
    secret_base64: String,
    signed_base64: Option<String>,
    headers: Vec<(String, String)>,
    body_base64: Option<String>,
    method: String,
    url: String,
    now: String,
    findings: Vec<Expected>,
}

impl CaseText {
    fn read(self, payload: &[u8]) -> anyhow::Result<Case> {
        let or_payload = |text: Option<String>| text.map_or_else(|| Ok(payload.to_vec()), |text| bytes(&text));
        let all = |texts: Vec<String>| texts.iter().map(|text| bytes(text)).collect::<anyhow::Result<_>>();
        Ok(Case {
            tc_id: self.tc_id,
            name: self.name,
            tool: self.tool,
            secrets: all(self.secrets_base64)?,
            others: all(self.others_base64)?,
            secret: bytes(&self.secret_base64)?,
            signed: or_payload(self.signed_base64)?,
            headers: self.headers,
            body: or_payload(self.body_base64)?,
            method: self.method,
            url: self.url,
            now: self.now.parse()?,
            findings: self.findings,
        })
    }
}

fn bytes(text: &str) -> anyhow::Result<Vec<u8>> {
    Ok(BASE64.decode(text.as_bytes())?)
}

/// Of every case.
const SENT_AT: u64 = 1_735_066_639_761;
