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
        "too large" => exchange.unreadable(Unreadable::TooLarge, text, cause),
        "late body" => exchange.unreadable(Unreadable::Late, text, cause),
        "gone" => exchange.unreadable(Unreadable::Gone, text, cause),
        "already read" => exchange.unreadable(Unreadable::AlreadyRead, text, cause),
        "not a request" => exchange.unreadable(Unreadable::NotARequest, text, cause),
        "no time" => exchange.unreadable(Unreadable::NoTime, text, cause),
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
        other => exchange.fault(Some(format!("the host told \"{other}\""))),
    }
}
