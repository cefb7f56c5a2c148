//! `listen`: a real receiver, real senders, and real applications behind it.

use std::{fs, net::TcpListener, path::Path};

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::Value;

use crate::{
    delivery::{PERSON, SECRET},
    listening::Listening,
    program::{Answer, VARIABLE, answer, program, run},
    receiver::Receiver,
};

fn send(event: &str, to: &Listening, options: &[&str]) -> anyhow::Result<Answer> {
    run(SECRET, &[&["send", event, "--to", &to.url()], options].concat(), PERSON.body)
}

fn done(_number: usize, _body: &[u8]) -> Response {
    (StatusCode::CREATED, r#"{"secret":"s","targetUrl":"https://a?b"}"#).into_response()
}

fn only_file(folder: &Path) -> anyhow::Result<std::path::PathBuf> {
    let files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    anyhow::ensure!(files.len() == 1, "{files:?}");
    Ok(files[0].path())
}

#[test]
fn an_authentic_delivery_is_told_in_a_line() -> anyhow::Result<()> {
    let listening = Listening::new(&[])?;
    assert_eq!(send("-", &listening, &[])?.exit_code, 0);
    let line = listening.line()?;
    assert!(line.contains("Z 200 handled person.created of 7 in ") && line.ends_with(" ms"), "{line}");
    assert_eq!(send("-", &listening, &["--tamper"])?.exit_code, 1);
    let line = listening.line()?;
    assert!(line.contains("Z 401 signature_mismatch POST /hook in ") && line.contains(" ms: The signature "), "{line}");
    // What was handled is not handled again.
    assert_eq!(send("-", &listening, &[])?.exit_code, 0);
    let mut line = listening.line()?;
    assert!(line.starts_with("  "), "{line}");
    while line.starts_with("  ") {
        line = listening.line()?;
    }
    assert!(line.contains("Z 200 duplicate person.created of 7 in "), "{line}");
    Ok(())
}

#[test]
fn the_whole_event_is_shown_without_its_secrets() -> anyhow::Result<()> {
    let listening = Listening::new(&["--full"])?;
    let secret = ["--set", "record.secret=s3cr3t", "--set", "record.odd=\"\\u001b[31m\""];
    assert_eq!(send("person.created", &listening, &secret)?.exit_code, 0);
    let mut shown = String::new();
    while !shown.ends_with("\n  }\n") {
        shown += &(listening.line()? + "\n");
    }
    assert!(shown.contains("\"secret\": \"...\"") && !shown.contains("s3cr3t"), "{shown}");
    assert!(shown.contains(r"\u001b[31m") && !shown.contains('\u{1b}'), "{shown}");
    Ok(())
}

#[test]
fn a_line_of_json_holds_the_event() -> anyhow::Result<()> {
    let listening = Listening::new(&["--json"])?;
    assert_eq!(send("-", &listening, &[])?.exit_code, 0);
    let line = listening.line()?;
    assert!(line.contains(r#"{"id":"7","name":"Zoë","score":1e400,"lone":"\ud800"}"#), "{line}");
    assert_eq!(listening.ask(b"GET /hook?token=a HTTP/1.1\r\nhost: a\r\n\r\n")?, "HTTP/1.1 405 Method Not Allowed");
    let refused: Value = serde_json::from_str(&listening.line()?)?;
    assert_eq!(refused["code"], "method_not_allowed");
    assert_eq!(
        (&refused["method"], &refused["path"], &refused["status"]),
        (&"GET".into(), &"/hook".into(), &405.into())
    );
    Ok(())
}

#[test]
fn the_same_bytes_and_headers_are_forwarded() -> anyhow::Result<()> {
    let app = Receiver::new(done)?;
    let listening = Listening::new(&["--forward-to", &app.url])?;
    assert_eq!(send("-", &listening, &[])?.exit_code, 0);
    let shown = [listening.line()?, listening.line()?, listening.line()?, listening.line()?].join("\n");
    assert!(shown.contains("\n  201 Created in ") && shown.contains("\"secret\": \"...\""), "{shown}");
    assert_eq!(send("-", &listening, &["--tamper"])?.exit_code, 1);
    let [arrived] = app.received().try_into().map_err(|_| anyhow::anyhow!("not one"))?;
    arrived.signed_at()?;
    assert_eq!(arrived.body, PERSON.body);
    assert_eq!(arrived.header("x-twenty-webhook-nonce").map(str::len), Some(32));
    assert_eq!(arrived.header("content-type"), Some("application/json"));
    Ok(())
}

#[test]
fn events_go_where_their_pattern_says() -> anyhow::Result<()> {
    let (people, others) = (Receiver::new(done)?, Receiver::new(done)?);
    let listening =
        Listening::new(&["--forward-to", &format!("person.*={}", people.url), "--forward-to", &others.url])?;
    for event in ["person.created", "company.created", "person.deleted"] {
        assert_eq!(send(event, &listening, &[])?.exit_code, 0);
    }
    assert_eq!((people.received().len(), others.received().len()), (2, 1));

    for (routes, reason) in [
        (
            ["--forward-to", "http://127.0.0.1:1", "--forward-to", "person.*=http://127.0.0.1:1"].as_slice(),
            "name it last",
        ),
        (&["--forward-to", "person=http://127.0.0.1:1"], "no event matches the pattern"),
        (&["--forward-to", "ftp://a"], "ftp://a is no URL of http or https"),
    ] {
        let answer = run(SECRET, &[["listen", "--port", "0"].as_slice(), routes].concat(), b"")?;
        assert_eq!(answer.exit_code, 2);
        assert!(answer.stderr.contains(reason), "{}", answer.stderr);
    }
    Ok(())
}

#[test]
fn an_application_that_fails_is_told_to_the_sender() -> anyhow::Result<()> {
    let app =
        Receiver::new(|number, _| if number == 0 { StatusCode::BAD_GATEWAY.into_response() } else { done(1, b"") })?;
    let listening = Listening::new(&["--json", "--forward-to", &app.url])?;
    let failed = send("-", &listening, &[])?;
    assert!(failed.stdout.starts_with("500 "), "{}", failed.stdout);
    let line = listening.line()?;
    assert!(line.contains(r#""code":"handler_failed""#) && line.contains(r#""status":502"#), "{line}");
    // It is not claimed, so it can come again.
    assert_eq!(send("-", &listening, &[])?.exit_code, 0);
    assert_eq!(app.received().len(), 2);
    Ok(())
}

#[test]
fn what_is_saved_is_read_by_verify_and_by_nobody_else() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let [saved, refused] = ["new/saved", "refused"].map(|name| folder.path().join(name));
    let listening = Listening::new(&["--save", &saved.display().to_string()])?;
    assert_eq!(send("-", &listening, &[])?.exit_code, 0);
    let (_, shown) = (listening.line()?, listening.line()?);
    let file = only_file(&saved)?;
    assert_eq!(shown, format!("  saved as {}", file.display()));
    assert!(file.to_string_lossy().ends_with("-00001-person.created.json"), "{}", file.display());
    let verified = run(SECRET, &["verify", &file.display().to_string()], b"")?;
    assert_eq!(verified.exit_code, 0, "{}", verified.stderr);
    #[cfg(unix)]
    for (path, mode) in [(&file, 0o600), (&saved, 0o700)] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(path)?.permissions().mode() & 0o777, mode);
    }

    let listening = Listening::new(&["--save", &refused.display().to_string()])?;
    let head =
        "POST /a HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 3\r\nx-twenty-webhook-timestamp: 1\r\n";
    let request = [head.as_bytes(), b"x-twenty-webhook-signature: 0\r\n\r\n\xff\x00{"].concat();
    assert_eq!(listening.ask(&request)?, "HTTP/1.1 401 Unauthorized");
    listening.line()?;
    listening.line()?;
    let file = only_file(&refused)?;
    assert!(file.to_string_lossy().ends_with("-00001-timestamp_too_old.json"), "{}", file.display());
    let kept: Value = serde_json::from_slice(&fs::read(file)?)?;
    // By Python's base64.
    assert_eq!((&kept["bodyBase64"], &kept["body"]), (&"/wB7".into(), &Value::Null));
    assert_eq!(kept["headers"]["x-twenty-webhook-timestamp"][0], "1");
    Ok(())
}

#[test]
fn a_body_that_is_too_large_is_refused() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().display().to_string();
    let listening = Listening::new(&["--max-body-bytes", "10", "--json", "--save", &path])?;
    for (header, body) in
        [("content-length: 11", "12345678901"), ("transfer-encoding: chunked", "b\r\n12345678901\r\n0\r\n\r\n")]
    {
        let head = "POST / HTTP/1.1\r\nhost: a\r\nx-twenty-webhook-timestamp: ";
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis();
        let signature = format!("x-twenty-webhook-signature: {}", "0".repeat(64));
        let answer = listening.ask(format!("{head}{now}\r\n{signature}\r\n{header}\r\n\r\n{body}").as_bytes())?;
        assert_eq!(answer, "HTTP/1.1 413 Payload Too Large", "{header}");
        let line: Value = serde_json::from_str(&listening.line()?)?;
        assert_eq!(line["code"], "payload_too_large");
    }
    Ok(())
}

#[test]
fn a_port_in_use_is_a_mistake_in_the_call() -> anyhow::Result<()> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?;
    let answer = run(SECRET, &["listen", "--port", &address.port().to_string()], b"")?;
    assert_eq!(answer.exit_code, 2);
    assert!(answer.stderr.starts_with(&format!("error: cannot listen on {address}: ")), "{}", answer.stderr);
    assert!(answer.stderr.contains("--port"), "{}", answer.stderr);
    Ok(())
}

#[test]
fn without_a_secret_nothing_is_received() -> anyhow::Result<()> {
    let answer = answer(program().args(["listen", "--port", "0"]), b"")?;
    assert_eq!((answer.exit_code, answer.stderr.starts_with("error: no secret: ")), (2, true), "{}", answer.stderr);
    Ok(())
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_asked_to() -> anyhow::Result<()> {
    for signal in ["-INT", "-TERM"] {
        let listening = Listening::new(&[])?;
        assert_eq!(send("person.created", &listening, &[])?.exit_code, 0);
        listening.line()?;
        assert_eq!(listening.stop(signal)?, (Some(0), String::new()));
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn an_application_that_never_answers_does_not_keep_it() -> anyhow::Result<()> {
    let silent = TcpListener::bind("127.0.0.1:0")?;
    let mut listening = Listening::new(&["--forward-to", &format!("http://{}", silent.local_addr()?)])?;
    let mut sending = program();
    let mut sending =
        sending.env(VARIABLE, SECRET).args(["send", "person.created", "--to", &listening.url()]).spawn()?;
    let (_kept_open, _) = silent.accept()?;
    listening.signal("-INT")?;
    assert!(listening.error_line()?.starts_with("waiting for what is running"));
    assert_eq!(listening.stop("-INT")?.0, Some(0));
    sending.wait()?;
    Ok(())
}
