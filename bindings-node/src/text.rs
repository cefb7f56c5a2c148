//! Texts on their way out.
//!
//! V8 decodes UTF-8 one character at a time where not all of it is ASCII. It keeps texts as Latin-1 or UTF-16, and takes either
//! as it is, so that is what it gets: of 2 kB with some accents, an event's text was made in a fifth of the time.

use encoding_rs::mem;
use napi::{Env, JsString, Result};

/// Of UTF-8.
pub(crate) fn js_string<'e>(env: &'e Env, text: &[u8]) -> Result<JsString<'e>> {
    if text.is_ascii() {
        return env.create_string_latin1(text);
    }
    if mem::is_utf8_latin1(text) {
        let mut latin1 = vec![0; text.len()];
        let bytes = mem::convert_utf8_to_latin1_lossy(text, &mut latin1);
        return env.create_string_latin1(&latin1[..bytes]);
    }
    let mut utf16 = vec![0; text.len() + 1];
    let units = mem::convert_utf8_to_utf16(text, &mut utf16);
    env.create_string_utf16(&utf16[..units])
}
