//! Why a delivery was refused.

use core::fmt;

use arrayvec::{ArrayString, ArrayVec};

use super::{Code, span::Span, suspicion::Suspicion};
use crate::wire;

/// A delivery that is not to be trusted, or cannot be read.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Code, Secret, Timestamp, Webhook};
///
/// let webhook = Webhook::new(Secret::new("secret").unwrap());
/// let headers: [(&str, &str); 0] = [];
/// let error = webhook.verify(b"{}", &headers, Timestamp::from_unix_millis(0)).unwrap_err();
/// assert_eq!(error.code(), Code::MissingHeader);
/// assert_eq!(error.status(), 401);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError(Reason);

impl VerifyError {
    /// What went wrong, as a word that programs compare.
    pub const fn code(&self) -> Code {
        match &self.0 {
            #[cfg(feature = "alloc")]
            Reason::MethodNotAllowed => Code::MethodNotAllowed,
            #[cfg(feature = "alloc")]
            Reason::UnsupportedContentEncoding => Code::UnsupportedContentEncoding,
            #[cfg(feature = "alloc")]
            Reason::MalformedContentLength => Code::MalformedContentLength,
            Reason::PayloadTooLarge { .. } => Code::PayloadTooLarge,
            Reason::NoHeaders(_) | Reason::OtherPrefix(_) | Reason::MissingHeader(_) => Code::MissingHeader,
            Reason::RepeatedHeader(_) => Code::RepeatedHeader,
            Reason::MalformedTimestamp(_) => Code::MalformedTimestamp,
            Reason::TimestampTooOld { .. } => Code::TimestampTooOld,
            Reason::TimestampTooNew { .. } => Code::TimestampTooNew,
            Reason::MalformedSignature(_) => Code::MalformedSignature,
            Reason::SignatureMismatch(_) => Code::SignatureMismatch,
            #[cfg(feature = "alloc")]
            Reason::Payload(error) => error.code(),
        }
    }

    /// The HTTP status to answer with. The answer carries the code at most: the message is for the log.
    pub const fn status(&self) -> u16 {
        match self.code().status() {
            Some(status) => status,
            None => 500,
        }
    }
}

impl From<Reason> for VerifyError {
    fn from(reason: Reason) -> Self {
        Self(reason)
    }
}

#[cfg(feature = "alloc")]
impl From<crate::CanonicalizeError> for VerifyError {
    fn from(error: crate::CanonicalizeError) -> Self {
        Self(Reason::Payload(error))
    }
}

/// Lets the build without allocation, whose payloads cannot be refused, share the line that asks.
#[cfg(not(feature = "alloc"))]
impl From<core::convert::Infallible> for VerifyError {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::PayloadTooLarge { limit } => {
                write!(f, "The body is larger than the limit of {limit} bytes: raise it if records of this size are expected.")
            }
            Reason::NoHeaders(prefix) => {
                write!(f, "None of the {prefix}* headers is there: the webhook has no secret set in Twenty, or a proxy drops them.")
            }
            Reason::OtherPrefix(name) => {
                let prefix = &name[..name.len() - wire::SIGNATURE.len()];
                write!(f, "None of the signature headers is there, but {name} is: set the header prefix to {prefix} if this is your Twenty, else look at who sends it.")
            }
            Reason::MissingHeader(name) => write!(f, "The header {name} is missing: look for a proxy that drops it."),
            Reason::RepeatedHeader(name) => {
                write!(f, "The header {name} has more than one value: look for a proxy that adds or joins headers.")
            }
            Reason::MalformedTimestamp(excerpt) => {
                write!(f, "The timestamp header is \"{excerpt}\", not 1 to 16 ASCII digits of milliseconds since the Unix epoch.")
            }
            Reason::TimestampTooOld { sent_millis, .. } if looks_like_seconds(*sent_millis) => f.write_str(
                "By its size the timestamp header is in seconds: the sender must send milliseconds since the Unix epoch.",
            ),
            Reason::TimestampTooOld { sent_millis, age_millis, .. }
                if sent_millis.saturating_add(*age_millis) >= EARLIEST_MICROS =>
            {
                f.write_str("By its size the time given as now is not in milliseconds: give milliseconds since the Unix epoch.")
            }
            Reason::TimestampTooOld { age_millis, tolerance_millis, .. } => {
                write!(f, "The delivery was sent {} ago, the tolerance is {}: check this machine's clock, or it is a replay.", Span(*age_millis), Span(*tolerance_millis))
            }
            Reason::TimestampTooNew { sent_millis, lead_millis, .. } if looks_like_seconds(sent_millis - lead_millis) => f
                .write_str("By its size the time given as now is in seconds: give milliseconds since the Unix epoch."),
            Reason::TimestampTooNew { lead_millis, tolerance_millis, .. } => {
                write!(f, "The delivery claims to be sent {} from now, the tolerance is {}: check this machine's clock.", Span(*lead_millis), Span(*tolerance_millis))
            }
            Reason::MalformedSignature(excerpt) => {
                write!(f, "The signature header is \"{excerpt}\", not exactly 64 lowercase hex digits.")
            }
            #[cfg(feature = "alloc")]
            Reason::MethodNotAllowed | Reason::UnsupportedContentEncoding | Reason::MalformedContentLength => {
                f.write_str(self.code().meaning())
            }
            Reason::SignatureMismatch(suspicion) => write!(f, "{}{}", self.code().meaning(), suspicion.sentence()),
            #[cfg(feature = "alloc")]
            Reason::Payload(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for VerifyError {}

/// The same with what the message needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    #[cfg(feature = "alloc")]
    MethodNotAllowed,
    #[cfg(feature = "alloc")]
    UnsupportedContentEncoding,
    #[cfg(feature = "alloc")]
    MalformedContentLength,
    PayloadTooLarge {
        limit: u64,
    },
    NoHeaders(Subject),
    /// Of one that would be a signature header under another prefix.
    OtherPrefix(Subject),
    MissingHeader(Subject),
    RepeatedHeader(Subject),
    MalformedTimestamp(Excerpt),
    TimestampTooOld {
        sent_millis: u64,
        age_millis: u64,
        tolerance_millis: u64,
    },
    TimestampTooNew {
        sent_millis: u64,
        lead_millis: u64,
        tolerance_millis: u64,
    },
    MalformedSignature(Excerpt),
    SignatureMismatch(Suspicion),
    #[cfg(feature = "alloc")]
    Payload(crate::CanonicalizeError),
}

/// What a refusal is about: a name of the configuration's own.
pub(crate) type Subject = ArrayString<SUBJECT_BYTES>;

/// Room for the longest header name.
pub(crate) const SUBJECT_BYTES: usize = 73;

/// The first octets of something received; printed with everything but visible ASCII escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    start: ArrayVec<u8, EXCERPT_BYTES>,
    length: usize,
    is_cut: bool,
}

impl Excerpt {
    /// Of something of which no more than `most` octets were looked at.
    pub(crate) fn new(received: &[u8], most: usize) -> Self {
        let start = received.iter().copied().take(EXCERPT_BYTES).collect();
        Self { start, length: received.len(), is_cut: received.len() >= most }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.escape_ascii().fmt(f)?;
        match self.length {
            0..=EXCERPT_BYTES => Ok(()),
            _ if self.is_cut => f.write_str("... (cut off)"),
            length => write!(f, "... ({length} bytes)"),
        }
    }
}

/// Enough for a whole timestamp with its mistake, too little for a signature.
const EXCERPT_BYTES: usize = 24;

/// What has ten digits: the years 2001 to 2286 in seconds, four months of 1970 in milliseconds.
fn looks_like_seconds(sent_millis: u64) -> bool {
    (1_000_000_000..10_000_000_000).contains(&sent_millis)
}

/// In microseconds a day of 1973, in milliseconds one of the year 5138.
const EARLIEST_MICROS: u64 = 100_000_000_000_000;

#[cfg(test)]
mod tests;
