//! The search for the mistakes that reproduce a signature.

mod candidates;
mod template;

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{Cause, Evidence, head::Head, signatures};
use crate::{Event, Headers, mac};
use template::Template;

pub(super) struct Search<'a> {
    signature: Option<signatures::Signature>,
    keys: Vec<Tried<candidates::Numbered>>,
    timestamps: Vec<Tried<Vec<u8>>>,
    bodies: Vec<Tried<Vec<u8>>>,
    templates: Vec<Tried<Template>>,
    nonce: &'a [u8],
    addresses: Vec<String>,
    /// How many mistakes are looked for together.
    most: usize,
    most_hashed: usize,
    is_complete: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new<H: Headers + ?Sized>(evidence: &Evidence<'a, H>, head: &Head<'a>) -> Self {
        let claimed = Event::read(evidence.body);
        let form = evidence.options.payload_form();
        let signature = head.signature().and_then(signatures::read);
        // That of a capture may be the one behind a proxy.
        let mut addresses: Vec<_> =
            [evidence.url, claimed.target_url()].into_iter().flatten().map(str::to_string).collect();
        addresses.dedup();
        let most = if evidence.body.len() <= PAIRED_BYTES { 2 } else { 1 };
        let (bodies, is_complete) = match &signature {
            Some(_) => candidates::bodies(evidence.body, form, most),
            None => (Vec::new(), true),
        };
        Self {
            signature,
            keys: candidates::keys(&evidence.secrets, evidence.others),
            timestamps: candidates::timestamps(head.timestamp().unwrap_or_default()),
            bodies,
            templates: template::all(form, addresses.len()),
            nonce: head.nonce().unwrap_or_default(),
            addresses,
            most,
            most_hashed: evidence.most_hashed,
            is_complete: is_complete && most > 1,
        }
    }

    /// The fewest mistakes that reproduce the signature, and whether all was tried.
    pub(super) fn run(&self) -> (Option<Found>, bool) {
        let Some((expected, spelling)) = &self.signature else { return (None, true) };
        let mut hashed = 0;
        for mistakes in 0..=self.most {
            for body in &self.bodies {
                for (template, timestamp, key) in self.with(body.mistakes, mistakes) {
                    hashed += body.of.len() + OVERHEAD_BYTES;
                    if hashed > self.most_hashed {
                        return (None, false);
                    }
                    let tag = template.of.tag(&key.of.0, &timestamp.of, &body.of, self);
                    if mac::first_match(core::iter::once(tag), expected).is_some() {
                        let causes = [&key.causes, &body.causes, &template.causes, &timestamp.causes, spelling];
                        let (secret, is_secret_mended) = (key.of.1, key.mistakes > 0);
                        let causes = causes.into_iter().flatten().copied().collect();
                        return (Some(Found { causes, secret, is_secret_mended }), true);
                    }
                }
            }
        }
        (None, self.is_complete)
    }

    /// What is tried with a body that undoes so many of these mistakes.
    fn with(
        &self,
        undone: usize,
        mistakes: usize,
    ) -> impl Iterator<Item = (&Tried<Template>, &Tried<Vec<u8>>, &Tried<candidates::Numbered>)> {
        let templates = self.templates.iter().map(move |template| (template, undone + template.mistakes));
        let timed = templates.flat_map(|(template, undone)| {
            self.timestamps.iter().map(move |timestamp| (template, timestamp, undone + timestamp.mistakes))
        });
        let all = timed.flat_map(|(template, timestamp, undone)| {
            self.keys.iter().map(move |key| (template, timestamp, key, undone + key.mistakes))
        });
        all.filter(move |(.., undone)| *undone == mistakes)
            .map(|(template, timestamp, key, _)| (template, timestamp, key))
    }
}

/// What reproduces the signature.
pub(super) struct Found {
    pub(super) causes: Vec<Cause>,
    /// The number of the configured secret that it was made with, whatever was undone.
    pub(super) secret: Option<usize>,
    pub(super) is_secret_mended: bool,
}

/// Something to try, and the mistakes that it undoes.
#[derive(Clone, Debug)]
pub(super) struct Tried<T> {
    pub(super) of: T,
    pub(super) causes: Vec<Cause>,
    /// How many mistakes they count as: what surrounds a secret is one, whatever it is.
    pub(super) mistakes: usize,
}

impl<T> Tried<T> {
    /// As it came.
    pub(super) fn given(of: T) -> Self {
        Self { of, causes: Vec::new(), mistakes: 0 }
    }

    pub(super) fn undoing(causes: impl Into<Vec<Cause>>, of: T) -> Self {
        Self { of, causes: causes.into(), mistakes: 1 }
    }
}

const PAIRED_BYTES: usize = 20_000;
/// What a tag costs beside the body.
const OVERHEAD_BYTES: usize = 256;
