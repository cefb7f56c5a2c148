//! Large and hostile requests.

use fastrand::Rng;
use twenty_webhook::{
    Nonce, Secret, Timestamp, Webhook,
    diagnose::{Cause, Certainty, Evidence},
};

use crate::cases::{all, causes};

/// 256 MiB are 256 attempts, or fewer, as each counts a little more.
#[test]
fn a_megabyte_ends_early_and_says_so() -> anyhow::Result<()> {
    let body = vec![b'7'; 1 << 20];
    let headers = Webhook::new(Secret::new("the one that nobody has")?).sign(&body, NOW, Nonce::from_bytes([7; 16]))?;
    let others: Vec<Vec<u8>> = (0..400_u32).map(|number| format!("another {number}").into_bytes()).collect();
    let mut others: Vec<_> = others.iter().map(Vec::as_slice).collect();
    let early = Evidence::new(&[b"a secret"], &headers, &body, NOW).others(&others).diagnose();
    assert!(!early.is_complete());
    assert_eq!(causes(&early).collect::<Vec<_>>(), [(Cause::OtherSecret, Certainty::Likely)]);

    // The right one is out of reach behind 400 others, and found before them.
    others.push(b"the one that nobody has");
    let late = Evidence::new(&[b"a secret"], &headers, &body, NOW).others(&others).diagnose();
    assert!(!late.is_complete());
    others.reverse();
    let found = Evidence::new(&[b"a secret"], &headers, &body, NOW).others(&others).diagnose();
    assert_eq!(causes(&found).collect::<Vec<_>>(), [(Cause::SecretOfAnother, Certainty::Proved)]);
    assert!(found.is_complete());
    Ok(())
}

/// One mistake is found in a megabyte of JSON, and two are not looked for.
#[test]
fn one_mistake_in_a_megabyte() -> anyhow::Result<()> {
    let record = r#"{"name":"Zoë","scores":[0.00001,1e+21],"about":{}}"#;
    let sent = format!(r#"{{"eventName":"person.created","record":[{}]}}"#, vec![record; 20_000].join(","));
    let printed = sent.replace(',', ", ");
    let headers = Webhook::new(Secret::new("a secret")?).sign(sent.as_bytes(), NOW, Nonce::from_bytes([7; 16]))?;
    let proved = Evidence::new(&[b"a secret"], &headers, printed.as_bytes(), NOW).options(large()?).diagnose();
    assert_eq!(causes(&proved).collect::<Vec<_>>(), [(Cause::BodyPrintedByPython, Certainty::Proved)]);
    let two = Evidence::new(&[b"a secret\n"], &headers, printed.as_bytes(), NOW).options(large()?).diagnose();
    assert!(!two.is_complete());
    Ok(())
}

/// Headers and bodies of real mistakes with bytes changed, cut out, doubled and exchanged.
#[test]
fn nothing_hostile_panics() -> anyhow::Result<()> {
    let cases = all()?;
    let mut rng = Rng::with_seed(19);
    for _ in 0..1_000 {
        let Some(case) = rng.choice(&cases) else { continue };
        let Some(other) = rng.choice(&cases) else { continue };
        let mut headers: Vec<(Vec<u8>, Vec<u8>)> =
            case.headers.iter().map(|(name, value)| (name.clone().into_bytes(), value.clone().into_bytes())).collect();
        for (name, value) in &mut headers {
            match rng.u8(..8) {
                0 => mutate(value, &mut rng),
                1 => mutate(name, &mut rng),
                _ => {}
            }
        }
        let (mut body, mut secret) = (case.body.clone(), other.secrets[0].clone());
        mutate(&mut body, &mut rng);
        if rng.bool() {
            mutate(&mut secret, &mut rng);
        }
        let now = Timestamp::from_unix_millis(if rng.bool() { case.now } else { rng.u64(..) });
        let mut secrets = vec![secret.as_slice()];
        if rng.bool() {
            let stray = rng.choice(STRAY_SECRETS).copied().unwrap_or_default();
            secrets.insert(rng.usize(..2), stray.as_bytes());
        }
        let diagnosis = Evidence::new(&secrets, &headers, &body, now).method(&other.method).diagnose();
        assert_eq!(diagnosis.verdict().is_none(), diagnosis.findings().is_empty(), "{headers:?} {body:?} {secrets:?}");
        for finding in diagnosis.findings() {
            let told = finding.explanation();
            assert!(told.len() < 1_000 && !told.contains(char::is_control), "{told}");
        }
    }
    Ok(())
}

fn mutate(bytes: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..rng.usize(..4) {
        let at = rng.usize(..=bytes.len());
        match rng.u8(..5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, rng.u8(..)),
            2 => {
                let copy = bytes[at..].to_vec();
                bytes.extend(copy);
            }
            3 => drop(bytes.drain(..at.min(20))),
            _ => {
                let hostile = rng.choice(HOSTILE).copied().unwrap_or_default();
                bytes.splice(at..at, hostile.bytes());
            }
        }
    }
}

const HOSTILE: &[&str] = &[
    "\u{0}",
    "\\",
    "\"",
    "\\u",
    "\\ud800",
    "%",
    "%7B%",
    "b'",
    "{'",
    "[[[[[[",
    "\u{202e}",
    "é",
    "T00:00:00Z\"",
    ",",
    "=",
    "\r\n",
    "\u{1f600}",
];

const STRAY_SECRETS: &[&str] = &["", " ", "\u{feff}", "another"];

fn large() -> anyhow::Result<twenty_webhook::Options> {
    Ok(Webhook::new(Secret::new("a secret")?).max_body_bytes(8 << 20).options().clone())
}

const NOW: Timestamp = Timestamp::from_unix_millis(1_735_066_639_761);
