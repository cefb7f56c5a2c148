//! What the fuzz targets share: obviously right restatements of the core's rules, and documents, requests and transcripts to try them on.

pub mod document;
pub mod envelope;
pub mod event;
/// The same that the conformance tests compare with.
#[path = "../../tests/src/reference/mod.rs"]
pub mod reference;
pub mod request;
pub mod transcript;

use reference::Refusal;
use twenty_webhook::{CanonicalizeError, Code, canonicalize};

/// Compares the core with the reference on one text: the verdict, where the offence is, what is printed.
pub fn check_canonical(json: &[u8]) {
    let expected = reference::canonicalize(json);
    let actual = canonicalize(json);
    assert_eq!(actual.as_ref().map_err(refusal), expected.as_ref().map_err(|refusal| *refusal));
    match actual {
        Ok(text) => assert_eq!(canonicalize(text.as_bytes()).as_ref(), Ok(&text), "canonical text stays as it is"),
        Err(error) => assert!(error.offset() <= json.len()),
    }
}

fn refusal(error: &CanonicalizeError) -> Refusal {
    let offset = error.offset();
    match error.code() {
        Code::PayloadNotUtf8 => Refusal::NotUtf8(offset),
        Code::PayloadNotJson => Refusal::NotJson(offset),
        Code::PayloadTooDeep => Refusal::TooDeep(offset),
        code => panic!("{code} is no answer to a text"),
    }
}
