//! What is logged, and in which words.

use alloc::{borrow::Cow, format, string::String};
use core::{fmt::Write, time::Duration};

use super::{Facts, Outcome};
use crate::{Code, EventKind};

/// Something to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// What became of the request, if this says it: each request has one such notice, and one more when a handler in the
    /// background has ended.
    pub outcome: Option<Outcome>,
    /// What went wrong: this is what `on_error` is called with.
    pub code: Option<Code>,
    /// One sentence or two on the cause and the remedy.
    pub reason: Cow<'static, str>,
    /// What a handler, a store or a stream failed with, in the words of the host.
    pub cause: Option<String>,
}

impl Notice {
    /// The line of the log: the code or the outcome, the reason, the cause, and which delivery and event it is about.
    pub fn line(&self, facts: Option<&Facts>) -> String {
        let Self { outcome, code, reason, cause, .. } = self;
        let mut line = String::new();
        if let Some(word) = code.map(Code::as_str).or(outcome.map(Outcome::as_str)) {
            line += word;
            line += if reason.is_empty() { "" } else { ": " };
        }
        line += reason;
        let cause = cause.as_ref().map_or(Ok(()), |cause| write!(line, " ({cause})"));
        let facts = cause.and_then(|()| facts.map_or(Ok(()), |facts| write!(line, " [{facts}]")));
        debug_assert!(facts.is_ok(), "a String takes whatever is written to it");
        line
    }

    /// That of an outcome, in the core's words.
    pub(super) fn of(outcome: Outcome) -> Self {
        let code = outcome.code();
        let reason = code.map_or("", Code::meaning).into();
        Self { level: Level::of(outcome), outcome: Some(outcome), code, reason, cause: None }
    }

    /// That of an event without a route. Of a shape not known, it is likely lost unawares.
    pub(super) fn ignored(kind: EventKind) -> Self {
        let notice = Self::of(Outcome::Ignored);
        if kind != EventKind::Unknown {
            return notice;
        }
        Self { level: Level::Warn, reason: UNKNOWN_SHAPE.into(), ..notice }
    }

    /// That of a handler that is still running.
    pub(super) fn slow(after: Duration) -> Self {
        let reason = format!(
            "The handler is still running after {} s, and the sender gives up after 5 s: hand long work to a queue, or set the option background; give a time-out to the client of what it waits for.",
            seconds(after)
        );
        Self { level: Level::Warn, outcome: None, code: None, reason: reason.into(), cause: None }
    }

    /// That of an event that the server waits for no longer.
    pub(super) const fn unawaited() -> Self {
        Self { level: Level::Warn, outcome: None, code: None, reason: Cow::Borrowed(UNAWAITED), cause: None }
    }

    /// That of a claim that could not be given back.
    pub(super) fn unreleased(cause: Option<String>) -> Self {
        let code = Some(Code::ReplayStoreUnavailable);
        Self { level: Level::Error, outcome: None, code, reason: UNRELEASED.into(), cause }
    }

    /// That of a store whose answer comes late and is neither a grant nor a refusal.
    pub(super) fn odd_and_late(answer: &str) -> Self {
        let refusal = Self::of(Outcome::Refused(Code::ReplayStoreUnavailable));
        Self { outcome: None, cause: Some(odd(answer)), ..refusal }
    }

    /// That of a store that did not answer in time, and failed later: of a client that tries again for longer than that, it is
    /// the only word on why.
    pub(super) fn failed_late(cause: String) -> Self {
        Self { level: Level::Warn, outcome: None, code: None, reason: FAILED_LATE.into(), cause: Some(cause) }
    }

    /// That of a claim of which nobody knows whether it was granted. How long it was waited for, the platform may have said.
    pub(super) fn unsettled() -> Self {
        Self { reason: UNSETTLED.into(), ..Self::unreleased(None) }
    }
}

const UNKNOWN_SHAPE: &str =
    "The delivery is authentic and of a shape not known here, and no route is for those: add one named unknown.";

const UNAWAITED: &str = "The server stopped waiting before this event was handled. If the process ends first, the event is lost: let the server wait longer, or hand long work to a queue.";

const UNRELEASED: &str = "The claim was not released, so the same event sent again counts as handled.";
const UNSETTLED: &str = "The replay store did not say in time whether it granted the claim, so the same event sent again may count as handled.";

const FAILED_LATE: &str = "The replay store failed after the time in which it should have answered.";

/// The cause where a store gave something that is neither a grant nor a refusal.
pub(super) fn odd(answer: &str) -> String {
    format!(
        "the store answered {answer}: it must give a non-empty text where it grants a claim, and nothing (null, None) where another holds it"
    )
}

/// The cause where somebody was asked and did not answer.
pub(super) fn no_answer_within(limit: Duration) -> String {
    format!("no answer within {} s", seconds(limit))
}

/// To the millisecond. Printing a float takes 3 kB of the WebAssembly module.
fn seconds(duration: Duration) -> String {
    let millis = format!(".{:03}", duration.subsec_millis());
    format!("{}{}", duration.as_secs(), millis.trim_end_matches('0').trim_end_matches('.'))
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// All is well.
    Debug,
    /// The sender or something on the way did wrong, or an event is lost that nobody asked for.
    Warn,
    /// Something is to be mended on this side.
    Error,
}

impl Level {
    /// Its name, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    /// What is answered with 500 or more is this side's fault.
    pub(super) const fn of(outcome: Outcome) -> Self {
        match outcome.status() {
            200 => Self::Debug,
            500.. => Self::Error,
            _ => Self::Warn,
        }
    }
}
