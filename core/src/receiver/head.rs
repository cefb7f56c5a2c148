//! What a request says of itself before there is a body.

use crate::{VerifyError, Webhook, error::Reason};

/// What a request says of itself beside the signature headers.
///
/// # Example
///
/// ```
/// use std::sync::Arc;
/// use twenty_webhook::{Code, receiver::{Exchange, Outcome, RequestHead, Routes, Rules}};
///
/// let head = RequestHead { method: "GET", content_encoding: None, content_length: None };
/// let (_, turn) = Exchange::begin(Arc::new(Rules::new(Routes::every())), &head);
/// assert_eq!(turn.answer.map(|answer| answer.outcome()), Some(Outcome::Refused(Code::MethodNotAllowed)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestHead<'a> {
    /// As it stands in the request line.
    pub method: &'a str,
    /// The value of `Content-Encoding`, if there is one; of several their values joined by commas.
    pub content_encoding: Option<&'a [u8]>,
    /// The value of `Content-Length`, if there is one; of several their values joined by commas.
    pub content_length: Option<&'a [u8]>,
}

impl RequestHead<'_> {
    /// Judges what needs no webhook to be known.
    pub(crate) fn check(&self) -> Result<(), VerifyError> {
        if self.method != "POST" {
            return Err(Reason::MethodNotAllowed.into());
        }
        if self.content_encoding.is_some_and(|value| !is_identity(value)) {
            return Err(Reason::UnsupportedContentEncoding.into());
        }
        if self.content_length.is_some_and(|value| number(value).is_none()) {
            return Err(Reason::MalformedContentLength.into());
        }
        Ok(())
    }

    pub(crate) fn check_length(&self, webhook: &Webhook) -> Result<(), VerifyError> {
        self.length().map_or(Ok(()), |length| webhook.check_body_length(length))
    }

    /// How many bytes of a body are announced.
    pub(crate) fn length(&self) -> Option<u64> {
        self.content_length.and_then(number)
    }
}

/// RFC 9110, 8.4: codings in the order they were applied; `identity` is none.
fn is_identity(value: &[u8]) -> bool {
    value
        .split(|&octet| octet == b',')
        .map(<[u8]>::trim_ascii)
        .all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case(b"identity"))
}

/// RFC 9110, 8.6: decimal digits. A value beyond counting is beyond every limit, too. The RFC lets a recipient take equal
/// values in a list for one, but a sender of one length gives one value, so a list is the work of something in between.
fn number(digits: &[u8]) -> Option<u64> {
    let digits = digits.trim_ascii();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |number: u64, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
}

#[cfg(test)]
mod tests {
    use super::{is_identity, number};

    #[test]
    fn encodings() {
        for identity in ["", "identity", "Identity", " identity , IDENTITY", ","] {
            assert!(is_identity(identity.as_bytes()), "{identity:?}");
        }
        for other in ["gzip", "identity, gzip", "identity;q=1", "\u{e9}", "br"] {
            assert!(!is_identity(other.as_bytes()), "{other:?}");
        }
    }

    #[test]
    fn lengths() {
        let cases = [("0", Some(0)), ("007", Some(7)), (" 12 ", Some(12)), ("18446744073709551616", Some(u64::MAX))];
        for (digits, expected) in cases {
            assert_eq!(number(digits.as_bytes()), expected, "{digits:?}");
        }
        for other in ["", " ", "-1", "+1", "1.0", "1, 1", "1,", "1 1", "0x10", "abc", "\u{661}"] {
            assert_eq!(number(other.as_bytes()), None, "{other:?}");
        }
    }
}
