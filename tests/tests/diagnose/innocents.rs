//! What verifies has no finding, and what does not has one.

use conformance::vectors::{Header, Hex, VerifyGroup, VerifyTest, load, load_plain, pairs};
use serde::Deserialize;
use twenty_webhook::{
    Code, Timestamp,
    diagnose::{Cause, Certainty, Diagnosis, Evidence},
};

use crate::cases::causes;

fn diagnose(group: &VerifyGroup, test: &VerifyTest, headers: &[(&[u8], &[u8])]) -> anyhow::Result<Diagnosis> {
    let secrets: Vec<_> = group.secrets_hex.iter().map(|secret| secret.0.as_slice()).collect();
    let options = group.webhook()?.options().clone();
    Ok(Evidence::new(&secrets, headers, &test.body(), test.now()?).options(options).diagnose())
}

#[test]
fn no_authentic_vector_has_a_finding() -> anyhow::Result<()> {
    let mut innocents = 0;
    for group in load::<VerifyGroup>("verify")? {
        for test in group.tests.iter().filter(|test| test.result == "valid") {
            let headers = pairs(&test.headers);
            let unnumbered: Vec<_> =
                headers.iter().copied().filter(|(name, _)| !name.to_ascii_lowercase().ends_with(b"nonce")).collect();
            for headers in [headers, unnumbered] {
                let diagnosis = diagnose(&group, test, &headers)?;
                assert_eq!((diagnosis.verdict(), diagnosis.findings()), (None, &[][..]), "{}", test.tc_id);
                assert!(diagnosis.is_complete());
            }
            innocents += 1;
        }
    }
    assert!(innocents > 100, "{innocents}");
    Ok(())
}

/// Bodies as Twenty sends them show no mistake: what is left is the secret.
#[test]
fn a_genuine_body_is_not_blamed_for_another_secret() -> anyhow::Result<()> {
    let mut genuine = 0;
    for test in load_plain::<SentTest>("deliveries")?.iter().filter(|test| test.flags == ["Genuine"]) {
        let now = Timestamp::from_unix_millis(test.now.parse()?);
        let headers = pairs(&test.headers);
        let diagnosis = Evidence::new(&[b"another secret"], headers.as_slice(), &test.body_hex.0, now).diagnose();
        assert_eq!(causes(&diagnosis).collect::<Vec<_>>(), [(Cause::OtherSecret, Certainty::Likely)], "{}", test.name);
        assert!(diagnosis.findings()[0].explanation().contains("The fingerprint of the secret in use is "));
        genuine += 1;
    }
    assert!(genuine > 5, "{genuine}");
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentTest {
    name: String,
    flags: Vec<String>,
    headers: Vec<Header>,
    body_hex: Hex,
    now: String,
}

#[test]
fn every_refused_vector_has_a_finding_and_its_verdict() -> anyhow::Result<()> {
    let mut unexplained = Vec::new();
    for group in load::<VerifyGroup>("verify")? {
        for test in group.tests.iter().filter(|test| test.result == "invalid") {
            let diagnosis = diagnose(&group, test, &pairs(&test.headers))?;
            assert_eq!(diagnosis.verdict().map(Code::as_str), test.code.as_deref(), "{}", test.tc_id);
            if diagnosis.findings().is_empty() {
                unexplained.push(format!("{} {} ({:?})", test.tc_id, test.comment, test.code));
            }
        }
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    Ok(())
}
