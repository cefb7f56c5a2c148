//! What is sent back, and what became of the request.

use alloc::{format, string::String};

use crate::Code;

/// What is sent back: the outcome or the code, never a reason. The content type is `application/json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    outcome: Outcome,
}

impl Answer {
    pub(crate) const fn of(outcome: Outcome) -> Self {
        Self { outcome }
    }

    /// What became of the request.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        self.outcome.status()
    }

    /// The body: JSON with one member.
    pub fn body(&self) -> String {
        let (name, word) = match self.outcome.code() {
            Some(code) => ("code", code.as_str()),
            None => ("outcome", self.outcome.as_str()),
        };
        format!(r#"{{"{name}":"{word}"}}"#)
    }

    /// The headers, names in lower case.
    pub const fn headers(&self) -> &'static [(&'static str, &'static str)] {
        match self.outcome {
            Outcome::Refused(Code::MethodNotAllowed) => &[JSON, ("allow", "POST")],
            _ => &[JSON],
        }
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A handler did its work.
    Handled,
    /// Somebody claimed the delivery before.
    Duplicate,
    /// No route is for the event.
    Ignored,
    /// The delivery is claimed, and its handler runs in the background.
    Accepted,
    /// The request was refused before a handler was called.
    Refused(Code),
    /// The handler failed.
    Failed(Code),
}

impl Outcome {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Duplicate => "duplicate",
            Self::Ignored => "ignored",
            Self::Accepted => "accepted",
            Self::Refused(_) => "refused",
            Self::Failed(_) => "failed",
        }
    }

    /// Why it was refused or failed.
    pub const fn code(self) -> Option<Code> {
        match self {
            Self::Refused(code) | Self::Failed(code) => Some(code),
            _ => None,
        }
    }

    /// The HTTP status: 200 without a code. A duplicate is a success, too: anything else would show in Twenty as a failure.
    pub const fn status(self) -> u16 {
        match self.code() {
            None => 200,
            Some(code) => match code.status() {
                Some(status) => status,
                None => 500,
            },
        }
    }
}
