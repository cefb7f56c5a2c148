//! What a host tells the machine.

use alloc::string::String;
use core::fmt;

use crate::Code;

/// A body as a host has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// The bytes as they arrived.
    Bytes(&'a [u8]),
    /// Text of another language, which may hold unpaired surrogates, as its generalised UTF-8 (WTF-8).
    #[cfg(feature = "host")]
    Text(&'a [u8]),
}

impl<'a> Body<'a> {
    pub(super) const fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            #[cfg(feature = "host")]
            Self::Text(bytes) => bytes,
        }
    }
}

/// Shows how long it is, and nothing of it.
impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            #[cfg(feature = "host")]
            Self::Text(bytes) => write!(f, "Text({} bytes)", bytes.len()),
        }
    }
}

/// Why there is no webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWebhook {
    /// The request is for none that is known.
    Unknown,
    /// Looking for it failed.
    Failed {
        /// With what.
        cause: Option<String>,
    },
    /// Looking for it takes too long.
    Late,
}

/// Why there is no body, or nothing to judge it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// More came than may.
    TooLarge,
    /// It did not arrive in time.
    Late,
    /// The client went away before all of it had arrived.
    Gone,
    /// Something else read it before.
    AlreadyRead,
    /// The receiver was given something that is no request.
    NotARequest,
    /// The receiver's clock failed, or gave something that is no time.
    #[cfg(feature = "host")]
    NoTime,
}

impl Unreadable {
    pub(crate) const fn code(self) -> Code {
        match self {
            Self::TooLarge => Code::PayloadTooLarge,
            Self::Late | Self::Gone => Code::BodyTimeout,
            Self::AlreadyRead => Code::BodyAlreadyRead,
            Self::NotARequest => Code::NotARequest,
            #[cfg(feature = "host")]
            Self::NoTime => Code::Internal,
        }
    }

    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::Gone => "The client went away before the body was complete.",
            #[cfg(feature = "host")]
            Self::NoTime => "The clock that this receiver was given failed, or gave something that is no time.",
            why => why.code().meaning(),
        }
    }
}

/// What a replay store answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// The claim is this receiver's.
    Granted {
        /// The store's word for it, with which it is released.
        token: String,
    },
    /// Another holds the key.
    Held,
    /// The store failed.
    Failed {
        /// With what.
        cause: Option<String>,
    },
    /// The store gave something that is neither.
    Odd {
        /// What it was, as it is shown to its author.
        answer: String,
    },
    /// The store has not answered in time. What it answers after that is told, too, for as long as
    /// [`late_claim_timeout`](super::ReceiverLimits::late_claim_timeout) says.
    Late,
    /// The store has not answered for that long either. Nobody waits for it any longer.
    Abandoned,
}
