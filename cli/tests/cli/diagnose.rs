//! `diagnose`: findings, and what is shown of them.

use std::fs;

use serde_json::{Value, json};

use crate::{
    delivery::{COMPACT, COMPACT_SIGNATURE, PERSON, RECEIVED_AT, SECRET, SENT_AT, SPACED, Signed},
    program::run,
};

/// What Python printed again, under a secret in quotes.
#[test]
fn tells_two_mistakes() -> anyhow::Result<()> {
    let delivery = Signed { body: SPACED, signature: COMPACT_SIGNATURE };
    let answer = run(&format!("\"{SECRET}\""), &arguments(&delivery, &[]), SPACED)?;
    assert_eq!(answer.exit_code, 1);
    let expected = "secret_is_quoted (proved)
  The configured secret has quotes around it.
  Remove the quotes. docker run --env-file keeps them, and so do some readers of .env files.
body_printed_by_python (proved)
  Python's json.dumps printed the body again.
  Pass the bytes: await request.body() in FastAPI, request.get_data() in Flask, request.body in Django.
";
    assert_eq!(answer.stdout, expected);
    assert!(answer.stderr.starts_with("refused: signature_mismatch: "), "{}", answer.stderr);
    Ok(())
}

#[test]
fn tells_programs_the_same() -> anyhow::Result<()> {
    let delivery = Signed { body: SPACED, signature: COMPACT_SIGNATURE };
    let answer = run(&format!("{SECRET}\n"), &arguments(&delivery, &["--json"]), SPACED)?;
    assert_eq!(answer.exit_code, 1);
    let told: Value = serde_json::from_str(&answer.stdout)?;
    let codes: Vec<_> = ["secret_has_blanks", "body_printed_by_python"].map(|code| json!(code)).into();
    let findings = told["findings"].as_array().into_iter().flatten();
    assert_eq!(findings.clone().map(|finding| finding["code"].clone()).collect::<Vec<_>>(), codes);
    assert_eq!((&told["verdict"], &told["code"]), (&json!("refused"), &json!("secret_has_whitespace")));
    assert_eq!(told["complete"], true);
    for finding in findings {
        assert_eq!(finding["certainty"], "proved");
        assert!(finding["cause"].as_str().is_some_and(|cause| cause.ends_with('.')), "{finding}");
        assert!(finding["remedy"].as_str().is_some_and(|remedy| remedy.ends_with('.')), "{finding}");
    }
    Ok(())
}

#[test]
fn finds_nothing_wrong_with_an_authentic_delivery() -> anyhow::Result<()> {
    let delivery = Signed { body: COMPACT, signature: COMPACT_SIGNATURE };
    let answer = run(SECRET, &arguments(&delivery, &[]), COMPACT)?;
    assert_eq!((answer.exit_code, answer.stdout.as_str(), answer.stderr.as_str()), (0, "authentic\n", ""));
    let answer = run(SECRET, &arguments(&delivery, &["--json"]), COMPACT)?;
    assert_eq!(answer.stdout, "{\"verdict\":\"authentic\",\"findings\":[]}\n");
    Ok(())
}

/// By files of headers, of the body, and of the secret that signed it.
#[test]
fn finds_the_secret_of_another_webhook() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("body"), PERSON.body)?;
    fs::write(path("other"), format!("{SECRET}\n"))?;
    let [timestamp, signature] = [("Timestamp", SENT_AT), ("Signature", PERSON.signature)]
        .map(|(word, value)| format!("X-Twenty-Webhook-{word}: {value}\n"));
    fs::write(path("headers"), timestamp + &signature)?;
    let files = [path("headers"), path("other"), path("body")];
    let [headers, other, body] = files.each_ref().map(String::as_str);
    let options = ["diagnose", "--headers-file", headers, "--now", RECEIVED_AT];
    let answer = run("a wrong one", &[options.as_slice(), &["--other-secret-file", other, body]].concat(), b"")?;
    assert!(answer.stdout.starts_with("secret_of_another (proved)\n"), "{}", answer.stdout);
    let event =
        br#"{"targetUrl":"https://hooks.example.com/twenty?token=abc","eventName":"person.created","record":{}}"#;
    let answer = run("a wrong one", &options, event)?;
    assert!(answer.stdout.starts_with("other_secret (likely)\n"), "{}", answer.stdout);
    assert!(
        answer.stdout.contains("https://hooks.example.com/twenty\".") && !answer.stdout.contains("token"),
        "{}",
        answer.stdout
    );
    let answer = run("a wrong one", &[options.as_slice(), &["--method", "GET"]].concat(), b"")?;
    assert!(answer.stdout.starts_with("redirected (likely)\n"), "{}", answer.stdout);
    Ok(())
}

/// A dump, what `curl -v` prints, a HAR and a command say what was sent, and where.
#[test]
fn a_get_after_a_redirect_is_seen_in_what_was_kept() -> anyhow::Result<()> {
    let (timestamp, signature) = ("x-twenty-webhook-timestamp", "X-Twenty-Webhook-Signature");
    let lines = format!("{timestamp}: {SENT_AT}\r\n{signature}: {}\r\n", PERSON.signature);
    let headers = json!([{ "name": timestamp, "value": SENT_AT }, { "name": signature, "value": PERSON.signature }]);
    let entry = json!({ "request": { "method": "GET", "url": "https://a/hook", "headers": headers } });
    let page = json!({ "request": { "method": "GET", "url": "https://a/", "headers": [] } });
    for kept in [
        format!("GET /hook HTTP/1.1\r\nHost: a\r\n{lines}\r\n"),
        format!("> GET /hook HTTP/1.1\r\n> {}", lines.replace("\r\nX", "\r\n> X")),
        json!({ "log": { "entries": [page, entry] } }).to_string(),
        json!({ "method": "GET", "headers": headers, "body": "" }).to_string(),
        format!("curl -H '{timestamp}: {SENT_AT}' -H '{signature}: {}' https://a/hook", PERSON.signature),
    ] {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("kept");
        fs::write(&file, &kept)?;
        let file = file.display().to_string();
        let answer = run(SECRET, &["diagnose", "--headers-file", &file, "--now", RECEIVED_AT], b"")?;
        assert!(answer.stdout.starts_with("redirected (likely)\n"), "{kept}: {}{}", answer.stdout, answer.stderr);
        let with_body = run(SECRET, &["diagnose", "--headers-file", &file, "--now", RECEIVED_AT], PERSON.body)?;
        assert!(!with_body.stdout.contains("redirected") || !kept.starts_with("curl"), "{}", with_body.stdout);
    }
    Ok(())
}

/// By the address of the request line, which a proxy made another than the one of the body.
#[test]
fn a_signature_over_the_address_is_found_by_what_was_kept() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("kept");
    for (url, body) in [
        ("https://hooks.example.com/twenty?a=b", "{}"),
        (
            "https://claimed.example.com/",
            r#"{"targetUrl":"https://claimed.example.com/","eventName":"person.created","record":{}}"#,
        ),
    ] {
        let signature = hex::encode(hmac_sha256::HMAC::mac(format!("{url}{body}"), SECRET));
        let head =
            format!("POST /twenty?a=b HTTP/1.1\r\nHost: hooks.example.com\r\nX-Twenty-Webhook-Timestamp: {SENT_AT}");
        fs::write(&file, format!("{head}\r\nX-Twenty-Webhook-Signature: {signature}\r\n\r\n{body}"))?;
        let answer = run(SECRET, &["diagnose", &file.display().to_string(), "--now", RECEIVED_AT], b"")?;
        assert!(answer.stdout.starts_with("signed_url (proved)\n"), "{}{}", answer.stdout, answer.stderr);
    }
    Ok(())
}

#[test]
fn says_that_it_stopped_early() -> anyhow::Result<()> {
    let body = vec![b'7'; 100_000];
    let delivery = Signed { body: b"", signature: COMPACT_SIGNATURE };
    let answer = run(SECRET, &arguments(&delivery, &[]), &body)?;
    assert!(answer.stdout.ends_with("\nNot everything was tried: the body is too large.\n"), "{}", answer.stdout);
    let answer = run(SECRET, &arguments(&delivery, &["--json"]), &body)?;
    assert_eq!(serde_json::from_str::<Value>(&answer.stdout)?["complete"], false);
    Ok(())
}

fn arguments(delivery: &Signed, options: &[&str]) -> Vec<String> {
    let mut arguments = delivery.arguments();
    "diagnose".clone_into(&mut arguments[0]);
    arguments.extend(options.iter().map(|&option| option.to_owned()));
    arguments
}
