//! Endless input and closed output.

use std::io::{ErrorKind, Write as _};

use anyhow::Context as _;
use axum::{http::StatusCode, response::IntoResponse as _};

use crate::{
    delivery::{PERSON, SECRET},
    program::{VARIABLE, answer, program},
    receiver::Receiver,
};

#[test]
fn a_body_over_the_limit_is_not_read_on() -> anyhow::Result<()> {
    let mut child = program().env(VARIABLE, SECRET).args(PERSON.arguments()).spawn()?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let spaces = [b' '; 4096];
    let error = loop {
        if let Err(error) = stdin.write_all(&spaces) {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::BrokenPipe);
    let output = child.wait_with_output()?;
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.starts_with(b"refused: payload_too_large: "), "{}", output.stderr.escape_ascii());
    Ok(())
}

#[test]
fn a_reader_that_went_away_is_no_failure() -> anyhow::Result<()> {
    let receiver = Receiver::new(|_, _| StatusCode::NO_CONTENT.into_response())?;
    let many = ["send", "person.created", "--to", &receiver.url, "--repeat", "1000000"];
    let calls: [(&[u8], Vec<String>, i32); 7] = [
        (PERSON.body, PERSON.arguments(), 0),
        (PERSON.body, [PERSON.arguments(), vec!["--json".to_owned()]].concat(), 0),
        (b"{}", [PERSON.arguments(), vec!["--json".to_owned()]].concat(), 1),
        (b"{}", vec!["canonicalize".to_owned()], 0),
        (b"", vec!["samples".to_owned()], 0),
        (b"", vec!["completions".to_owned(), "zsh".to_owned()], 0),
        // It sends no more once nobody reads.
        (b"", many.map(str::to_owned).to_vec(), 0),
    ];
    for (body, arguments, exit_code) in calls {
        let mut child = program().env(VARIABLE, SECRET).args(&arguments).spawn()?;
        drop(child.stdout.take());
        // It may have ended by then.
        let _ = child.stdin.take().context("no standard input")?.write_all(body);
        let output = child.wait_with_output()?;
        assert_eq!(output.status.code(), Some(exit_code), "{arguments:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{arguments:?}");
    }
    assert!(receiver.received().len() < 1_000_000);
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() -> anyhow::Result<()> {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
    let answer = answer(program().arg("canonicalize").stdout(full), b"{}")?;
    assert_eq!(answer.exit_code, 2);
    assert!(answer.stderr.starts_with("error: cannot write standard output: "), "{}", answer.stderr);
    Ok(())
}
