//! `send`, to a real receiver.

use std::{collections::HashSet, fs, net::TcpListener};

use axum::{
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

use crate::{
    delivery::{PERSON, SECRET},
    program::{Answer, answer, program, run},
    receiver::Receiver,
};

fn send(event: &str, to: &Receiver, options: &[&str]) -> anyhow::Result<Answer> {
    run(SECRET, &[&["send", event, "--to", &to.url], options].concat(), b"")
}

fn done(_number: usize, _body: &[u8]) -> Response {
    r#"{"done":true}"#.into_response()
}

fn payload(body: &[u8]) -> anyhow::Result<Value> {
    Ok(serde_json::from_slice(body)?)
}

#[test]
fn a_sample_arrives_signed_and_the_answer_is_shown() -> anyhow::Result<()> {
    let receiver = Receiver::new(done)?;
    let answer = send("person.created", &receiver, &[])?;
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (0, ""));
    let (status, shown) = answer.stdout.split_once('\n').unwrap_or_default();
    assert!(status.starts_with("200 OK in ") && status.ends_with(" ms: person.created"), "{status}");
    assert_eq!(shown, "  {\n    \"done\": true\n  }\n");

    let [arrived] = receiver.received().try_into().map_err(|_| anyhow::anyhow!("not one"))?;
    arrived.signed_at()?;
    assert_eq!((arrived.uri.as_str(), arrived.header("content-type")), ("/webhooks/twenty", Some("application/json")));
    let payload = payload(&arrived.body)?;
    assert_eq!(payload["targetUrl"], receiver.url);
    assert_eq!(payload["eventName"], "person.created");
    Ok(())
}

#[test]
fn values_are_changed() -> anyhow::Result<()> {
    let receiver = Receiver::new(done)?;
    let changes = ["record.city=Berlin", "record.position=7", "record.jobTitle=\"7\"", "record.new.deep=[true]"];
    let options: Vec<&str> = changes.iter().flat_map(|change| ["--set", change]).collect();
    assert_eq!(send("person.created", &receiver, &options)?.exit_code, 0);
    for arrived in receiver.received() {
        arrived.signed_at()?;
        let record = payload(&arrived.body)?["record"].clone();
        assert_eq!((&record["city"], &record["position"]), (&json!("Berlin"), &json!(7)));
        assert_eq!((&record["jobTitle"], &record["new"]), (&json!("7"), &json!({ "deep": [true] })));
    }
    for (change, reason) in [("record", "PATH=VALUE"), ("=1", "PATH=VALUE"), ("eventName.a=1", "--set eventName.a: ")] {
        let answer = send("person.created", &receiver, &["--set", change])?;
        assert_eq!(answer.exit_code, 2);
        assert!(answer.stderr.contains(reason), "{}", answer.stderr);
    }
    assert_eq!(receiver.received().len(), 1);
    Ok(())
}

#[test]
fn ones_own_payload_is_sent_as_it_is() -> anyhow::Result<()> {
    let receiver = Receiver::new(done)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("payload.json");
    fs::write(&file, PERSON.body)?;
    assert_eq!(send(&file.display().to_string(), &receiver, &[])?.exit_code, 0);
    assert_eq!(run(SECRET, &["send", "-", "--to", &receiver.url], PERSON.body)?.exit_code, 0);
    for arrived in receiver.received() {
        arrived.signed_at()?;
        assert_eq!(arrived.body, PERSON.body);
    }
    fs::write(&file, "{ \"b\": 1.0 }")?;
    assert_eq!(send(&file.display().to_string(), &receiver, &["--form", "canonical"])?.exit_code, 0);
    assert_eq!(receiver.received().last().map(|last| last.body.clone()), Some(b"{\"b\":1}".to_vec()));
    Ok(())
}

#[test]
fn each_of_many_is_another_event() -> anyhow::Result<()> {
    let receiver =
        Receiver::new(|number, _| if number < 2 { done(0, b"") } else { StatusCode::BAD_GATEWAY.into_response() })?;
    let answer = send("company.updated", &receiver, &["--repeat", "9", "--concurrency", "4", "--rate", "10000"])?;
    assert_eq!(answer.exit_code, 1);
    assert_eq!(answer.stderr, "not taken: 7 of 9 deliveries were not answered with 2xx\n");
    assert!(
        answer.stdout.contains(&format!("9 deliveries to {}: 2 × 200, 7 × 502; ", receiver.url)),
        "{}",
        answer.stdout
    );
    let arrived = receiver.received();
    let ids: HashSet<_> =
        arrived.iter().filter_map(|it| Some(payload(&it.body).ok()?["record"]["id"].to_string())).collect();
    assert_eq!((arrived.len(), ids.len()), (9, 9));
    for it in arrived {
        it.signed_at()?;
    }
    Ok(())
}

#[test]
fn mistakes_are_made_on_request() -> anyhow::Result<()> {
    let receiver = Receiver::new(|_, _| StatusCode::UNAUTHORIZED.into_response())?;
    for (number, options) in [["--tamper"].as_slice(), &["--unsigned"], &["--skew", "-1h"], &[]].into_iter().enumerate()
    {
        let answer = send("person.deleted", &receiver, options)?;
        assert_eq!((answer.exit_code, answer.stderr.as_str()), (1, "not taken: the answer is not 2xx\n"));
        assert!(answer.stdout.starts_with("401 Unauthorized in "), "{}", answer.stdout);
        assert_eq!(receiver.received().len(), number + 1);
    }
    let [tampered, unsigned, skewed, genuine] =
        receiver.received().try_into().map_err(|_| anyhow::anyhow!("not four"))?;
    assert!(tampered.signed_at().is_err() && payload(&tampered.body).is_ok());
    assert!(unsigned.headers.keys().all(|name| !name.as_str().starts_with("x-twenty")), "{:?}", unsigned.headers);
    // Between the two calls some time may pass, but no hour less.
    let earlier = genuine.signed_at()? - skewed.signed_at()?;
    assert!(earlier >= 3_600_000, "{earlier}");

    let without_secret = answer(program().args(["send", "person.deleted", "--unsigned", "--to", &receiver.url]), b"")?;
    assert_eq!(without_secret.exit_code, 1);
    Ok(())
}

#[test]
fn an_answer_is_one_line_of_json() -> anyhow::Result<()> {
    let receiver = Receiver::new(|_, _| (StatusCode::FOUND, [(LOCATION, "/b?token=1")], "é\u{1b}").into_response())?;
    let answer = send("person.created", &receiver, &["--json"])?;
    assert_eq!(answer.exit_code, 1);
    let line: Value = serde_json::from_str(answer.stdout.trim_end())?;
    assert_eq!(
        (&line["status"], &line["body"], &line["location"]),
        (&json!(302), &json!("é\u{1b}"), &json!("/b?token=1"))
    );
    let shown = send("person.created", &receiver, &[])?.stdout;
    assert!(shown.contains("\n  It is a redirect to /b?...: ") && shown.contains("\n  é\\u001b\n"), "{shown}");
    Ok(())
}

#[test]
fn nobody_there_is_a_mistake_in_the_call() -> anyhow::Result<()> {
    let url = format!("http://{}/a?token=b", TcpListener::bind("127.0.0.1:0")?.local_addr()?);
    for repeat in ["1", "1000000"] {
        let answer = run(SECRET, &["send", "person.created", "--to", &url, "--repeat", repeat], b"")?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
        let shown = url.replace("token=b", "...");
        assert!(answer.stderr.starts_with(&format!("error: no answer from {shown}: ")), "{}", answer.stderr);
        assert_eq!(answer.stderr.lines().count(), 1, "{}", answer.stderr);
    }
    Ok(())
}

/// At this rate a second delivery would begin after a quarter of an hour.
#[test]
fn a_slow_rate_delays_neither_the_first_nor_the_end() -> anyhow::Result<()> {
    let receiver = Receiver::new(done)?;
    assert_eq!(send("person.created", &receiver, &["--rate", "0.001", "--concurrency", "2"])?.exit_code, 0);
    let nobody = format!("http://{}", TcpListener::bind("127.0.0.1:0")?.local_addr()?);
    let slow = ["send", "person.created", "--to", &nobody, "--rate", "0.001", "--repeat", "9", "--concurrency", "2"];
    assert_eq!(run(SECRET, &slow, b"")?.exit_code, 2);
    Ok(())
}

#[test]
fn mistakes_in_the_call_are_told_before_anything_is_sent() -> anyhow::Result<()> {
    let receiver = Receiver::new(done)?;
    for (options, reason) in [
        (["nothing", "--to", &receiver.url].as_slice(), "error: neither a file nor an event: \"nothing\": "),
        (&["person.created", "--to", "ftp://a"], "error: ftp://a is no URL of http or https"),
        (&["person.created", "--to", "http://a:b@c"], "error: the URL holds a user's name: "),
        (&["person.created"], "error: the following required arguments"),
        (&["person.created", "--to", &receiver.url, "--rate", "0"], "error: invalid value '0' for '--rate"),
        (&["person.created", "--to", &receiver.url, "--repeat", "0"], "error: invalid value '0' for '--repeat"),
        (&["person.created", "--to", &receiver.url, "--skew", "5"], "error: invalid value '5' for '--skew"),
        (&["person.created", "--to", &receiver.url, "--tamper", "--unsigned"], "error: the argument '--tamper' cannot"),
    ] {
        let answer = run(SECRET, &[["send"].as_slice(), options].concat(), b"")?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""), "{options:?}");
        assert!(answer.stderr.starts_with(reason), "{options:?}: {}", answer.stderr);
    }
    assert!(receiver.received().is_empty());
    let nowhere = run(SECRET, &["send", "person.created", "--to", "http://receiver.invalid/?a"], b"")?;
    assert_eq!(nowhere.exit_code, 2);
    assert!(
        nowhere.stderr.starts_with("warning: http://receiver.invalid/?... is not encrypted: "),
        "{}",
        nowhere.stderr
    );
    Ok(())
}
