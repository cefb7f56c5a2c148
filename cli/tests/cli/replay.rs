//! `replay`, to a real receiver.

use std::fs;

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::json;

use crate::{
    delivery::{PERSON, SECRET, SENT_AT},
    program::{Answer, answer, program, run},
    receiver::Receiver,
};

fn replay(saved: &std::path::Path, to: &Receiver, options: &[&str]) -> anyhow::Result<Answer> {
    run(SECRET, &[&["replay", &saved.display().to_string(), "--to", &to.url], options].concat(), b"")
}

fn done(_number: usize, _body: &[u8]) -> Response {
    StatusCode::NO_CONTENT.into_response()
}

fn saved(body: &str) -> String {
    let headers = json!({ "host": "elsewhere", "content-length": "1", "x-request-id": "r-1", "content-type": "text/json",
                          "X-Twenty-Webhook-Timestamp": SENT_AT, "X-Twenty-Webhook-Signature": PERSON.signature });
    json!({ "headers": headers, "body": body, "receivedAt": "2024-12-24T18:57:19.998Z" }).to_string()
}

#[test]
fn a_saved_delivery_is_signed_anew() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("1.json");
    let body = String::from_utf8(PERSON.body.to_vec())?;
    fs::write(&file, saved(&body))?;
    let receiver = Receiver::new(done)?;
    let answer = replay(&file, &receiver, &[])?;
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (0, ""));
    assert!(
        answer.stdout.starts_with("204 No Content in ") && answer.stdout.ends_with(": 1.json\n"),
        "{}",
        answer.stdout
    );
    let [arrived] = receiver.received().try_into().map_err(|_| anyhow::anyhow!("not one"))?;
    assert!(arrived.signed_at()? > SENT_AT.parse()?);
    assert_eq!(arrived.body, PERSON.body);
    assert_eq!((arrived.header("x-request-id"), arrived.header("content-type")), (Some("r-1"), Some("text/json")));
    assert_ne!(arrived.header("host"), Some("elsewhere"));
    Ok(())
}

#[test]
fn or_as_it_was_without_a_secret() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("1.json");
    let body = String::from_utf8(PERSON.body.to_vec())?;
    fs::write(&file, saved(&body))?;
    let receiver = Receiver::new(done)?;
    let call = ["replay", "--as-saved", "--to", &receiver.url, &file.display().to_string()];
    assert_eq!(answer(program().args(call), b"")?.exit_code, 0);
    let [arrived] = receiver.received().try_into().map_err(|_| anyhow::anyhow!("not one"))?;
    assert_eq!(arrived.signed_at()?, SENT_AT.parse::<u64>()?);
    assert_eq!(arrived.header("x-twenty-webhook-nonce"), None);
    Ok(())
}

#[test]
fn a_folder_is_sent_in_the_order_of_its_names() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for number in 0..300 {
        fs::write(folder.path().join(format!("{number:04}.json")), saved(&format!("{{\"n\":{number}}}")))?;
    }
    for number in 0..30 {
        fs::write(folder.path().join(format!("{number:04}.txt")), "hello")?;
    }
    fs::write(folder.path().join(".hidden"), saved("hidden"))?;
    fs::create_dir(folder.path().join("inner"))?;
    let receiver =
        Receiver::new(|number, _| if number == 7 { StatusCode::GONE.into_response() } else { done(0, b"") })?;
    let answer = replay(folder.path(), &receiver, &[])?;
    assert_eq!(answer.exit_code, 1);
    let bodies: Vec<_> = receiver.received().into_iter().map(|arrived| arrived.body).collect();
    let expected: Vec<_> = (0..300).map(|number| format!("{{\"n\":{number}}}").into_bytes()).collect();
    assert_eq!(bodies, expected);
    assert!(answer.stderr.contains("0019.txt: It holds no headers"), "{}", answer.stderr);
    assert!(answer.stderr.contains("\nwarning: 10 more files were left out\n"), "{}", answer.stderr);
    assert!(
        answer.stderr.ends_with("\nnot taken: 1 of 300 deliveries were not answered with 2xx\n"),
        "{}",
        answer.stderr
    );
    assert!(answer.stdout.contains("410 Gone in "), "{}", answer.stdout);
    Ok(())
}

#[test]
fn what_is_no_delivery_is_told_in_a_sentence() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let receiver = Receiver::new(done)?;
    let file = folder.path().join("a");
    let none = replay(folder.path(), &receiver, &[])?;
    assert_eq!(
        (none.exit_code, none.stderr.starts_with("error: no delivery is saved in ")),
        (2, true),
        "{}",
        none.stderr
    );
    for (text, reason) in [
        ("hello", "It holds no headers: "),
        ("{\"a\":\"b\"}", " holds no body"),
        ("[]", " holds no body"),
        ("{\"data\":[]}", " holds no delivery"),
    ] {
        fs::write(&file, text)?;
        let answer = replay(&file, &receiver, &[])?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""), "{text}");
        assert!(answer.stderr.contains(reason), "{text}: {}", answer.stderr);
    }
    let absent = replay(&folder.path().join("absent"), &receiver, &[])?;
    assert!(absent.stderr.starts_with("error: cannot read "), "{}", absent.stderr);
    assert!(receiver.received().is_empty());
    Ok(())
}
