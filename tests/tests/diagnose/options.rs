//! Mistakes that the options of a webhook make possible.

use twenty_webhook::{
    Nonce, PayloadForm, Secret, SignedHeaders, Timestamp, Webhook,
    diagnose::{Cause, Certainty, Evidence},
};

#[test]
fn another_payload_form() -> anyhow::Result<()> {
    let body = br#"{ "eventName": "person.created", "record": {} }"#;
    for form in [PayloadForm::Canonical, PayloadForm::JsonString] {
        let webhook = webhook()?.payload_form(form);
        assert_eq!(causes(&webhook, &signed(body)?, body), [(Cause::OtherPayloadForm, Certainty::Proved)]);
    }
    Ok(())
}

/// The configured form is no mistake, so that others can be found beside it.
#[test]
fn a_secret_beside_a_payload_form() -> anyhow::Result<()> {
    let body = br#"{"eventName":"person.created","record":{}}"#;
    for form in [PayloadForm::Canonical, PayloadForm::JsonString] {
        let webhook = webhook()?.payload_form(form);
        let headers = webhook.sign(body, NOW, Nonce::from_bytes([7; 16]))?;
        let printed = br#"{ "eventName":"person.created","record":{}}"#;
        let body: &[u8] = if form == PayloadForm::Canonical { printed } else { body };
        let evidence = Evidence::new(&[b"\"a secret\""], &headers, body, NOW).options(webhook.options().clone());
        let diagnosis = evidence.diagnose();
        let causes: Vec<_> =
            diagnosis.findings().iter().map(|finding| (finding.cause(), finding.certainty())).collect();
        assert_eq!(causes, [(Cause::SecretIsQuoted, Certainty::Proved)]);
    }
    Ok(())
}

#[test]
fn a_body_over_the_limit() -> anyhow::Result<()> {
    let body = br#"{"eventName":"person.created"}"#;
    let webhook = webhook()?.max_body_bytes(10);
    assert_eq!(causes(&webhook, &signed(body)?, body), [(Cause::BodyTooLarge, Certainty::Proved)]);
    Ok(())
}

#[test]
fn a_body_that_is_not_json() -> anyhow::Result<()> {
    let webhook = webhook()?.payload_form(PayloadForm::Canonical);
    assert_eq!(causes(&webhook, &signed(b"something else")?, b"no JSON"), [(Cause::BodyNotJson, Certainty::Likely)]);
    Ok(())
}

/// Which no receiver takes, though Twenty signs with it, whatever else is wrong.
#[test]
fn a_secret_that_ends_in_a_blank() {
    let body = b"{}";
    // By node:crypto.
    let signature = "c5be316171107285373b8e08e4dcc4f430ca040319afc56c69cd8c170cc8b8a6";
    let headers = [("X-Twenty-Webhook-Timestamp", "1735066639761"), ("X-Twenty-Webhook-Signature", signature)];
    for body in [body.as_slice(), b"{}\n"] {
        let diagnosis = Evidence::new(&[b"a secret "], &headers, body, NOW).diagnose();
        let told = diagnosis.findings().iter().find(|finding| finding.cause() == Cause::SecretHasBlanks);
        assert!(told.is_some_and(|finding| finding.explanation().contains("set another secret there")), "{body:?}");
    }
}

fn causes(webhook: &Webhook, headers: &SignedHeaders, body: &[u8]) -> Vec<(Cause, Certainty)> {
    let evidence = Evidence::new(&[b"a secret"], headers, body, NOW).options(webhook.options().clone());
    evidence.diagnose().findings().iter().map(|finding| (finding.cause(), finding.certainty())).collect()
}

fn webhook() -> anyhow::Result<Webhook> {
    Ok(Webhook::new(Secret::new("a secret")?))
}

fn signed(body: &[u8]) -> anyhow::Result<SignedHeaders> {
    Ok(webhook()?.sign(body, NOW, Nonce::from_bytes([7; 16]))?)
}

const NOW: Timestamp = Timestamp::from_unix_millis(1_735_066_639_761);
