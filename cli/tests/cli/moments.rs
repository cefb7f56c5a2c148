//! When a delivery was sent, and arrived.

use crate::{
    delivery::{PERSON, SECRET},
    program::run,
};

/// `PERSON` was sent at 2024-12-24T18:57:19.761Z.
#[test]
fn are_read_in_any_form() -> anyhow::Result<()> {
    for (now, exit_code) in [
        ("1735066639998", 0),
        ("1735066640", 0),
        ("1735066639.998", 0),
        ("2024-12-24T18:57:19.998Z", 0),
        ("2024-12-24 19:59+01:00", 0),
        ("2024-12-24", 1),
        ("now", 1),
        ("-5m", 1),
    ] {
        let mut arguments = PERSON.arguments();
        arguments.pop();
        arguments.push(now.to_owned());
        let answer = run(SECRET, &arguments, PERSON.body)?;
        assert_eq!(answer.exit_code, exit_code, "{now}: {}", answer.stderr);
        assert!(exit_code == 0 || answer.stderr.contains("refused: timestamp_too_"), "{now}: {}", answer.stderr);
    }
    Ok(())
}

#[test]
fn are_told_from_now() -> anyhow::Result<()> {
    let signed = run(SECRET, &["sign", "--timestamp", "-10m"], b"{}")?;
    let mut arguments = vec!["verify"];
    for line in signed.stdout.lines() {
        arguments.extend(["-H", line]);
    }
    let late = run(SECRET, &arguments, b"{}")?;
    assert!(late.stderr.starts_with("refused: timestamp_too_old: "), "{}", late.stderr);
    let as_then = run(SECRET, &[arguments.as_slice(), &["--now", "-10m"]].concat(), b"{}")?;
    assert_eq!(as_then.exit_code, 0, "{}", as_then.stderr);
    Ok(())
}
