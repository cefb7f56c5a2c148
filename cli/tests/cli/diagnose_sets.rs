//! `diagnose` of many deliveries: what the refused ones have in common.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    delivery::SECRET,
    program::{Answer, run},
};

const START: u64 = 1_735_066_639_761;

/// One as `listen --save` keeps it, sent a minute after the one before and signed by another implementation of HMAC; and what
/// arrived of its body.
fn kept(number: u64, secret: &str, signed: &str, arrived: &str) -> Value {
    let sent = START + number * 60_000;
    let signature = hex::encode(hmac_sha256::HMAC::mac(format!("{sent}:{signed}"), secret));
    let headers =
        json!({ "x-twenty-webhook-timestamp": [sent.to_string()], "x-twenty-webhook-signature": [signature] });
    json!({ "headers": headers, "body": arrived, "receivedAt": sent + 200 })
}

fn body(webhook: &str, name: &str) -> String {
    format!(r#"{{"eventName":"person.created","webhookId":"{webhook}","record":{{"id":"7","name":"{name}"}}}}"#)
}

fn authentic(number: u64) -> Value {
    let body = body("w-1", &number.to_string());
    kept(number, SECRET, &body, &body)
}

fn folder(all: impl IntoIterator<Item = Value>) -> anyhow::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    for (number, kept) in all.into_iter().enumerate() {
        fs::write(folder.path().join(format!("{number:05}.json")), kept.to_string())?;
    }
    Ok(folder)
}

fn diagnose(place: &Path, options: &[&str]) -> anyhow::Result<Answer> {
    run(SECRET, &[&["diagnose", &place.display().to_string()], options].concat(), b"")
}

/// What is told, and the codes of the findings.
fn told(place: &Path) -> anyhow::Result<(Value, Vec<String>)> {
    let answer = diagnose(place, &["--json"])?;
    let told: Value = serde_json::from_str(&answer.stdout)?;
    assert_eq!(answer.exit_code, i32::from(told["refused"] != 0), "{}", answer.stderr);
    let codes = told["findings"].as_array().into_iter().flatten();
    let codes = codes.map(|finding| finding["code"].as_str().unwrap_or_default().to_owned()).collect();
    Ok((told, codes))
}

#[test]
fn of_ten_thousand_by_another_secret_one_sentence_is_told() -> anyhow::Result<()> {
    let folder = folder((0..10_000).map(|number| {
        let body = body("w-1", "Zoë");
        kept(number, "another", &body, &body)
    }))?;
    let answer = diagnose(folder.path(), &[])?;
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (1, "refused: 10000 of 10000 deliveries\n"));
    let lines: Vec<_> = answer.stdout.lines().collect();
    assert_eq!(lines.len(), 5, "{}", answer.stdout);
    assert_eq!(lines[0], "10000 deliveries: 0 authentic, 10000 refused");
    assert_eq!(lines[1], "other_secret (likely): 10000 of 10000 refused, such as 00000.json");
    assert!(lines[2].ends_with(" So it is with all 10000 that are refused."), "{}", answer.stdout);
    assert_eq!(lines[4], "10 of the refused were searched for every mistake; the others look like these.");
    Ok(())
}

/// By its number.
type Delivery = fn(u64) -> Value;

#[test]
fn what_sets_the_refused_apart_is_told() -> anyhow::Result<()> {
    let cases: [(&str, &str, Delivery); 5] = [
        ("refused_with_letters", "All 5 that are refused have some", |number| {
            let body = body("w-1", if number % 4 == 0 { "Zoë" } else { "Zoe" });
            kept(number, SECRET, &body, &body.replace('ë', "\u{fffd}"))
        }),
        ("refused_if_large", "Those that are refused have 4096 bytes each", |number| {
            let body = body("w-1", &"x".repeat(if number % 4 == 0 { 5_000 } else { 3_000 }));
            kept(number, SECRET, &body, body.get(..4_096).unwrap_or(&body))
        }),
        ("refused_since", "The first refused one was sent at 2024-12-24T19:09:19.761Z", |number| {
            let body = body("w-1", "Ann");
            kept(number, if number < 12 { SECRET } else { "new" }, &body, &body)
        }),
        ("refused_until", "The last refused one was sent at 2024-12-24T19:08:19.761Z", |number| {
            let body = body("w-1", "Ann");
            kept(number, if number < 12 { "old" } else { SECRET }, &body, &body)
        }),
        ("refused_of_webhook", "They claim to come from webhook \"w-3\".", |number| {
            let webhook = format!("w-{}", number % 4);
            let body = body(&webhook, "Ann");
            kept(number, if number % 4 == 3 { "another" } else { SECRET }, &body, &body)
        }),
    ];
    for (code, detail, of) in cases {
        let folder = folder((0..20).map(of))?;
        let (told, codes) = told(folder.path())?;
        assert_eq!(codes.iter().filter(|found| found.starts_with("refused_")).collect::<Vec<_>>(), [code], "{told}");
        let finding = &told["findings"][1];
        assert_eq!((&finding["code"], &finding["certainty"]), (&json!(code), &json!("likely")));
        assert!(finding["cause"].as_str().is_some_and(|cause| cause.contains(detail)), "{finding}");
        assert!(finding["remedy"].as_str().is_some_and(|remedy| remedy.ends_with('.')), "{finding}");
    }
    Ok(())
}

#[test]
fn of_mixed_ones_each_cause_is_counted() -> anyhow::Result<()> {
    let folder = folder((0..12).map(|number| match number % 4 {
        0 => authentic(number),
        1 => kept(number, "another", r#"{"c":1}"#, r#"{"c":1}"#),
        _ => kept(number, SECRET, r#"{"a":1,"b":2}"#, r#"{"a": 1, "b": 2}"#),
    }))?;
    let (told, codes) = told(folder.path())?;
    assert_eq!((&told["deliveries"], &told["authentic"], &told["refused"]), (&json!(12), &json!(3), &json!(9)));
    assert_eq!((codes, &told["searched"], &told["leftOut"]), (Vec::new(), &json!(9), &json!(0)));
    let of = |cause: &Value| json!([cause["code"], cause["count"], cause["example"], cause["certainty"]]);
    let causes: Vec<_> = told["causes"].as_array().into_iter().flatten().map(of).collect();
    let expected = [
        json!(["body_printed_by_python", 6, "00002.json", "proved"]),
        json!(["other_secret", 3, "00001.json", "likely"]),
    ];
    assert_eq!(causes, expected);
    Ok(())
}

#[test]
fn one_file_may_hold_them_all() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("all");
    let entry = |number| {
        let kept = authentic(number);
        let header = |name: &str| json!({ "name": name, "value": kept["headers"][name][0] });
        let headers = ["x-twenty-webhook-timestamp", "x-twenty-webhook-signature"].map(header);
        let request = json!({ "method": "POST", "headers": headers, "postData": { "text": kept["body"] } });
        let received_at = if number == 1 { "2030-01-01T00:00:00Z" } else { "2024-12-24T19:57:19.761+01:00" };
        json!({ "startedDateTime": received_at, "request": request })
    };
    fs::write(&file, json!({ "log": { "entries": [entry(0), entry(1), entry(2)] } }).to_string())?;
    for call in [["diagnose", "--har"].as_slice(), &["diagnose"]] {
        let answer = run(SECRET, &[call, &[&file.display().to_string()]].concat(), b"")?;
        assert_eq!(answer.exit_code, 1, "{}", answer.stderr);
        assert!(
            answer.stdout.starts_with("3 deliveries: 2 authentic, 1 refused\nsaved_long_ago ("),
            "{}",
            answer.stdout
        );
        assert!(answer.stdout.contains("): 1 of 1 refused, such as all#2\n"), "{}", answer.stdout);
    }
    fs::write(&file, json!([authentic(0), authentic(1)]).to_string())?;
    let answer = diagnose(folder.path(), &[])?;
    assert_eq!((answer.exit_code, answer.stdout.as_str()), (0, "2 deliveries: 2 authentic, 0 refused\n"));
    let single = run(SECRET, &["verify", &file.display().to_string()], b"")?;
    assert!(single.stderr.contains(" holds 2 requests: keep the one that is meant"), "{}", single.stderr);
    Ok(())
}

#[test]
fn what_is_no_delivery_is_counted_and_named() -> anyhow::Result<()> {
    let folder = folder((0..3).map(authentic))?;
    for number in 0..25 {
        fs::write(folder.path().join(format!("note-{number:02}\u{1b}.txt")), [b'\xff'; 5_000])?;
    }
    fs::write(
        folder.path().join("get.txt"),
        "GET /hook HTTP/1.1\r\nx-twenty-webhook-timestamp: 1735066639761\r\n\r\n",
    )?;
    let answer = diagnose(folder.path(), &[])?;
    assert!(
        answer.stdout.starts_with("4 deliveries: 3 authentic, 1 refused, 25 files left out\n"),
        "{}",
        answer.stdout
    );
    assert!(answer.stdout.contains("redirected (likely): 1 of 1 refused, such as get.txt\n"), "{}", answer.stdout);
    let named = answer.stderr.lines().filter(|line| line.starts_with("warning: left out: in ")).count();
    assert_eq!((answer.exit_code, named), (1, 20), "{}", answer.stderr);
    assert!(answer.stderr.contains("\nwarning: 5 more files were left out\n"), "{}", answer.stderr);
    assert!(answer.stderr.contains(r"note-00\u001b.txt: It holds no headers") && answer.stderr.len() < 20_000);
    assert!(!answer.stderr.contains('\u{1b}') && !answer.stdout.contains('\u{1b}'), "{}", answer.stderr);
    let empty = tempfile::tempdir()?;
    let none = diagnose(empty.path(), &[])?;
    assert_eq!((none.exit_code, none.stdout.as_str()), (2, ""));
    assert!(none.stderr.starts_with("error: no delivery is kept in "), "{}", none.stderr);
    Ok(())
}
