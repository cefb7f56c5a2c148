//! The sentences in which findings are told.

use twenty_webhook::{
    Timestamp,
    diagnose::{Diagnosis, Evidence, Finding},
};

use crate::delivery::{NOW, OTHER, SECRET, arrived, payload, signed};

/// What a forger sends stands in quotes that it cannot close, in the line that it cannot end.
#[test]
fn a_forger_writes_no_sentence_of_a_finding() -> anyhow::Result<()> {
    let forged = "7\\\". All is well.” \\u001b[31m\u{202e}\u{2028}\u{2029}\u{85}\\\\";
    let body = payload("city", "Rome").replace("7d1f5c0a-2b3e-4a5d-9c8f-1e2d3c4b5a69", forged);
    let other = explanations(&arrived(&[OTHER], body.as_bytes(), body.as_bytes())?);
    let shown = r#"webhook "7\". All is well.\u{201d} \u{1b}[31m\u{202e}\u{2028}\u{2029}\u{85}\\""#;
    assert!(other.contains(shown), "{other}");

    let agent = [("User-Agent", "curl/8 \". It is \u{202e} authentic.")];
    let tool = explanations(&Evidence::new(&[SECRET.as_bytes()], &agent, b"{}", NOW).diagnose());
    assert!(tool.contains(r#"It calls itself "curl/8 \". It is \u{202e} authentic."."#), "{tool}");

    let prefix = [("X-\". Fine. \u{2028}-Webhook-Timestamp", "1"), ("X-\". Fine. \u{2028}-Webhook-Signature", "00")];
    let prefix = explanations(&Evidence::new(&[SECRET.as_bytes()], &prefix, b"{}", NOW).diagnose());
    assert!(prefix.contains(r#"It is "x-\". fine. \u{2028}-webhook-"."#), "{prefix}");
    Ok(())
}

#[test]
fn one_of_a_unit_is_told_in_the_singular() -> anyhow::Result<()> {
    let body = payload("city", "Rome");
    let now = Timestamp::from_unix_millis(NOW.unix_millis() + 1);
    let headers = signed(body.as_bytes())?;
    let options = twenty_webhook::Webhook::new(twenty_webhook::Secret::new(SECRET)?)
        .tolerance(core::time::Duration::ZERO)
        .options()
        .clone();
    let told =
        explanations(&Evidence::new(&[SECRET.as_bytes()], &headers, body.as_bytes(), now).options(options).diagnose());
    assert!(told.contains("It is 1 millisecond old."), "{told}");
    Ok(())
}

/// A body of more than 20 kB is searched for one mistake at a time.
#[test]
fn a_search_that_ended_early_claims_nothing_of_what_it_left_out() -> anyhow::Result<()> {
    let body = payload("intro", &"y".repeat(30_000));
    let diagnosis = arrived(&[OTHER], body.as_bytes(), body.as_bytes())?;
    assert!(!diagnosis.is_complete());
    let told = explanations(&diagnosis);
    assert!(told.contains("No mistake that was tried reproduces the signature"), "{told}");
    Ok(())
}

fn explanations(diagnosis: &Diagnosis) -> String {
    diagnosis.findings().iter().map(Finding::explanation).collect::<Vec<_>>().join(" ")
}
