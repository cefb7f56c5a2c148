//! Diagnosis against what real tools make of genuine deliveries: see `tests/vectors/mistakes`.

use anyhow::Context as _;
use twenty_webhook::diagnose::{Cause, Certainty};

use crate::cases::{Case, all, cases, causes};

/// Exactly what is wrong, with its certainty.
#[test]
fn every_mistake_is_recognized() -> anyhow::Result<()> {
    let mut wrong = Vec::new();
    for case in all()? {
        let diagnosis = case.diagnose();
        let found: Vec<_> = causes(&diagnosis).map(|(cause, certainty)| (cause.as_str(), certainty.as_str())).collect();
        let mut expected: Vec<_> =
            case.findings.iter().map(|one| (one.cause.as_str(), one.certainty.as_str())).collect();
        expected.sort_by_key(|(cause, _)| found.iter().position(|(other, _)| other == cause));
        if found != expected {
            wrong.push(format!("{} {} by {}: {found:?}, not {expected:?}", case.tc_id, case.name, case.tool));
        }
        assert!(diagnosis.verdict().is_some(), "{}", case.tc_id);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Both, and proved where both can be undone.
#[test]
fn every_pair_of_a_body_and_a_secret_is_recognized() -> anyhow::Result<()> {
    let (bodies, secrets) = (cases("bodies")?, cases("secrets")?);
    let mut wrong = Vec::new();
    for body in &bodies {
        for secret in &secrets {
            let case = pair(body, secret)?;
            let diagnosis = case.diagnose();
            let found: Vec<_> = causes(&diagnosis).collect();
            let is_provable = body.is_proved() && secret.is_proved();
            let is_told = |one: &Case, is_seen: bool| {
                // Another secret is none where this one is visibly wrong.
                one.findings.iter().filter(|expected| expected.cause != "other_secret").all(|expected| {
                    let told = found.iter().find(|(cause, _)| cause.as_str() == expected.cause);
                    told.map_or(!is_seen, |(_, certainty)| !is_provable || *certainty == Certainty::Proved)
                })
            };
            // What is invisible, and cannot be proved beside a mistake that cannot be undone.
            let is_seen = is_provable || !INVISIBLE.contains(&body.findings[0].cause.as_str());
            let is_secret_seen = is_provable || !INVISIBLE.contains(&secret.findings[0].cause.as_str());
            let has_more = is_provable && found.len() > body.findings.len() + secret.findings.len();
            if !is_told(body, is_seen) || !is_told(secret, is_secret_seen) || has_more {
                wrong.push(format!("{} {} + {} {}: {found:?}", body.tc_id, body.name, secret.tc_id, secret.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), bodies.len() * secrets.len(), wrong.join("\n"));
    Ok(())
}

/// A body that is JSON of the right kind shows none of these, and one secret looks like another.
const INVISIBLE: [&str; 6] = [
    "body_printed_again",
    "body_line_end_taken",
    "body_line_ends_changed",
    "body_normalized",
    "other_secret",
    "secret_of_another",
];

/// What the body's tool made of what the secret's webhook signed.
fn pair(body: &Case, secret: &Case) -> anyhow::Result<Case> {
    let mut pair = body.clone();
    pair.secrets.clone_from(&secret.secrets);
    pair.others.clone_from(&secret.others);
    pair.secret.clone_from(&secret.secret);
    let signature = pair.signature(&body.signed)?;
    let header = pair.headers.iter_mut().find(|(name, _)| name == "X-Twenty-Webhook-Signature").context("signed")?;
    header.1 = signature;
    pair.findings = [body.findings.clone(), secret.findings.clone()].concat();
    Ok(pair)
}

/// Neither the secret nor a signature that would have been right is in anything that is told.
#[test]
fn nothing_told_holds_a_secret_or_a_signature() -> anyhow::Result<()> {
    for case in all()? {
        let told = format!("{:?}", case.diagnose()) + &case.told();
        let secrets = case.secrets.iter().chain(&case.others).chain([&case.secret]);
        for secret in secrets.map(|secret| String::from_utf8_lossy(secret)).filter(|secret| secret.len() > 20) {
            assert!(!told.contains(secret.trim()), "{}", case.tc_id);
        }
        for signed in [case.signed.as_slice(), &case.body] {
            assert!(!told.contains(&case.signature(signed)?), "{}", case.tc_id);
        }
        assert!(!told.contains("token="), "{}", case.tc_id);
    }
    Ok(())
}

#[test]
fn every_cause_has_a_case() -> anyhow::Result<()> {
    let all = all()?;
    let has_case = |word: &str| all.iter().flat_map(|case| &case.findings).any(|finding| finding.cause == word);
    let lacking = Cause::ALL.iter().filter(|cause| !has_case(cause.as_str()));
    // See `options`: they need others than the default ones.
    let options = ["other_payload_form", "body_too_large", "body_not_json"];
    // See `sets`: one delivery shows none of them.
    let sets = ["refused_of_webhook", "refused_with_letters", "refused_if_large", "refused_since", "refused_until"];
    let expected = [options.as_slice(), &sets].concat();
    assert_eq!(lacking.map(|cause| cause.as_str()).collect::<Vec<_>>(), expected);
    Ok(())
}
