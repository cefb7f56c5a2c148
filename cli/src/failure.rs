//! How a command fails.

use std::{
    fmt,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use twenty_webhook::{CanonicalizeError, Code, ConfigError, SignError, VerifyError};

use crate::terminal::visible;

#[derive(Debug)]
pub(crate) enum Failure {
    /// What came in is not to be trusted, or cannot be read: exit 1.
    Refused { code: Code, reason: String },
    /// A file is not what it should be, in this line first: exit 1.
    Different { file: PathBuf, line: usize },
    /// So many of several deliveries are refused: exit 1.
    SomeRefused { count: u64, all: u64 },
    /// A receiver did not answer so many deliveries of all with 2xx: exit 1.
    NotTaken { count: usize, all: usize },
    /// The call itself, a file of it, or the output: exit 2.
    Call(anyhow::Error),
}

impl Failure {
    /// Says why on standard error, which may be closed, and gives the exit code. What names a file may hold anything.
    pub(crate) fn report(&self) -> ExitCode {
        let mut stderr = io::stderr().lock();
        let (said, exit_code) = match self {
            Self::Refused { code, reason } => (writeln!(stderr, "refused: {code}: {reason}"), 1),
            Self::SomeRefused { count, all } => (writeln!(stderr, "refused: {count} of {all} deliveries"), 1),
            Self::Different { file, line } => {
                (writeln!(stderr, "different: {} from line {line} on", visible(&file.display().to_string())), 1)
            }
            Self::NotTaken { all: 1, .. } => (writeln!(stderr, "not taken: the answer is not 2xx"), 1),
            Self::NotTaken { count, all } => {
                (writeln!(stderr, "not taken: {count} of {all} deliveries were not answered with 2xx"), 1)
            }
            Self::Call(error) => (writeln!(stderr, "error: {}", visible(&format!("{error:#}"))), 2),
        };
        drop(said);
        ExitCode::from(exit_code)
    }

    fn refused(code: Code, error: &dyn fmt::Display) -> Self {
        Self::Refused { code, reason: error.to_string() }
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Self {
        Self::refused(error.code(), &error)
    }
}

impl From<CanonicalizeError> for Failure {
    fn from(error: CanonicalizeError) -> Self {
        Self::refused(error.code(), &error)
    }
}

/// A timestamp or nonce is part of the call; the rest is said of the payload.
impl From<SignError> for Failure {
    fn from(error: SignError) -> Self {
        match error.code() {
            code @ (Code::InvalidTimestamp | Code::InvalidNonce) => Self::Call(anyhow::anyhow!("{code}: {error}")),
            code => Self::refused(code, &error),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Call(anyhow::anyhow!("{}: {error}", error.code()))
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Call(error)
    }
}
