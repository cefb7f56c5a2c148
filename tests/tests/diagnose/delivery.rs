//! A delivery as it was sent, and what is told of it.

use twenty_webhook::{
    Headers, Nonce, Secret, SignedHeaders, Timestamp, Webhook,
    diagnose::{Diagnosis, Evidence},
};

/// As `openssl rand -hex 32` makes one, and Twenty.
pub(crate) const SECRET: &str = "3f8a1c5d9e7b2046a8c3e1f59d7b60244e8f1a6c3d5b79e0f2a4c6e8b0d1f357";
pub(crate) const OTHER: &str = "b1946ac92492d2347c6235b4d2611184f3e1c0a59d7b60244e8f1a6c3d5b79e0";
pub(crate) const NOW: Timestamp = Timestamp::from_unix_millis(1_735_066_639_000);

/// What Twenty sends of a record with this member.
pub(crate) fn payload(name: &str, value: &str) -> String {
    format!(
        r#"{{"targetUrl":"https://example.com/hook?a=b","eventName":"person.created","webhookId":"7d1f5c0a-2b3e-4a5d-9c8f-1e2d3c4b5a69","record":{{"{name}":"{value}"}}}}"#
    )
}

pub(crate) fn signed(body: &[u8]) -> anyhow::Result<SignedHeaders> {
    Ok(Webhook::new(Secret::new(SECRET)?).sign(body, NOW, Nonce::from_bytes([7; 16]))?)
}

/// Its values: timestamp, signature, nonce.
pub(crate) fn values(headers: &SignedHeaders) -> [String; 3] {
    let mut values = Vec::new();
    headers.visit(|_, value| values.push(String::from_utf8_lossy(value).into_owned()));
    let mut values = values.into_iter();
    core::array::from_fn(|_| values.next().unwrap_or_default())
}

/// What was sent with [`SECRET`] and arrived as another body, where these secrets are configured.
pub(crate) fn arrived(secrets: &[&str], sent: &[u8], arrived: &[u8]) -> anyhow::Result<Diagnosis> {
    let secrets: Vec<_> = secrets.iter().map(|secret| secret.as_bytes()).collect();
    Ok(Evidence::new(&secrets, &signed(sent)?, arrived, NOW).diagnose())
}

/// The causes, each with how sure it is.
pub(crate) fn told(diagnosis: &Diagnosis) -> Vec<String> {
    diagnosis.findings().iter().map(|finding| format!("{} {}", finding.cause(), finding.certainty())).collect()
}
