//! The words with which hosts tell an exchange.

use alloc::{format, string::String};

use crate::receiver::{Claimed, Exchange, NoWebhook, Turn, Unreadable};

/// Tells whatever needs one word and two texts at most: `text` is a token, a reason or an odd answer, `cause` what something
/// failed with. A word that is not known is a fault of the host.
pub fn tell(exchange: &mut Exchange, what: &str, text: Option<String>, cause: Option<String>) -> Turn {
    match what {
        "unknown webhook" => exchange.not_found(NoWebhook::Unknown),
        "failed webhook" => exchange.not_found(NoWebhook::Failed { cause }),
        "late webhook" => exchange.not_found(NoWebhook::Late),
        "granted" => exchange.claimed(Claimed::Granted { token: text.unwrap_or_default() }),
        "held" => exchange.claimed(Claimed::Held),
        "failed claim" => exchange.claimed(Claimed::Failed { cause }),
        "odd claim" => exchange.claimed(Claimed::Odd { answer: text.unwrap_or_default() }),
        "late claim" => exchange.claimed(Claimed::Late),
        "abandoned claim" => exchange.claimed(Claimed::Abandoned),
        "handled" => exchange.handled(),
        "failed" => exchange.failed(cause),
        "slow" => exchange.slow(),
        "unawaited" => exchange.unawaited(),
        "released" => exchange.released(),
        "not released" => exchange.not_released(cause),
        "fault" => exchange.fault(cause),
        other => match UNREADABLE.iter().find(|(word, ..)| *word == other) {
            Some(&(_, why, Some(until))) => {
                let remedy = text.unwrap_or_default();
                exchange.unreadable(
                    why,
                    Some(format!("No byte of the body arrived {until}. {SILENCE} {remedy}")),
                    cause,
                )
            }
            Some(&(_, why, None)) => exchange.unreadable(why, text, cause),
            None => exchange.fault(Some(format!("the host told \"{other}\""))),
        },
    }
}

/// The words for a body that cannot be read. Where nothing of it came, until when: `text` is then the framework's remedy for a
/// body that something else read.
pub(super) const UNREADABLE: [(&str, Unreadable, Option<&str>); 8] = [
    ("too large", Unreadable::TooLarge, None),
    ("late body", Unreadable::Late, None),
    ("silent", Unreadable::Late, Some("in time")),
    ("gone", Unreadable::Gone, None),
    ("silent and gone", Unreadable::Gone, Some("before the client went away")),
    ("already read", Unreadable::AlreadyRead, None),
    ("not a request", Unreadable::NotARequest, None),
    ("no time", Unreadable::NoTime, None),
];

/// Servers are silent after the end of a body until the client leaves, so one that was read already seems to be late.
const SILENCE: &str = "If the client sent it, something holds it back or has read it.";
