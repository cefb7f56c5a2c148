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
        answer.stdout.contains("https://hooks.example.com/twenty.") && !answer.stdout.contains("token"),
        "{}",
        answer.stdout
    );
    let answer = run("a wrong one", &[options.as_slice(), &["--method", "GET"]].concat(), b"")?;
    assert!(answer.stdout.starts_with("redirected (likely)\n"), "{}", answer.stdout);
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
