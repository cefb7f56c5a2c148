//! What a body may have been before something changed it.

use alloc::{string::String, vec::Vec};

use unicode_normalization::UnicodeNormalization;

use super::{Cause, charset, printed, python, style, wrapped};
use crate::{Event, EventKind, canonical::canonicalize_to_vec};

mod coded;

/// Each with the mistake that it undoes, those of a few bytes first, which a printer would undo, too.
pub(super) fn undone(body: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let mut undone: Vec<(Cause, Vec<u8>)> = Vec::new();
    let mut add = |cause, bytes: Vec<u8>| {
        if bytes != body && !bytes.is_empty() {
            undone.push((cause, bytes));
        }
    };
    if let Some(rest) = body.strip_prefix(b"\xef\xbb\xbf") {
        add(Cause::BodyHasByteOrderMark, rest.to_vec());
    }
    add(Cause::BodyLineEndAdded, body.trim_ascii_end().to_vec());
    add(Cause::BodyLineEndAdded, body.trim_ascii().to_vec());
    add(Cause::BodyLineEndTaken, [body, b"\n"].concat());
    add(Cause::BodyLineEndTaken, [body, b"\r\n"].concat());
    for (cause, bytes) in charset::undone(body) {
        add(cause, bytes);
    }
    if let Some(bytes) = coded::inflated(body) {
        add(Cause::BodyCompressed, bytes);
    }
    for bytes in coded::of_base64(body) {
        add(Cause::BodyInBase64, bytes);
    }
    let Ok(text) = core::str::from_utf8(body) else { return undone };
    if text.contains("\r\n") {
        add(Cause::BodyLineEndsChanged, text.replace("\r\n", "\n").into_bytes());
    } else if text.contains('\n') {
        add(Cause::BodyLineEndsChanged, text.replace('\n', "\r\n").into_bytes());
    }
    for bytes in printed::undone(text) {
        add(style::of(text), bytes);
    }
    for bytes in printed::otherwise(text) {
        add(Cause::BodyPrintedAgain, bytes);
    }
    if let Some(contents) = coded::quoted(text) {
        add(Cause::BodyQuoted, contents.into_bytes());
    }
    for decoded in coded::of_form(text) {
        add(Cause::BodyFormEncoded, decoded);
    }
    for (cause, bytes) in wrapped::undone(text) {
        add(cause, bytes);
    }
    if let Some(bytes) = python::bytes_of(text) {
        add(Cause::BodyIsPythonBytes, bytes);
    }
    if let Some(Ok(canonical)) = python::dict_of(text).map(|dict| canonicalize_to_vec(dict.as_bytes())) {
        add(Cause::BodyIsPythonDict, canonical);
    }
    if !text.is_ascii() {
        add(Cause::BodyNormalized, text.nfc().collect::<String>().into_bytes());
        add(Cause::BodyNormalized, text.nfd().collect::<String>().into_bytes());
    }
    undone
}

/// The mistakes whose undoing makes a body that Twenty could have sent, where this is none: one, or what was done to the text and
/// one more below it.
pub(super) fn looks(body: &[u8]) -> Option<Vec<Cause>> {
    if let Some(cause) = one(body) {
        return Some([cause].into());
    }
    let is_coat = |cause: &Cause| COATS.contains(cause);
    let mut coats = undone(body).into_iter().filter(|(cause, _)| is_coat(cause) && !is_genuine(body));
    coats.find_map(|(cause, below)| Some([cause, one(&below)?].into()))
}

fn one(body: &[u8]) -> Option<Cause> {
    let is_genuine = is_genuine(body);
    let shows = |cause: Cause| cause == Cause::BodyDecodedAsLatin1 || !is_genuine;
    undone(body).into_iter().find(|(cause, bytes)| shows(*cause) && self::is_genuine(bytes)).map(|(cause, _)| cause)
}

/// Whether it is an event, as `JSON.stringify` prints it.
fn is_genuine(body: &[u8]) -> bool {
    Event::read(body).kind() != EventKind::Unknown && canonicalize_to_vec(body).is_ok_and(|canonical| canonical == body)
}

/// What hides a text, each with one text below it or few.
const COATS: [Cause; 9] = [
    Cause::BodyHasByteOrderMark,
    Cause::BodyInUtf16,
    Cause::BodyInLatin1,
    Cause::BodyCompressed,
    Cause::BodyInBase64,
    Cause::BodyQuoted,
    Cause::BodyFormEncoded,
    Cause::BodyIsPrintedBuffer,
    Cause::BodyIsPythonBytes,
];
