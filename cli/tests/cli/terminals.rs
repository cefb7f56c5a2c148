//! What is said where a person sees it: on a terminal.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    os::fd::OwnedFd,
};

use rustix::pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt};

use crate::{
    delivery::SECRET,
    program::{VARIABLE, program},
};

/// Both ends of a terminal: what a person holds, and what the program does.
fn terminal() -> anyhow::Result<(File, OwnedFd)> {
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
    let person = openpt(flags)?;
    unlockpt(&person)?;
    let program = ioctl_tiocgptpeer(&person, flags)?;
    Ok((File::from(person), program))
}

#[test]
fn who_is_waited_for_is_told_so() -> anyhow::Result<()> {
    for call in [
        ["types", "--lang", "rust"].as_slice(),
        &["canonicalize"],
        &["sign"],
        &["verify", "-H", "A: 1"],
        &["send", "-", "--to", "http://127.0.0.1:1"],
    ] {
        let (mut person, end) = terminal()?;
        let child = program().env(VARIABLE, SECRET).args(call).stdin(end).spawn()?;
        // Ctrl-D.
        person.write_all(b"\x04")?;
        let output = child.wait_with_output()?;
        let said = String::from_utf8(output.stderr)?;
        assert!(
            said.starts_with("reading standard input, because no file is named: Ctrl-D ends it\n"),
            "{call:?}: {said}"
        );
    }
    Ok(())
}

#[test]
fn how_far_a_folder_is_shown_and_wiped_away() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for number in 0..3 {
        fs::write(folder.path().join(format!("{number}.json")), r#"{"headers":{},"body":"{}"}"#)?;
    }
    let (mut person, end) = terminal()?;
    let mut child = program().env(VARIABLE, SECRET).arg("diagnose").arg(folder.path()).stderr(end).spawn()?;
    let mut said = Vec::new();
    // Once nobody holds the other end, Linux gives an error in place of an end.
    let _ = person.read_to_end(&mut said);
    child.wait()?;
    let said = String::from_utf8(said)?;
    assert!(said.starts_with("1 of 3\r") && said.contains("\r\u{1b}[K"), "{said:?}");
    assert!(said.ends_with("refused: 3 of 3 deliveries\r\n"), "{said:?}");
    Ok(())
}
