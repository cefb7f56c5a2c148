//! Mistakes in the call.

use crate::{
    delivery::{PERSON, SECRET},
    program::{VARIABLE, answer, program, run},
};

#[test]
fn are_answered_with_2() -> anyhow::Result<()> {
    for arguments in [
        ["verify", "--now", "yesterday"].as_slice(),
        &["verify", "--now", "-1"],
        &["verify", "--now", "2024-02-30"],
        &["sign", "--timestamp", "5m"],
        &["verify", "--now"],
        &["verify", "--no-such-option"],
        &["verify", "/absent/body"],
        &["check"],
        &[],
    ] {
        let answer = run(SECRET, arguments, b"")?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!answer.stderr.is_empty(), "{arguments:?}");
    }
    Ok(())
}

#[test]
fn are_told_without_what_a_terminal_acts_on() -> anyhow::Result<()> {
    for option in ["--secret-file", "--headers-file", "--"] {
        let file = "/absent/\u{1b}[31m\u{202e}";
        let mut program = program();
        if option != "--secret-file" {
            program.env(VARIABLE, SECRET);
        }
        let answer = answer(program.args(["verify", option, file]), b"")?;
        assert_eq!(answer.exit_code, 2, "{option}");
        assert!(answer.stderr.contains(r"/absent/\u001b[31m\u202e"), "{option}: {}", answer.stderr);
    }
    Ok(())
}

#[test]
fn in_options_have_their_code() -> anyhow::Result<()> {
    for (option, values, code) in [
        ("--tolerance-seconds", ["-1", "NaN", "inf", "soon", ""].as_slice(), "invalid_tolerance"),
        ("--max-body-bytes", &["-1", "1.5", "NaN", "1e300", "many"], "invalid_max_body_bytes"),
        ("--header-prefix", &["", "X-Twenty", "X Twenty-", "-\n-"], "invalid_header_prefix"),
        ("--payload-form", &["", "Raw", "json"], "invalid_payload_form"),
    ] {
        for value in values {
            let answer = PERSON.verify(&[option, value])?;
            assert_eq!(answer.exit_code, 2, "{option} {value}");
            assert!(answer.stderr.contains(&format!("{code}: ")), "{option} {value}: {}", answer.stderr);
        }
    }
    Ok(())
}

#[test]
fn too_many_secrets_is_one() -> anyhow::Result<()> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("secret");
    std::fs::write(&file, "another secret")?;
    let path = file.display().to_string();
    let three = ["--previous-secret-file", path.as_str()].repeat(3);
    let four = ["--previous-secret-file", path.as_str()].repeat(4);
    assert_eq!(PERSON.verify(&three)?.exit_code, 0);
    let answer = PERSON.verify(&four)?;
    assert_eq!(answer.exit_code, 2);
    assert!(answer.stderr.starts_with("error: too_many_secrets: "), "{}", answer.stderr);
    Ok(())
}

#[test]
fn help_and_version_are_none() -> anyhow::Result<()> {
    for arguments in [["--help"].as_slice(), &["--version"], &["verify", "--help"], &["sign", "-h"]] {
        let answer = answer(program().args(arguments), b"")?;
        assert_eq!(answer.exit_code, 0, "{arguments:?}");
        assert!(!answer.stdout.is_empty(), "{arguments:?}");
    }
    Ok(())
}
