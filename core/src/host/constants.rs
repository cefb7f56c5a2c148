//! What a host asks for once.

use alloc::string::String;
use core::time::Duration;

use super::{
    json::{Object, array},
    memory::{millis, of_millis},
    told::UNREADABLE,
    turn::answers,
};
use crate::{
    Code, MAX_HEADER_VALUE_BYTES,
    receiver::{AskAgain, ReceiverLimits},
};

/// What is the same for every receiver, as JSON: `codes` with their status and meaning, `answers` in the order of a
/// [`PackedTurn`](super::PackedTurn), `unreadable` with the code of each word for a body that cannot be read, `maxHeaderValueBytes`,
/// `leftoverBytes`, `leftoverMs`.
pub fn constants() -> String {
    let codes = Code::ALL.iter().fold(Object::new(), |codes, code| {
        let failure = Object::new().text("code", Some(code.as_str())).text("message", Some(code.meaning()));
        let failure = match code.status() {
            Some(status) => failure.number("status", status.into()),
            None => failure,
        };
        codes.raw(code.as_str(), &failure.end())
    });
    let answers = answers().into_iter().map(|answer| {
        let headers =
            answer.headers().iter().fold(Object::new(), |headers, (name, value)| headers.text(name, Some(value)));
        let sent = Object::new().number("status", answer.status().into()).raw("headers", &headers.end());
        sent.text("body", Some(&answer.body())).end()
    });
    let unreadable =
        UNREADABLE.iter().fold(Object::new(), |codes, (word, why, _)| codes.text(word, Some(why.code().as_str())));
    let limits = ReceiverLimits::default();
    Object::new()
        .raw("codes", &codes.end())
        .raw("answers", &array(answers))
        .raw("unreadable", &unreadable.end())
        .number("maxHeaderValueBytes", MAX_HEADER_VALUE_BYTES as u64)
        .number("leftoverBytes", limits.leftover_bytes as u64)
        .number("leftoverMs", millis(limits.leftover_timeout))
        .end()
}

/// The codes a `verification` may refuse with, or those of a `configuration`, or those that a `receiver` adds: languages with
/// types of texts have a type for each.
pub fn codes_of(kind: &str) -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(move |code| code.kinds().split(' ').any(|word| word == kind))
}

/// The pause before the asking of this number, counted from 0, of a store whose answer was lost: [`AskAgain`] for a host that
/// counts. In milliseconds; negative where it is not worth another.
pub fn ask_again_after(asking: u32, since_first_millis: f64) -> f64 {
    let mut pauses = AskAgain::default();
    for _ in 0..asking.min(MANY) {
        pauses.next(Duration::ZERO);
    }
    pauses.next(of_millis(since_first_millis)).map_or(-1.0, |pause| pause.as_secs_f64() * 1_000.0)
}

/// Long before, the pauses no longer grow.
const MANY: u32 = 16;
