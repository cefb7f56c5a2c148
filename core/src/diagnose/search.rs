//! The search for the mistakes that reproduce a signature.

use alloc::{collections::BTreeSet, format, string::String, vec, vec::Vec};

use super::{Cause, bodies, head::Head, secrets, signatures, time};
use crate::{
    Timestamp,
    canonical::quoted_pieces,
    mac::{self, DIGEST_BYTES, Key},
};

/// What reproduces the signature.
pub(super) struct Found {
    pub(super) causes: Vec<Cause>,
}

pub(super) struct Search<'a> {
    expected: Option<([u8; DIGEST_BYTES], Option<Cause>)>,
    keys: Vec<Tried<Key>>,
    timestamps: Vec<Tried<Vec<u8>>>,
    bodies: Vec<Tried<Vec<u8>>>,
    texts: Vec<Tried<Text>>,
    nonce: &'a [u8],
    url: String,
    /// How many mistakes are looked for together.
    most: usize,
}

/// Something to try, and the mistakes that it undoes.
pub(super) struct Tried<T> {
    pub(super) of: T,
    pub(super) causes: Vec<Cause>,
}

impl<T> Tried<T> {
    fn new(of: T, causes: impl Into<Vec<Cause>>) -> Self {
        Self { of, causes: causes.into() }
    }
}

/// What may have been signed.
#[derive(Clone, Copy)]
enum Text {
    /// The timestamp, the separator, the body.
    Separated(&'static [u8]),
    BodyOnly,
    Quoted,
    /// The timestamp, the nonce and the body, each separated.
    Nonce(&'static [u8]),
    NonceFirst,
    Url,
    UrlAndTimestamp,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        secrets: &[&[u8]],
        others: &[&[u8]],
        head: &Head<'a>,
        body: &[u8],
        url: Option<&str>,
    ) -> Self {
        let expected = head.signature().and_then(signatures::read);
        let most = if body.len() <= PAIRED_BYTES { 2 } else { 1 };
        let bodies = if expected.is_some() { bodies_of(body, most) } else { Vec::new() };
        let claimed = crate::Event::read(body).target_url().unwrap_or_default().into();
        Self {
            expected,
            keys: keys_of(secrets, others),
            timestamps: timestamps_of(head),
            bodies,
            texts: texts(),
            nonce: head.nonce().unwrap_or_default(),
            url: url.map_or(claimed, Into::into),
            most,
        }
    }

    /// The fewest mistakes that reproduce the signature, and whether everything was tried.
    pub(super) fn run(&self) -> (Option<Found>, bool) {
        let Some((expected, spelling)) = &self.expected else { return (None, true) };
        let mut hashed = 0;
        for mistakes in 0..=self.most {
            for body in &self.bodies {
                for (text, timestamp, key) in self.with(body.causes.len(), mistakes) {
                    hashed += body.of.len() + OVERHEAD_BYTES;
                    if hashed > MOST_BYTES {
                        return (None, false);
                    }
                    let tag = self.tag(&key.of, text.of, &timestamp.of, &body.of);
                    if mac::first_match(core::iter::once(tag), expected).is_some() {
                        let all = [&key.causes, &body.causes, &text.causes, &timestamp.causes];
                        let causes = all.into_iter().flatten().copied().chain(*spelling).collect();
                        return (Some(Found { causes }), true);
                    }
                }
            }
        }
        (None, true)
    }

    /// What is tried with a body that undoes so many of these mistakes.
    fn with(&self, undone: usize, mistakes: usize) -> impl Iterator<Item = (&Tried<Text>, &Tried<Vec<u8>>, &Tried<Key>)> {
        let texts = self.texts.iter().map(move |text| (text, undone + text.causes.len()));
        let timed = texts.flat_map(|(text, undone)| {
            self.timestamps.iter().map(move |timestamp| (text, timestamp, undone + timestamp.causes.len()))
        });
        let all = timed.flat_map(|(text, timestamp, undone)| {
            self.keys.iter().map(move |key| (text, timestamp, key, undone + key.causes.len()))
        });
        all.filter(move |(.., undone)| *undone == mistakes).map(|(text, timestamp, key, _)| (text, timestamp, key))
    }

    fn tag(&self, key: &Key, text: Text, timestamp: &[u8], body: &[u8]) -> [u8; DIGEST_BYTES] {
        let mut mac = key.start();
        let url = self.url.as_bytes();
        match text {
            Text::Separated(separator) => [timestamp, separator, body].map(|piece| mac.feed(piece)),
            Text::BodyOnly => [b"", b"", body].map(|piece| mac.feed(piece)),
            Text::Quoted => {
                mac.feed(timestamp);
                mac.feed(b":");
                quoted_pieces(body, |piece| mac.feed(piece));
                [(); 3]
            }
            Text::Nonce(separator) => {
                [timestamp, separator, self.nonce].map(|piece| mac.feed(piece));
                [separator, body, b""].map(|piece| mac.feed(piece))
            }
            Text::NonceFirst => {
                [self.nonce, b":", timestamp].map(|piece| mac.feed(piece));
                [b":", body, b""].map(|piece| mac.feed(piece))
            }
            Text::Url => [url, body, b""].map(|piece| mac.feed(piece)),
            Text::UrlAndTimestamp => {
                [timestamp, b":", url].map(|piece| mac.feed(piece));
                [b":", body, b""].map(|piece| mac.feed(piece))
            }
        };
        mac.tag()
    }
}

fn texts() -> Vec<Tried<Text>> {
    vec![
        Tried::new(Text::Separated(b":"), []),
        Tried::new(Text::BodyOnly, [Cause::SignedBodyOnly]),
        Tried::new(Text::Separated(b"."), [Cause::SignedWithDot]),
        Tried::new(Text::Quoted, [Cause::SignedQuotedBody]),
        Tried::new(Text::Nonce(b":"), [Cause::SignedNonce]),
        Tried::new(Text::Nonce(b"."), [Cause::SignedNonce]),
        Tried::new(Text::NonceFirst, [Cause::SignedNonce]),
        Tried::new(Text::Url, [Cause::SignedUrl]),
        Tried::new(Text::UrlAndTimestamp, [Cause::SignedUrl]),
    ]
}

fn keys_of(secrets: &[&[u8]], others: &[&[u8]]) -> Vec<Tried<Key>> {
    let mut keys: Vec<_> = secrets.iter().map(|secret| Tried::new(Key::new(secret), [])).collect();
    keys.extend(others.iter().map(|secret| Tried::new(Key::new(secret), [Cause::SecretOfAnother])));
    for secret in secrets {
        keys.extend(secrets::undone(secret).into_iter().map(|(cause, key)| Tried::new(Key::new(&key), [cause])));
    }
    keys
}

fn timestamps_of(head: &Head<'_>) -> Vec<Tried<Vec<u8>>> {
    let Some(sent) = head.timestamp() else { return vec![Tried::new(Vec::new(), [])] };
    let mut timestamps = vec![Tried::new(sent.to_vec(), [])];
    let text = core::str::from_utf8(sent).unwrap_or_default().trim();
    let millis = time::digits(text).map(|sent| if sent < time::LEAST_MILLIS { sent.saturating_mul(1_000) } else { sent });
    if let Some(millis) = millis.or_else(|| time::date_millis(text)) {
        let spellings = [
            (format!("{millis}"), Cause::SignedSeconds),
            (format!("{}", millis / 1_000), Cause::SignedSeconds),
            (format!("{}", Timestamp::from_unix_millis(millis)), Cause::SignedDate),
        ];
        for (spelling, cause) in spellings {
            if spelling.as_bytes() != sent {
                timestamps.push(Tried::new(spelling.into_bytes(), [cause]));
            }
        }
    }
    timestamps
}

/// The body, and what it may have been before so many mistakes.
fn bodies_of(body: &[u8], most: usize) -> Vec<Tried<Vec<u8>>> {
    let mut bodies = vec![Tried::new(body.to_vec(), [])];
    let mut known = BTreeSet::from([mac::sha256(&[body])]);
    let mut from = 0;
    for _ in 0..most {
        let to = bodies.len();
        for at in from..to {
            for (cause, undone) in bodies::undone(&bodies[at].of) {
                if bodies.len() < MOST_BODIES && known.insert(mac::sha256(&[&undone])) {
                    let causes = [bodies[at].causes.as_slice(), &[cause]].concat();
                    bodies.push(Tried::new(undone, causes));
                }
            }
        }
        from = to;
    }
    bodies
}

const MOST_BYTES: usize = 256 * 1024 * 1024;
const PAIRED_BYTES: usize = 20_000;
const MOST_BODIES: usize = 200;
/// What a tag costs beside the body.
const OVERHEAD_BYTES: usize = 256;
