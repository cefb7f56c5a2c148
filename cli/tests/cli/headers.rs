//! `-H` and `--headers-file`.

use std::{ffi::OsString, fs};

use crate::{
    delivery::{PERSON, RECEIVED_AT, SECRET, SENT_AT},
    program::{Answer, run},
};

fn with_headers(headers: &[OsString]) -> anyhow::Result<Answer> {
    let mut arguments: Vec<OsString> = ["verify", "--now", RECEIVED_AT].map(OsString::from).to_vec();
    for header in headers {
        arguments.extend([OsString::from("-H"), header.clone()]);
    }
    run(SECRET, &arguments, PERSON.body)
}

#[test]
fn come_from_a_file() -> anyhow::Result<()> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("headers");
    for line_end in ["\n", "\r\n"] {
        let lines = [
            "content-type: application/json".to_owned(),
            format!("x-twenty-webhook-timestamp:{SENT_AT}"),
            String::new(),
            format!("X-TWENTY-WEBHOOK-SIGNATURE: \t{} ", PERSON.signature),
        ];
        fs::write(&file, lines.join(line_end))?;
        let path = file.display().to_string();
        let answer = run(SECRET, &["verify", "--now", RECEIVED_AT, "--headers-file", &path], PERSON.body)?;
        assert_eq!(answer.exit_code, 0, "{}", answer.stderr);
    }
    fs::write(&file, "no colon here\n")?;
    let path = file.display().to_string();
    assert_eq!(run(SECRET, &["verify", "--headers-file", &path], b"")?.exit_code, 2);
    assert_eq!(run(SECRET, &["verify", "--headers-file", "/absent/headers"], b"")?.exit_code, 2);
    Ok(())
}

#[test]
fn without_a_colon_are_a_mistake() -> anyhow::Result<()> {
    for header in ["", "X-Twenty-Webhook-Timestamp 1"] {
        let answer = with_headers(&[header.into()])?;
        assert_eq!(answer.exit_code, 2, "{header:?}");
        assert!(answer.stderr.contains("no colon"), "{}", answer.stderr);
    }
    Ok(())
}

#[test]
fn with_anything_else_are_judged() -> anyhow::Result<()> {
    for header in [":", ": ", "-H: x", "--json: x", "a:b:c", "ünïcode: ☃"] {
        let answer = with_headers(&[header.into()])?;
        assert_eq!(answer.exit_code, 1, "{header:?}: {}", answer.stderr);
        assert!(answer.stderr.starts_with("refused: missing_header: "), "{}", answer.stderr);
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn may_hold_any_bytes() -> anyhow::Result<()> {
    use std::os::unix::ffi::OsStringExt as _;
    let signature = OsString::from(format!("X-Twenty-Webhook-Signature: {}", PERSON.signature));
    for (timestamp, code) in
        [(b"\xff\x01\x7f".as_slice(), "malformed_timestamp"), (b"1\xc2\xa02", "malformed_timestamp")]
    {
        let header = OsString::from_vec([b"X-Twenty-Webhook-Timestamp: ", timestamp].concat());
        let answer = with_headers(&[header, signature.clone()])?;
        assert_eq!(answer.exit_code, 1, "{}", answer.stderr);
        assert!(answer.stderr.starts_with(&format!("refused: {code}: ")), "{}", answer.stderr);
        assert!(answer.stderr.trim_end().chars().all(|character| character == ' ' || character.is_ascii_graphic()));
    }
    Ok(())
}
