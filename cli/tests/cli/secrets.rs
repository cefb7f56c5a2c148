//! The two sources of the secret.

use std::{ffi::OsString, fs};

use crate::{
    delivery::{EMPTY, PERSON, SECRET},
    program::{Answer, VARIABLE, answer, program, run},
};

fn with_file(contents: &[u8]) -> anyhow::Result<Answer> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("secret");
    fs::write(&file, contents)?;
    answer(program().args(PERSON.arguments()).arg("--secret-file").arg(&file), PERSON.body)
}

#[test]
fn come_from_a_file_with_any_line_end_or_none() -> anyhow::Result<()> {
    for line_end in ["", "\n", "\r\n"] {
        let answer = with_file(format!("{SECRET}{line_end}").as_bytes())?;
        assert_eq!(answer.exit_code, 0, "{line_end:?}: {}", answer.stderr);
    }
    Ok(())
}

#[test]
fn are_refused_with_their_code() -> anyhow::Result<()> {
    let trailing_space = format!("{SECRET} \n");
    let two_line_ends = format!("{SECRET}\n\n");
    for (contents, code) in [
        (b"".as_slice(), "secret_empty"),
        (b"\n", "secret_empty"),
        (trailing_space.as_bytes(), "secret_has_whitespace"),
        (two_line_ends.as_bytes(), "secret_has_whitespace"),
        (b"\xef\xbb\xbfsecret", "secret_has_whitespace"),
        (b"\xff\xfes\0", "secret_not_utf8"),
    ] {
        let answer = with_file(contents)?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.starts_with(&format!("error: {code}: ")), "{}", answer.stderr);
    }
    assert_eq!(run("", &PERSON.arguments(), PERSON.body)?.exit_code, 2);
    Ok(())
}

#[cfg(unix)]
#[test]
fn in_the_environment_may_be_any_bytes() -> anyhow::Result<()> {
    use std::os::unix::ffi::OsStringExt as _;
    let secret = OsString::from_vec(vec![0xff]);
    let answer = answer(program().env(VARIABLE, secret).args(PERSON.arguments()), PERSON.body)?;
    assert_eq!(answer.exit_code, 2);
    assert!(answer.stderr.starts_with("error: secret_not_utf8: "), "{}", answer.stderr);
    Ok(())
}

#[test]
fn of_a_flag_override_the_environment() -> anyhow::Result<()> {
    let neither = answer(program().args(EMPTY.arguments()), b"")?;
    assert_eq!(neither.exit_code, 2);
    assert!(neither.stderr.starts_with("error: no secret: "), "{}", neither.stderr);

    let directory = tempfile::tempdir()?;
    let file = directory.path().join("secret");
    for (in_file, in_environment, exit_code) in [(SECRET, "another", 0), (SECRET, "", 0), ("another", SECRET, 1)] {
        fs::write(&file, in_file)?;
        let mut program = program();
        program.env(VARIABLE, in_environment).args(EMPTY.arguments()).arg("--secret-file").arg(&file);
        assert_eq!(answer(&mut program, b"")?.exit_code, exit_code);
    }

    let absent = directory.path().join("absent");
    let mut program = program();
    let unreadable =
        answer(program.env(VARIABLE, SECRET).args(EMPTY.arguments()).arg("--secret-file").arg(&absent), b"")?;
    assert_eq!(unreadable.exit_code, 2);
    Ok(())
}

#[test]
fn are_never_shown() -> anyhow::Result<()> {
    for delivery in [PERSON, EMPTY] {
        for options in [[].as_slice(), &["--json"], &["--max-body-bytes", "1"], &["--now", "x"]] {
            let answer = delivery.verify(options)?;
            assert!(!answer.stdout.contains(SECRET) && !answer.stderr.contains(SECRET));
        }
    }
    Ok(())
}
