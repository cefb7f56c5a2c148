//! `listen` says why it refuses.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::{
    delivery::{PERSON, SECRET},
    listening::Listening,
    program::run,
};

/// A request with what one body was signed with, by another implementation of HMAC, and another body.
fn request(method: &str, secret: &str, signed: &[u8], arrived: &[u8]) -> anyhow::Result<(Vec<u8>, String)> {
    let sent = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let signature = |body: &[u8], secret: &str| {
        hex::encode(hmac_sha256::HMAC::mac([format!("{sent}:").as_bytes(), body].concat(), secret))
    };
    let head = format!(
        "{method} /hook?token=t0k3n HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {}\r\n\
         x-twenty-webhook-timestamp: {sent}\r\nx-twenty-webhook-signature: {}\r\n\r\n",
        arrived.len(),
        signature(signed, secret)
    );
    Ok(([head.as_bytes(), arrived].concat(), signature(arrived, SECRET)))
}

#[test]
fn a_refused_request_is_diagnosed_below_its_line() -> anyhow::Result<()> {
    let listening = Listening::new(&[])?;
    let (request, expected) = request("POST", SECRET, br#"{"b":1,"a":0.1}"#, br#"{"b": 1, "a": 0.1}"#)?;
    assert_eq!(listening.ask(&request)?, "HTTP/1.1 401 Unauthorized");
    let told = [listening.line()?, listening.line()?, listening.line()?, listening.line()?];
    assert!(told[0].contains(" 401 signature_mismatch POST /hook in "), "{told:?}");
    assert_eq!(told[1], "  body_printed_by_python (proved)");
    assert_eq!(told[2], "    Python's json.dumps printed the body again.");
    assert!(told[3].starts_with("    Pass the bytes: "), "{told:?}");
    let told = told.concat();
    assert!(!told.contains(SECRET) && !told.contains(&expected) && !told.contains("t0k3n"), "{told}");
    Ok(())
}

#[test]
fn programs_are_told_the_findings() -> anyhow::Result<()> {
    let listening = Listening::new(&["--json"])?;
    let event = "{\"eventName\":\"person.created\",\"webhookId\":\"w\\u001b[31m\u{202e}\",\"record\":{}}".as_bytes();
    for (method, secret, body, code) in [
        ("POST", "another", event, "other_secret"),
        ("GET", SECRET, b"".as_slice(), "redirected"),
        ("POST", SECRET, b"", "body_empty"),
    ] {
        let (request, expected) = request(method, secret, event, body)?;
        listening.ask(&request)?;
        let line = listening.line()?;
        let told: Value = serde_json::from_str(&line)?;
        let finding = &told["findings"][0];
        assert_eq!((&finding["code"], &finding["certainty"]), (&code.into(), &"likely".into()), "{line}");
        assert!(finding["cause"].is_string() && finding["remedy"].is_string(), "{line}");
        assert!(!line.contains(SECRET) && !line.contains(&expected) && !line.contains('\u{1b}'), "{line}");
    }
    assert_eq!(run(SECRET, &["send", "person.created", "--to", &listening.url()], b"")?.exit_code, 0);
    let told: Value = serde_json::from_str(&listening.line()?)?;
    assert_eq!((&told["outcome"], &told["findings"]), (&"handled".into(), &Value::Null));
    Ok(())
}

/// A person sees no sign that a terminal acts on.
#[test]
fn what_a_body_claims_is_harmless() -> anyhow::Result<()> {
    let listening = Listening::new(&[])?;
    let event =
        "{\"eventName\":\"person.created\",\"webhookId\":\"w\\u001b[31m\u{202e}\u{9b}\",\"record\":{}}".as_bytes();
    let (request, _) = request("POST", "another", event, event)?;
    listening.ask(&request)?;
    let told = [listening.line()?, listening.line()?, listening.line()?, listening.line()?].concat();
    assert!(told.contains("The body claims to come from webhook \"w"), "{told}");
    assert!(!told.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{told}");
    Ok(())
}

#[test]
fn a_large_body_is_not_diagnosed() -> anyhow::Result<()> {
    let listening = Listening::new(&["--json", "--max-body-bytes", "3000000"])?;
    for (size, is_diagnosed) in [(1024 * 1024, true), (1024 * 1024 + 1, false)] {
        let (request, _) = request("POST", SECRET, b"{}", &vec![b' '; size])?;
        assert_eq!(listening.ask(&request)?, "HTTP/1.1 401 Unauthorized");
        let told: Value = serde_json::from_str(&listening.line()?)?;
        assert_eq!(told["findings"].is_array(), is_diagnosed, "{told}");
    }
    Ok(())
}

/// The GET that a redirect made of a delivery is saved as one.
#[test]
fn a_saved_request_has_its_method() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().display().to_string();
    let listening = Listening::new(&["--json", "--save", &path])?;
    for method in ["GET", "POST"] {
        let (request, _) = request(method, SECRET, PERSON.body, b"")?;
        listening.ask(&request)?;
        listening.line()?;
    }
    let answer = run(SECRET, &["diagnose", "--json", &path], b"")?;
    let told: Value = serde_json::from_str(&answer.stdout)?;
    let causes = told["causes"].as_array().into_iter().flatten();
    let count =
        |code: &str| causes.clone().find(|cause| cause["code"] == code).map_or(Value::Null, |it| it["count"].clone());
    assert_eq!((&told["refused"], count("redirected"), count("body_empty")), (&2.into(), 1.into(), 1.into()), "{told}");
    Ok(())
}
