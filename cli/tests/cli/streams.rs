//! Endless input and closed output.

use std::io::{ErrorKind, Write as _};

use anyhow::Context as _;

use crate::{
    delivery::{PERSON, SECRET},
    program::{VARIABLE, answer, program},
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
    let calls: [(&[u8], Vec<String>, i32); 4] = [
        (PERSON.body, PERSON.arguments(), 0),
        (PERSON.body, [PERSON.arguments(), vec!["--json".to_owned()]].concat(), 0),
        (b"{}", [PERSON.arguments(), vec!["--json".to_owned()]].concat(), 1),
        (b"{}", vec!["canonicalize".to_owned()], 0),
    ];
    for (body, arguments, exit_code) in calls {
        let mut child = program().env(VARIABLE, SECRET).args(&arguments).spawn()?;
        drop(child.stdout.take());
        child.stdin.take().context("no standard input")?.write_all(body)?;
        let output = child.wait_with_output()?;
        assert_eq!(output.status.code(), Some(exit_code), "{arguments:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{arguments:?}");
    }
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
