//! What is told of a request.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use super::Cause;
use crate::Code;

/// What is wrong with a request.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Code, Timestamp, diagnose::Evidence};
///
/// let headers: [(&str, &str); 0] = [];
/// let diagnosis = Evidence::new(&[b"a secret"], &headers, b"{}", Timestamp::from_unix_millis(0)).diagnose();
/// assert_eq!(diagnosis.verdict(), Some(Code::MissingHeader));
/// assert!(diagnosis.is_complete());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    pub(super) verdict: Option<Code>,
    pub(super) findings: Vec<Finding>,
    pub(super) is_complete: bool,
}

impl Diagnosis {
    /// Why it was refused; `None` if it is authentic.
    pub const fn verdict(&self) -> Option<Code> {
        self.verdict
    }

    /// What is wrong, what is proved first; nothing if it is authentic.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether all was tried. If not, the body was too large to try two mistakes together, or there was too much to hash.
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }
}

/// One thing that is wrong.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Timestamp, diagnose::{Certainty, Evidence}};
///
/// let headers: [(&str, &str); 0] = [];
/// let diagnosis = Evidence::new(&[b"a secret"], &headers, b"{}", Timestamp::from_unix_millis(0)).diagnose();
/// let [finding] = diagnosis.findings() else { panic!("one finding") };
/// assert_eq!(finding.cause().as_str(), "no_signature_headers");
/// assert_eq!(finding.certainty(), Certainty::Likely);
/// assert_eq!(finding.explanation(), "The request has none of the three signature headers.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    cause: Cause,
    certainty: Certainty,
    /// What this request shows of it, in sentences; empty where there is nothing to add.
    detail: String,
}

impl Finding {
    pub(super) fn proved(cause: Cause, detail: String) -> Self {
        Self { cause, certainty: Certainty::Proved, detail }
    }

    pub(super) fn likely(cause: Cause, detail: String) -> Self {
        Self { cause, certainty: Certainty::Likely, detail }
    }

    pub(super) fn new(cause: Cause, is_proved: bool, detail: String) -> Self {
        if is_proved { Self::proved(cause, detail) } else { Self::likely(cause, detail) }
    }

    /// Proved only if the other is, too.
    pub(super) fn no_surer_than(mut self, other: &Self) -> Self {
        self.certainty = self.certainty.max(other.certainty);
        self
    }

    /// With one sentence more.
    pub(super) fn and(mut self, sentence: &str) -> Self {
        self.detail = [self.detail.as_str(), sentence].join(" ").trim_start().into();
        self
    }

    /// What it is.
    pub const fn cause(&self) -> Cause {
        self.cause
    }

    /// How sure it is.
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// What happened, in words, with what this request shows of it.
    pub fn explanation(&self) -> String {
        let sentence = self.cause.explanation();
        if self.detail.is_empty() { sentence.to_string() } else { format!("{sentence} {}", self.detail) }
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        self.cause.remedy()
    }
}

/// For a line of a log: the cause, how sure it is, what happened, and what to do.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cause, certainty, .. } = self;
        write!(f, "{cause} ({certainty}): {} {}", self.explanation(), self.remedy())
    }
}

/// How sure a [`Finding`] is.
///
/// # Example
///
/// ```
/// use twenty_webhook::diagnose::Certainty;
///
/// assert_eq!(Certainty::Proved.as_str(), "proved");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Certainty {
    /// The signature is reproduced once this and the other proved mistakes are undone.
    Proved,
    /// The request looks like it.
    Likely,
}

impl Certainty {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Likely => "likely",
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
