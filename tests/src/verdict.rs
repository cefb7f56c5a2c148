//! A verdict on a JSON text in bytes, as `tests/oracle/shared/verdict.mjs` spells it.

use twenty_webhook::{Code, canonicalize};

/// 0 and the canonical text, or the number of the refusal.
pub fn verdict_on(document: &[u8]) -> Vec<u8> {
    canonicalize(document).map_or_else(
        |error| match error.code() {
            Code::PayloadNotUtf8 => vec![1],
            Code::PayloadNotJson => vec![2],
            Code::PayloadTooDeep => vec![3],
            other => other.as_str().into(),
        },
        |text| [&[0], text.as_bytes()].concat(),
    )
}
