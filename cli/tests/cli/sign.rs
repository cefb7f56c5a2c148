//! `sign`.

use serde_json::Value;

use crate::{
    delivery::{COMPACT, COMPACT_SIGNATURE, PERSON, QUOTED_SIGNATURE, SECRET, SENT_AT, SPACED, SPACED_SIGNATURE},
    program::run,
};

const NONCE: &str = "0c8f3e5a7b9d1f2e4a6c8e0b2d4f6a81";

#[test]
fn prints_the_three_headers() -> anyhow::Result<()> {
    let answer = run(SECRET, &["sign", "--timestamp", SENT_AT, "--nonce", NONCE], PERSON.body)?;
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (0, ""));
    let expected = format!(
        "X-Twenty-Webhook-Timestamp: {SENT_AT}\nX-Twenty-Webhook-Signature: {}\nX-Twenty-Webhook-Nonce: {NONCE}\n",
        PERSON.signature
    );
    assert_eq!(answer.stdout, expected);
    Ok(())
}

#[test]
fn signs_in_every_form() -> anyhow::Result<()> {
    for (form, payload, signature) in [
        ("raw", SPACED, SPACED_SIGNATURE),
        ("canonical", SPACED, COMPACT_SIGNATURE),
        ("json-string", COMPACT, QUOTED_SIGNATURE),
    ] {
        let arguments =
            ["sign", "--json", "--timestamp", SENT_AT, "--header-prefix", "X-Acme-Webhook-", "--payload-form", form];
        let answer = run(SECRET, &arguments, payload)?;
        assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
        let headers: Value = serde_json::from_str(&answer.stdout)?;
        assert_eq!(headers.get("X-Acme-Webhook-Signature"), Some(&Value::from(signature)), "{form}");
        assert_eq!(headers.get("X-Acme-Webhook-Timestamp"), Some(&Value::from(SENT_AT)), "{form}");
    }
    Ok(())
}

#[test]
fn draws_a_fresh_nonce_and_takes_the_clock() -> anyhow::Result<()> {
    let [first, second] = [run(SECRET, &["sign"], b"")?.stdout, run(SECRET, &["sign"], b"")?.stdout];
    let nonce = |headers: &str| headers.trim_end().rsplit(' ').next().unwrap_or_default().to_owned();
    assert_ne!(nonce(&first), nonce(&second));
    assert_eq!(nonce(&first).len(), 32);

    let mut arguments = vec!["verify"];
    for line in second.lines() {
        arguments.extend(["-H", line]);
    }
    let verdict = run(SECRET, &arguments, b"")?;
    assert_eq!(verdict.exit_code, 0, "{}", verdict.stderr);
    Ok(())
}

#[test]
fn tells_a_bad_call_from_a_bad_payload() -> anyhow::Result<()> {
    for (options, payload, exit_code, code) in [
        (["--timestamp", "10000000000000000"], b"".as_slice(), 2, "invalid_timestamp"),
        (["--nonce", "0C8F3E5A7B9D1F2E4A6C8E0B2D4F6A81"], b"", 2, "invalid_nonce"),
        (["--header-prefix", "X Acme-"], b"", 2, "invalid_header_prefix"),
        (["--payload-form", "xml"], b"", 2, "invalid_payload_form"),
        (["--payload-form", "canonical"], b"{", 1, "payload_not_json"),
        (["--payload-form", "json-string"], b"\xff", 1, "payload_not_utf8"),
    ] {
        let answer = run(SECRET, &[["sign"].as_slice(), &options].concat(), payload)?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (exit_code, ""), "{options:?}");
        assert!(answer.stderr.contains(&format!("{code}: ")), "{options:?}: {}", answer.stderr);
    }
    Ok(())
}
