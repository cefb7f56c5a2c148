//! What is tried: keys, timestamps and bodies.

use alloc::{collections::BTreeSet, format, string::String, vec::Vec};

use super::Tried;
use crate::{
    PayloadForm, Timestamp,
    canonical::canonicalize_to_vec,
    diagnose::{
        Cause, bodies, secrets,
        time::{self, Time},
    },
    mac::{self, Key},
};

/// Each with the number of the configured secret that it was made of.
pub(super) type Numbered = (Key, Option<usize>);

pub(super) fn keys(secrets: &[&[u8]], others: &[&[u8]]) -> Vec<Tried<Numbered>> {
    let numbered = || secrets.iter().enumerate();
    let mut keys: Vec<_> = numbered().map(|(number, secret)| Tried::given((Key::new(secret), Some(number)))).collect();
    keys.extend(others.iter().map(|secret| Tried::undoing([Cause::SecretOfAnother], (Key::new(secret), None))));
    for (number, secret) in numbered() {
        let undone = secrets::undone(secret).into_iter();
        keys.extend(undone.map(|tried| Tried::undoing(tried.causes, (Key::new(&tried.of), Some(number)))));
    }
    keys
}

/// As it came, and as senders and proxies may have spelled it.
pub(super) fn timestamps(sent: &[u8]) -> Vec<Tried<Vec<u8>>> {
    let mut timestamps = Vec::from([Tried::given(sent.to_vec())]);
    let Some(time) = core::str::from_utf8(sent).ok().and_then(time::read) else { return timestamps };
    let in_millis = match time {
        Time::Millis(_) => Cause::TimestampMalformed,
        Time::Seconds(_) => Cause::TimestampInSeconds,
        Time::Date(_) => Cause::TimestampIsDate,
    };
    let date = format!("{}", Timestamp::from_unix_millis(time.millis()));
    let seconds = date.get(..19).unwrap_or_default();
    let spellings: [(Cause, String); 5] = [
        (in_millis, format!("{}", time.millis())),
        (Cause::SignedSeconds, format!("{}", time.millis() / 1_000)),
        (Cause::SignedDate, format!("{seconds}Z")),
        (Cause::SignedDate, date.replace('Z', "000+00:00")),
        (Cause::SignedDate, date),
    ];
    let others = spellings.into_iter().filter(|(_, spelling)| spelling.as_bytes() != sent);
    timestamps.extend(others.map(|(cause, spelling)| Tried::undoing([cause], spelling.into_bytes())));
    timestamps
}

/// The body, and what it may have been before so many mistakes; and whether that is all.
pub(super) fn bodies(body: &[u8], form: PayloadForm, most: usize) -> (Vec<Tried<Vec<u8>>>, bool) {
    let mut bodies = Vec::from([Tried::given(body.to_vec())]);
    let canonical =
        canonicalize_to_vec(body).ok().filter(|canonical| canonical != body && form == PayloadForm::Canonical);
    if let Some(canonical) = canonical {
        bodies = Vec::from([Tried::given(canonical), Tried::undoing([Cause::OtherPayloadForm], body.to_vec())]);
    }
    if body.len() > MOST_UNDONE {
        return (bodies, false);
    }
    let mut known: BTreeSet<_> = bodies.iter().map(|body| mac::sha256(&[&body.of])).collect();
    let (mut from, mut bytes) = (0, 0);
    for _ in 0..most {
        let to = bodies.len();
        for at in from..to {
            for (cause, undone) in bodies::undone(&bodies[at].of) {
                if !known.insert(mac::sha256(&[&undone])) {
                    continue;
                }
                bytes += undone.len();
                if bodies.len() >= MOST_BODIES || bytes > MOST_BYTES {
                    return (bodies, false);
                }
                let causes = [bodies[at].causes.as_slice(), &[cause]].concat();
                bodies.push(Tried { of: undone, causes, mistakes: bodies[at].mistakes + 1 });
            }
        }
        from = to;
    }
    (bodies, true)
}

/// Bytes of a body that is changed at all: of larger ones, all variants together would not fit.
const MOST_UNDONE: usize = 2 * 1024 * 1024;
const MOST_BODIES: usize = 500;
/// Of all variants together.
const MOST_BYTES: usize = 64 * 1024 * 1024;
