//! Runs the real program.

use std::{
    ffi::OsStr,
    io::Write as _,
    process::{Command, Stdio},
};

use anyhow::Context as _;

pub(crate) const VARIABLE: &str = "TWENTY_WEBHOOK_SECRET";

/// What it answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) exit_code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program with no secret in its environment.
pub(crate) fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_twenty-webhook"));
    program.env_remove(VARIABLE).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// Runs it with a secret in its environment.
pub(crate) fn run<A: AsRef<OsStr>>(secret: &str, arguments: &[A], stdin: &[u8]) -> anyhow::Result<Answer> {
    answer(program().env(VARIABLE, secret).args(arguments), stdin)
}

/// Runs it to its end. It may well end without having read its input.
pub(crate) fn answer(program: &mut Command, stdin: &[u8]) -> anyhow::Result<Answer> {
    let mut child = program.spawn()?;
    let written = child.stdin.take().context("no standard input")?.write_all(stdin);
    let output = child.wait_with_output()?;
    if let Err(error) = written {
        anyhow::ensure!(error.kind() == std::io::ErrorKind::BrokenPipe, error);
    }
    Ok(Answer {
        exit_code: output.status.code().context("ended by a signal")?,
        stdout: String::from_utf8(output.stdout)?,
        stderr: String::from_utf8(output.stderr)?,
    })
}
