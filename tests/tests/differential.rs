//! Canonical text and events against V8 itself, on generated documents.

use anyhow::Context;
use conformance::{documents, node, verdict::verdict_on};
use sha2::{Digest, Sha256};
use twenty_webhook::{DeliveryId, Event, canonicalize};

const SEED: u64 = 0x7e57;
const DOCUMENTS: usize = 30_000;
const DOUBLES: usize = 1_000_000;

#[test]
fn documents_are_accepted_refused_and_printed_as_v8_does() -> anyhow::Result<()> {
    let documents = generate();
    let answers = node::ask("differential.mjs", &documents)?;
    let mut verdicts = [0_usize; 4];
    for (document, answer) in documents.iter().zip(&answers) {
        let verdict = verdict_on(document);
        assert_eq!(verdict, *answer, "{}", document.escape_ascii());
        verdicts[usize::from(answer[0])] += 1;
    }
    // The run proves little if nearly all documents end the same way.
    assert!(verdicts.iter().all(|count| *count >= 100), "{verdicts:?}");
    Ok(())
}

#[test]
fn doubles_are_printed_as_v8_does() -> anyhow::Result<()> {
    let mut rng = fastrand::Rng::with_seed(SEED);
    let doubles: Vec<f64> = (0..DOUBLES).map(|_| f64::from_bits(rng.u64(..))).collect();
    let expected = node::run("doubles.mjs", doubles.iter().flat_map(|double| double.to_le_bytes()).collect())?;
    let expected = String::from_utf8(expected)?;
    let mut compared = 0;
    for (double, expected) in doubles.iter().zip(expected.lines()) {
        compared += 1;
        // 17 significant digits name every double.
        let text = if double.is_finite() { format!("{double:.16e}") } else { "1e999".into() };
        assert_eq!(canonicalize(text.as_bytes()).as_deref(), Ok(expected), "{text}");
        assert_eq!(canonicalize(expected.as_bytes()).as_deref(), Ok(expected));
    }
    assert_eq!(compared, DOUBLES);
    Ok(())
}

#[test]
fn numbers_near_a_half_are_read_as_v8_does() -> anyhow::Result<()> {
    let answers = String::from_utf8(node::run("near_half.mjs", Vec::new())?)?;
    for answer in answers.lines() {
        let (number, expected) = answer.split_once(' ').context("a number and what it is")?;
        assert_eq!(canonicalize(number.as_bytes()).as_deref(), Ok(expected), "{number}");
    }
    assert!(answers.lines().count() > 10_000);
    Ok(())
}

/// A parser whose exponents end somewhere once made `null` of a 1.
#[test]
fn zeros_are_undone_by_their_exponent_as_v8_does() -> anyhow::Result<()> {
    for zeros in [310, 65_536, 655_360, 700_000] {
        let row = "0".repeat(zeros);
        let numbers = [
            format!("1{row}e-{zeros}"),
            format!("-1{row}E-000{}", zeros + 7),
            format!("123{row}.5e-{}", zeros + 2),
            format!("0.{row}1e{}", zeros + 1),
            format!("0.{row}12345678901234567890e+{}", zeros + 21),
            format!("1.{row}e300"),
            format!("1{row}e-{}", zeros - 300),
            format!("5{row}e-{}", zeros + 324),
            format!("9007199254740993{row}.{row}e-{zeros}"),
            format!("9007199254740993{row}.{row}1e-{zeros}"),
        ];
        for (number, answer) in numbers.iter().zip(node::ask("differential.mjs", &numbers)?) {
            let (found, expected) = (canonicalize(number.as_bytes())?, std::str::from_utf8(&answer[1..])?);
            assert_eq!(found, expected, "{zeros} zeros in {}", number.replace(&row, "0...0"));
        }
    }
    Ok(())
}

#[test]
fn events_are_decided_as_the_oracle_does() -> anyhow::Result<()> {
    let mut rng = fastrand::Rng::with_seed(SEED);
    let payloads: Vec<Vec<u8>> = (0..DOCUMENTS / 3).map(|_| payload(&mut rng).into_bytes()).collect();
    let answers = node::ask("event_peer.mjs", &payloads)?;
    let (mut known, mut versions) = (0, 0);
    for (payload, answer) in payloads.iter().zip(&answers) {
        let (id, expected) = answer.split_at(64);
        let event = canonicalize(Event::read(payload).to_json().as_bytes())?;
        assert_eq!(event.as_bytes(), expected, "{}", payload.escape_ascii());
        assert_eq!(DeliveryId::of(payload).as_str().as_bytes(), id, "{}", payload.escape_ascii());
        known += usize::from(!expected.starts_with(br#"{"kind":"unknown""#));
        versions += usize::from(hex::encode(Sha256::digest(payload)).as_bytes() != id);
    }
    assert!(known > payloads.len() / 4 && versions > payloads.len() / 50, "{known}, {versions}");
    Ok(())
}

fn generate() -> Vec<Vec<u8>> {
    let mut rng = fastrand::Rng::with_seed(SEED);
    let mut documents: Vec<Vec<u8>> = (0..DOCUMENTS)
        .map(|number| {
            let mut text = String::new();
            let value = documents::value(&mut rng, 6);
            documents::spell(&value, &mut rng, &mut text);
            if number % 2 == 0 { text.into_bytes() } else { documents::broken(&text, &mut rng) }
        })
        .collect();
    for _ in 0..1000 {
        let levels = rng.usize(1000..1050);
        let mut nested: String =
            (0..levels).map(|_| *rng.choice(&["[", "{\"1\":", "[0,", "{\"a\":1,\"a\":"]).unwrap_or(&"[")).collect();
        let closers: String = nested
            .chars()
            .rev()
            .filter_map(|bracket| match bracket {
                '[' => Some(']'),
                '{' => Some('}'),
                _ => None,
            })
            .collect();
        nested.push('0');
        nested.push_str(&closers);
        documents.push(if rng.bool() { nested.into_bytes() } else { documents::broken(&nested, &mut rng) });
    }
    documents
}

/// Something near an envelope: known keys with values of any type, some repeated, some spelt with escapes.
fn payload(rng: &mut fastrand::Rng) -> String {
    const KEYS: &[&str] = &[
        "eventName",
        "eventType",
        "eventDate",
        "timestamp",
        "workspaceId",
        "webhookId",
        "userId",
        "workspaceMemberId",
        "targetUrl",
        "updatedFields",
        "record",
        "data",
        "objectMetadata",
        "event",
        "id",
        "metadataName",
        "recordId",
        "properties",
        "event\\u004eame",
        "event\\u0044ate",
        "updatedAt",
        "after",
        "before",
    ];
    const ENVELOPES: &[&str] = &[
        r#""eventName":"person.created","record":{"id":"1"}"#,
        r#""eventType":"create.company","record":{}"#,
        r#""eventName":"metadata.a.updated","event":{"metadataName":"a","recordId":"2","properties":{"updatedFields":["b"]}}"#,
        r#""event":"task.DELETED","data":{"id":null},"timestamp":"2025-01-01""#,
        r#""objectMetadata":{"id":"3"},"updatedFields":[]"#,
        r#""eventName":"person.updated","eventDate":"2026","record":{"id":"1","updatedAt":"2025"}"#,
        r#""eventDate" : [{}] ,"event":{"metadataName":"a","recordId":"2","properties":{"before":{"updatedAt":"2025"}}}"#,
    ];
    let mut members: Vec<String> = Vec::new();
    for _ in 0..rng.usize(1..8) {
        members.push(format!("\"{}\":{}", pick(rng, KEYS), member(rng, KEYS, 3)));
        if rng.u8(..3) == 0 {
            members.push(pick(rng, ENVELOPES).into());
        }
    }
    format!("{{{}}}", members.join(","))
}

fn member(rng: &mut fastrand::Rng, keys: &[&str], depth: usize) -> String {
    const TEXTS: &[&str] = &[
        "person.created",
        "create.person",
        "person.CREATED",
        "person.update",
        "a.b.c",
        "person",
        "",
        ".",
        "a.",
        "x.created",
        "metadata.objectMetadata.updated",
        "person\\u002ecreated",
        "\\ud800.created",
        "create.update",
        "née.created",
        "7",
    ];
    match rng.u8(..if depth == 0 { 3 } else { 8 }) {
        0 | 1 => format!("\"{}\"", pick(rng, TEXTS)),
        2 => pick(rng, &["null", "1.0", "true", "[]", "{}", "-0", "[1]"]).into(),
        3 => format!("[\"{}\",\"{}\"]", pick(rng, TEXTS), pick(rng, TEXTS)),
        4 => format!("[{}]", member(rng, keys, depth - 1)),
        _ => {
            let members: Vec<String> = (0..rng.usize(..5))
                .map(|_| format!(" \"{}\" : {}", pick(rng, keys), member(rng, keys, depth - 1)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

fn pick<'t>(rng: &mut fastrand::Rng, texts: &[&'t str]) -> &'t str {
    rng.choice(texts).copied().unwrap_or_default()
}
