//! `samples`.

use serde_json::Value;

use crate::program::{answer, program};

#[test]
fn are_listed_and_printed() -> anyhow::Result<()> {
    let listed = answer(program().arg("samples"), b"")?;
    assert_eq!((listed.exit_code, listed.stderr.as_str()), (0, ""));
    let names: Vec<&str> = listed.stdout.lines().collect();
    for name in ["person.created", "company.destroyed", "metadata.objectMetadata.updated"] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    let as_json: Vec<String> = serde_json::from_str(&answer(program().args(["samples", "--json"]), b"")?.stdout)?;
    assert_eq!(as_json, names);

    for name in names.into_iter().chain(["rocket.restored"]) {
        let printed = answer(program().args(["samples", name]), b"")?;
        let sample: Value = serde_json::from_str(&printed.stdout)?;
        assert_eq!(sample.get("eventName"), Some(&Value::from(name)), "{name}");
    }
    Ok(())
}

#[test]
fn of_what_twenty_never_sends_there_is_none() -> anyhow::Result<()> {
    for name in ["person", "person.exploded", "\u{1b}[31m.created"] {
        let answer = answer(program().args(["samples", name]), b"")?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.starts_with("error: no such sample: "), "{}", answer.stderr);
        assert!(!answer.stderr.contains('\u{1b}'));
    }
    Ok(())
}
