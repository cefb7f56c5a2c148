//! `verify`: verdicts and what is shown of them.

use std::fs;

use serde_json::{Value, value::RawValue};

use crate::{
    delivery::{
        COMPACT, COMPACT_SIGNATURE, CONTROLS, EMPTY, NOT_JSON, PERSON, PERSON_ID, PERSON_SIGNED_BEFORE,
        QUOTED_SIGNATURE, RECEIVED_AT, SECRET, SENT_AT, SPACED, Signed, WITH_LINE_ENDS,
    },
    program::run,
};

#[test]
fn shows_an_authentic_delivery() -> anyhow::Result<()> {
    let answer = PERSON.verify(&["-H", "x-twenty-webhook-nonce: n-1"])?;
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (0, ""));
    let expected = format!(
        "authentic
id                 {PERSON_ID}
timestamp          1735066639761
nonce              n-1
secretIndex        0
kind               record
name               person.created
object             person
action             created
workspaceId        w-1
targetUrl          https://hooks.example.com/twenty?...
recordId           7
record
  {{
    \"id\": \"7\",
    \"name\": \"Zoë\",
    \"score\": 1e400,
    \"lone\": \"\\ud800\"
  }}
"
    );
    assert_eq!(answer.stdout, expected);
    Ok(())
}

#[test]
fn refuses_a_tampered_body() -> anyhow::Result<()> {
    let tampered = PERSON.body.escape_ascii().to_string().replace("created", "deleted");
    let answer = run(SECRET, &PERSON.arguments(), tampered.as_bytes())?;
    assert_eq!((answer.exit_code, answer.stdout.as_str()), (1, ""));
    assert!(answer.stderr.starts_with("refused: signature_mismatch: The signature"), "{}", answer.stderr);
    Ok(())
}

#[test]
fn refuses_each_for_its_reason() -> anyhow::Result<()> {
    for (options, code) in [
        (["--now", "1735066939762"].as_slice(), "timestamp_too_old"),
        (&["--now", "1735066339760"], "timestamp_too_new"),
        (&["--tolerance-seconds", "0"], "timestamp_too_old"),
        (&["-H", "x-twenty-webhook-signature: "], "repeated_header"),
        (&["--header-prefix", "X-Acme-Webhook-"], "missing_header"),
        (&["--max-body-bytes", "10"], "payload_too_large"),
        (&["--payload-form", "json-string"], "signature_mismatch"),
    ] {
        let answer = verify_at_most_once_each(options)?;
        assert_eq!(answer.exit_code, 1, "{options:?}");
        assert!(answer.stderr.starts_with(&format!("refused: {code}: ")), "{options:?}: {}", answer.stderr);
    }
    Ok(())
}

/// The same options with `--now` replaced where it is given again, which clap would refuse.
fn verify_at_most_once_each(options: &[&str]) -> anyhow::Result<crate::program::Answer> {
    let mut arguments = PERSON.arguments();
    if options.contains(&"--now") {
        arguments.truncate(arguments.len() - 2);
    }
    arguments.extend(options.iter().map(|&option| option.to_owned()));
    run(SECRET, &arguments, PERSON.body)
}

#[test]
fn reads_the_body_from_a_file() -> anyhow::Result<()> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("body.json");
    fs::write(&file, PERSON.body)?;
    let mut arguments = PERSON.arguments();
    arguments.push(file.display().to_string());
    assert_eq!(run(SECRET, &arguments, b"")?.exit_code, 0);

    arguments.push("another".to_owned());
    assert_eq!(run(SECRET, &arguments, b"")?.exit_code, 2);
    Ok(())
}

#[test]
fn takes_every_payload_form() -> anyhow::Result<()> {
    let printed_again = Signed { body: SPACED, signature: COMPACT_SIGNATURE };
    assert_eq!(printed_again.verify(&["--payload-form", "canonical"])?.exit_code, 0);
    assert_eq!(printed_again.verify(&["--payload-form", "raw"])?.exit_code, 1);
    let quoted = Signed { body: COMPACT, signature: QUOTED_SIGNATURE };
    for name in ["json-string", "json_string", "jsonString"] {
        assert_eq!(quoted.verify(&["--payload-form", name])?.exit_code, 0, "{name}");
    }
    let refused = NOT_JSON.verify(&["--payload-form", "canonical"])?;
    assert!(refused.stderr.starts_with("refused: payload_not_json: "), "{}", refused.stderr);
    Ok(())
}

#[test]
fn takes_what_is_authentic_whatever_it_is() -> anyhow::Result<()> {
    for delivery in [EMPTY, NOT_JSON] {
        let answer = delivery.verify(&[])?;
        assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
        assert!(answer.stdout.contains("\nkind               unknown\n"), "{}", answer.stdout);
    }
    assert_eq!(EMPTY.verify(&["--max-body-bytes", "0"])?.exit_code, 0);
    Ok(())
}

#[test]
fn tells_which_secret_it_was() -> anyhow::Result<()> {
    let directory = tempfile::tempdir()?;
    let previous = directory.path().join("previous");
    fs::write(&previous, "previous secret\n")?;
    let answer = PERSON_SIGNED_BEFORE.verify(&["--previous-secret-file", &previous.display().to_string(), "--json"])?;
    assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains(r#""secretIndex":1,"#), "{}", answer.stdout);
    Ok(())
}

#[test]
fn prints_one_line_of_json() -> anyhow::Result<()> {
    let answer = PERSON.verify(&["--json"])?;
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (0, ""));
    let start = format!(
        r#"{{"verdict":"authentic","id":"{PERSON_ID}","timestamp":1735066639761,"nonce":null,"secretIndex":0,"event":{{"#
    );
    assert!(answer.stdout.starts_with(&start), "{}", answer.stdout);
    // For programs nothing is hidden, escaped or read and printed again.
    assert!(answer.stdout.contains(r#""https://hooks.example.com/twenty?token=abc""#), "{}", answer.stdout);
    assert!(answer.stdout.contains(r#"{"id":"7","name":"Zoë","score":1e400,"lone":"\ud800"}"#), "{}", answer.stdout);
    let line = answer.stdout.strip_suffix('\n').unwrap_or_default();
    assert!(!line.contains('\n'));
    serde_json::from_str::<&RawValue>(line)?;
    Ok(())
}

#[test]
fn prints_one_line_whatever_lines_the_body_has() -> anyhow::Result<()> {
    let answer = WITH_LINE_ENDS.verify(&["--json"])?;
    assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
    assert_eq!(answer.stdout.lines().count(), 1, "{}", answer.stdout);
    assert!(answer.stdout.contains(r#""record":{"id":" 7 "}"#), "{}", answer.stdout);
    Ok(())
}

#[test]
fn prints_a_refusal_as_json_too() -> anyhow::Result<()> {
    let answer = Signed { body: b"{}", ..PERSON }.verify(&["--json"])?;
    assert_eq!(answer.exit_code, 1);
    let verdict: Value = serde_json::from_str(&answer.stdout)?;
    let reason = verdict.get("reason").and_then(Value::as_str).unwrap_or_default();
    let expected = serde_json::json!({
        "verdict": "refused", "code": "signature_mismatch", "status": 401, "reason": reason,
    });
    assert_eq!(verdict, expected);
    assert_eq!(answer.stderr, format!("refused: signature_mismatch: {reason}\n"));
    Ok(())
}

#[test]
fn escapes_what_a_terminal_would_act_on() -> anyhow::Result<()> {
    let answer = CONTROLS.verify(&[])?;
    assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("\noccurredAt         \\u009b31m\\u202e\n"), "{}", answer.stdout);
    assert!(answer.stdout.contains("\"id\": \"\\u007f\""), "{}", answer.stdout);
    Ok(())
}

#[test]
fn hides_secrets_of_events() -> anyhow::Result<()> {
    let body = r#"{"eventName":"webhook.updated","record":{"secret":"s3cr3t","targetUrl":"https://a?k=s3cr3t"},
                   "updatedFields":["secret"],"diff":{"secret":{"before":"s3cr3t"}}}"#;
    let signature = hex::encode(hmac_sha256::HMAC::mac(format!("{SENT_AT}:{body}"), SECRET));
    let [timestamp, signature] = [("Timestamp", SENT_AT), ("Signature", &signature)]
        .map(|(word, value)| format!("X-Twenty-Webhook-{word}: {value}"));
    let arguments = ["verify", "-H", &timestamp, "-H", &signature, "--now", RECEIVED_AT];
    let shown = run(SECRET, &arguments, body.as_bytes())?;
    assert_eq!(shown.exit_code, 0, "{}", shown.stderr);
    assert!(shown.stdout.contains("\"secret\": \"...\"") && !shown.stdout.contains("s3cr3t"), "{}", shown.stdout);
    Ok(())
}
