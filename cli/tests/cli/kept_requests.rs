//! The forms in which tools keep a request.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    delivery::{PERSON, RECEIVED_AT, SECRET, SENT_AT},
    program::{Answer, run},
};

const SIGNATURE: &str = "X-Twenty-Webhook-Signature";
const TIMESTAMP: &str = "x-twenty-webhook-timestamp";

/// What `verify` says of a file with headers and of one with a body, or of a file with both.
fn verify(kept: &[u8], body: Option<&[u8]>, options: &[&str]) -> anyhow::Result<Answer> {
    let directory = tempfile::tempdir()?;
    let [kept_file, body_file] = ["kept", "body"].map(|name| directory.path().join(name));
    fs::write(&kept_file, kept)?;
    let path = |file: &Path| file.display().to_string();
    let mut arguments = vec!["verify".to_owned(), "--headers-file".to_owned(), path(&kept_file)];
    if let Some(body) = body {
        fs::write(&body_file, body)?;
        arguments.push(path(&body_file));
    }
    arguments.extend(options.iter().map(|&option| option.to_owned()));
    run(SECRET, &arguments, b"")
}

fn lines(start: &str, before: &str, line_end: &str) -> Vec<u8> {
    let lines =
        ["Host: a".to_owned(), format!("{TIMESTAMP}: {SENT_AT}"), format!("{SIGNATURE}:{}  ", PERSON.signature)];
    let lines = lines.map(|line| [before, &line, line_end].concat()).concat();
    [start, &lines].concat().into_bytes()
}

fn body() -> String {
    String::from_utf8_lossy(PERSON.body).into_owned()
}

#[test]
fn headers_as_lines() -> anyhow::Result<()> {
    let utf16 = String::from_utf8(lines("\u{feff}", "", "\r\n"))?.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for headers in [
        lines("", "", "\n"),
        lines("\u{feff}", "", "\r\n"),
        lines("\n \n", "", "\n\n"),
        lines("POST /hook?a=b HTTP/1.1\r\n", "", "\r\n"),
        lines("HTTP/2 200\n", "", "\n"),
        lines("* Connected to a\n> POST /hook HTTP/2\n", "> ", "\r\n"),
        lines("< HTTP/1.1 200 OK\r\n", "< ", "\r\n"),
        utf16,
    ] {
        let answer = verify(&headers, Some(PERSON.body), &["--now", RECEIVED_AT])?;
        assert_eq!(answer.exit_code, 0, "{}: {}", headers.escape_ascii(), answer.stderr);
    }
    Ok(())
}

#[test]
fn headers_as_json() -> anyhow::Result<()> {
    let signature = PERSON.signature;
    for headers in [
        json!({ SIGNATURE: signature, TIMESTAMP: SENT_AT }),
        json!({ SIGNATURE: [signature], TIMESTAMP: [SENT_AT], "accept": ["a", "b"] }),
        json!({ SIGNATURE: signature, TIMESTAMP: SENT_AT.parse::<u64>()? }),
        json!([{ "name": SIGNATURE, "value": signature }, { "name": TIMESTAMP, "value": SENT_AT }]),
        json!([{ "key": SIGNATURE, "value": signature, "enabled": true }, { "key": TIMESTAMP, "value": SENT_AT }]),
        json!([[SIGNATURE, signature], [TIMESTAMP, SENT_AT]]),
        json!({ "headers": { SIGNATURE: signature, TIMESTAMP: SENT_AT } }),
        json!({ "headers": format!("{SIGNATURE}: {signature}\r\n{TIMESTAMP}: {SENT_AT}\r\n") }),
    ] {
        for text in [headers.to_string(), format!("\u{feff}{headers:#}\r\n\n")] {
            let answer = verify(text.as_bytes(), Some(PERSON.body), &["--now", RECEIVED_AT])?;
            assert_eq!(answer.exit_code, 0, "{text}: {}", answer.stderr);
        }
    }
    Ok(())
}

/// What `sign --json` prints.
#[test]
fn headers_as_this_program_prints_them() -> anyhow::Result<()> {
    let signed = run(SECRET, &["sign", "--json", "--timestamp", SENT_AT], PERSON.body)?;
    let answer = verify(signed.stdout.as_bytes(), Some(PERSON.body), &["--now", RECEIVED_AT])?;
    assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
    Ok(())
}

fn whole_requests() -> Vec<Value> {
    let headers = json!({ SIGNATURE: PERSON.signature, TIMESTAMP: SENT_AT });
    let lists = json!({ SIGNATURE: [PERSON.signature], TIMESTAMP: [SENT_AT] });
    let pairs = json!([{ "name": SIGNATURE, "value": PERSON.signature }, { "name": TIMESTAMP, "value": SENT_AT }]);
    let post = json!({ "method": "POST", "url": "https://a", "headers": pairs, "postData": { "text": body() } });
    let entry = json!({ "startedDateTime": "2024-12-24T19:57:19.900+01:00", "request": post, "response": {} });
    let page = json!({ "startedDateTime": "2024-12-24T18:57:19Z", "request": { "method": "GET", "headers": [] } });
    // By Python's base64.
    let base64 = "eyJ0YXJnZXRVcmwiOiJodHRwczovL2hvb2tzLmV4YW1wbGUuY29tL3R3ZW50eT90b2tlbj1hYmMiLCJldmVudE5hbWUiOiJwZXJzb24u\
                  Y3JlYXRlZCIsIndvcmtzcGFjZUlkIjoidy0xIiwicmVjb3JkIjp7ImlkIjoiNyIsIm5hbWUiOiJab8OrIiwic2NvcmUiOjFlNDAwLCJs\
                  b25lIjoiXHVkODAwIn19";
    vec![
        json!({ "headers": headers, "body": body(), "receivedAt": "2024-12-24T18:57:19.998Z" }),
        json!({ "headers": headers, "bodyBase64": base64, "receivedAt": RECEIVED_AT.parse::<u64>().ok() }),
        json!({ "log": { "version": "1.2", "entries": [page, entry] } }),
        entry,
        json!({ "version": "2.0", "headers": headers, "requestContext": { "timeEpoch": RECEIVED_AT.parse::<u64>().ok() },
                "body": base64, "isBase64Encoded": true }),
        json!({ "headers": headers, "multiValueHeaders": lists, "body": body(), "isBase64Encoded": false,
                "receivedAt": RECEIVED_AT }),
        json!({ "uuid": "1", "method": "POST", "headers": lists, "content": body(), "created_at": "2024-12-24 18:57:20" }),
        json!({ "data": [{ "headers": lists, "content": body(), "created_at": "2024-12-24 18:57:20" }] }),
        json!([{ "headers": headers, "body": { "parsed": true }, "rawBody": body(), "receivedAt": RECEIVED_AT }]),
    ]
}

/// It arrived when the file says.
#[test]
fn whole_requests_as_json() -> anyhow::Result<()> {
    for request in whole_requests() {
        let answer = verify(format!("{request}\n").as_bytes(), None, &[])?;
        assert_eq!(answer.exit_code, 0, "{request}: {}", answer.stderr);
        let without_option = run(SECRET, &["verify"], request.to_string().as_bytes())?;
        assert_eq!(without_option.exit_code, 0, "{request}: {}", without_option.stderr);
    }
    Ok(())
}

#[test]
fn a_dump_with_its_body() -> anyhow::Result<()> {
    let dump = [lines("POST / HTTP/1.1\r\n", "", "\r\n"), b"\r\n".to_vec(), PERSON.body.to_vec()].concat();
    assert_eq!(verify(&dump, None, &["--now", RECEIVED_AT])?.exit_code, 0);
    let other = verify(&dump, Some(b"{}"), &["--now", RECEIVED_AT])?;
    assert!(other.stderr.starts_with("refused: signature_mismatch: "), "{}", other.stderr);
    Ok(())
}

#[test]
fn a_command_of_curl() -> anyhow::Result<()> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("body.json");
    fs::write(&file, PERSON.body)?;
    let (signature, body) = (PERSON.signature, body());
    let quoted = serde_json::to_string(&body)?;
    let ansi = body.replace('\\', "\\\\").replace('ë', "\\u00eb");
    let headers = format!("-H '{SIGNATURE}: {signature}' -H \"{TIMESTAMP}: {SENT_AT}\"");
    for command in [
        format!("curl -X POST https://a/?b \\\n  {headers} \\\n  --data-binary '{body}'\n"),
        format!("$ curl 'https://a' {headers} --compressed --data-raw $'{ansi}' ; echo"),
        format!("curl {headers} -sSd {quoted} https://a | jq"),
        format!("curl {headers} --data-binary=@{} -o /dev/null https://a", file.display()),
        format!(
            "curl --header='{SIGNATURE}: {signature}' -H'{TIMESTAMP}:{SENT_AT}' -XPOST -H 'Accept:' --json '{body}' a"
        ),
    ] {
        let answer = verify(command.as_bytes(), None, &["--now", RECEIVED_AT])?;
        assert_eq!(answer.exit_code, 0, "{command}: {}", answer.stderr);
    }
    Ok(())
}

/// As two headers it is refused, so as two members it is not read as one.
#[test]
fn a_header_that_json_has_twice_is_not_lost() -> anyhow::Result<()> {
    let signature = PERSON.signature;
    let headers = format!(r#"{{"{TIMESTAMP}":"{SENT_AT}","{SIGNATURE}":"0","{SIGNATURE}":"{signature}"}}"#);
    for kept in [headers.clone(), format!("[{{\"headers\":{headers}}}]")] {
        let answer = verify(kept.as_bytes(), Some(PERSON.body), &["--now", RECEIVED_AT])?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains(&format!("an object has {SIGNATURE} twice")), "{}", answer.stderr);
    }
    Ok(())
}

#[test]
fn what_is_none_is_told_in_a_sentence() -> anyhow::Result<()> {
    let value = json!({ "headers": { SIGNATURE: PERSON.signature }, "body": { "a": 1 } }).to_string();
    let two = json!([{ "headers": {}, "body": "" }, { "headers": {}, "body": "" }]).to_string();
    for (kept, reason) in [
        ("{\"a\"", "It begins like JSON and is none: "),
        ("{\"a\":{}}", "The value of a is no text: this is no request, and no headers of one."),
        ("no header", "It holds no headers: the line \"no heade...\" has no colon, as in 'Name: value'."),
        (&value, "The body was kept as JSON values, not as the text that arrived"),
        (&two, " holds 2 requests: keep the one that is meant"),
        ("{\"log\":{\"entries\":[]}}", " holds 0 requests"),
        ("{\"headers\":{},\"bodyBase64\":\"?\"}", "The body is no padded base64."),
        ("{\"headers\":{},\"receivedAt\":\"soon\"}", "receivedAt is no time: soon. It must be milliseconds"),
        ("curl ^\"https://a^\"", "It is a command for cmd.exe: copy the one for bash."),
        ("curl -F a=b https://a", "F makes a body that Twenty never sends"),
        ("curl -d @/absent a", "The command names the file /absent, which cannot be read: "),
        ("curl 'a", "A quote is not closed."),
    ] {
        let answer = verify(kept.as_bytes(), None, &[])?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""), "{kept}");
        assert!(answer.stderr.contains(reason), "{kept}: {}", answer.stderr);
        assert_eq!(answer.stderr.lines().count(), 1, "{}", answer.stderr);
    }
    Ok(())
}

#[test]
fn a_whole_request_that_cannot_be_read_is_no_body_without_headers() -> anyhow::Result<()> {
    let value = json!({ "headers": { SIGNATURE: PERSON.signature }, "body": { "a": 1 } }).to_string();
    for (kept, reason) in [
        (value.as_str(), "The body was kept as JSON values"),
        ("curl ^\"https://a^\"", "It is a command for cmd.exe"),
        ("curl -d @/absent a", "The command names the file /absent"),
    ] {
        for command in ["verify", "diagnose"] {
            let answer = run(SECRET, &[command], kept.as_bytes())?;
            assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""), "{command}: {kept}");
            assert!(answer.stderr.contains(reason), "{command}: {}", answer.stderr);
        }
    }
    Ok(())
}

#[test]
fn lines_that_are_indented_are_headers() -> anyhow::Result<()> {
    for indent in ["  ", "\t"] {
        let answer = verify(&lines("", indent, "\n"), Some(PERSON.body), &["--now", RECEIVED_AT])?;
        assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
    }
    Ok(())
}

#[test]
fn a_body_that_an_editor_changed_is_refused_with_what_it_added() -> anyhow::Result<()> {
    for (before, after, added) in [
        ("", "\n", "without the line end at its end"),
        ("", "\r\n", "without the line end at its end"),
        ("\u{feff}", "", "without the byte-order mark at its beginning, which"),
        ("\u{feff}", "\n", "without the byte-order mark at its beginning and the line end at its end"),
    ] {
        let body = [before.as_bytes(), PERSON.body, after.as_bytes()].concat();
        let answer = verify(&lines("", "", "\n"), Some(&body), &["--now", RECEIVED_AT, "--json"])?;
        assert_eq!(answer.exit_code, 1);
        assert!(answer.stderr.starts_with("refused: signature_mismatch: "), "{}", answer.stderr);
        assert!(answer.stderr.contains(added) && answer.stdout.contains(added), "{}", answer.stderr);
    }
    let other = verify(&lines("", "", "\n"), Some(b"{}\n"), &["--now", RECEIVED_AT])?;
    assert!(!other.stderr.contains("authentic without"), "{}", other.stderr);
    Ok(())
}
