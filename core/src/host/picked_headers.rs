//! Header values that a host has found by their names.

use alloc::vec::Vec;

use crate::{Headers, headers::HeaderNames};

/// The values of the three headers, for a host that has picked them out itself: in the order of
/// [`Webhook::header_names`](crate::Webhook::header_names), none where there is no such header. It must have seen to it
/// that a header that occurs twice is not taken for one.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Secret, Timestamp, Webhook, host::PickedHeaders};
///
/// let webhook = Webhook::new(Secret::new("a secret")?);
/// let picked = PickedHeaders::new([Some(b"1735066639761"), None, None]);
/// let error = webhook.check_headers(&picked, Timestamp::from_unix_millis(1_735_066_639_761)).unwrap_err();
/// assert_eq!(error.code().as_str(), "missing_header");
/// # Ok::<(), twenty_webhook::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PickedHeaders<'a> {
    values: [Option<&'a [u8]>; 3],
    names: &'a [u8],
}

impl<'a> PickedHeaders<'a> {
    /// Of these values.
    pub const fn new(values: [Option<&'a [u8]>; 3]) -> Self {
        Self { values, names: &[] }
    }

    /// Adds the names of all headers, one a line, where none of the values is there: they may have another prefix.
    pub fn among(self, names: Option<&'a [u8]>) -> Self {
        Self { names: names.unwrap_or_default(), ..self }
    }

    /// A copy for later.
    pub(super) fn kept(&self) -> KeptHeaders {
        let values = self.values.iter().flatten().copied();
        let mut bytes = Vec::with_capacity(values.clone().map(<[u8]>::len).sum());
        values.for_each(|value| bytes.extend_from_slice(value));
        KeptHeaders { bytes, lengths: self.values.map(|value| value.map(<[u8]>::len)) }
    }
}

/// Values of the three headers, one after the other.
#[derive(Debug, Default)]
pub(super) struct KeptHeaders {
    bytes: Vec<u8>,
    lengths: [Option<usize>; 3],
}

impl KeptHeaders {
    pub(super) fn picked(&self) -> PickedHeaders<'_> {
        let mut rest = self.bytes.as_slice();
        PickedHeaders::new(self.lengths.map(|length| {
            let (value, others) = rest.split_at_checked(length?)?;
            rest = others;
            Some(value)
        }))
    }
}

impl Headers for PickedHeaders<'_> {
    /// Shows no values: those that count are picked already.
    fn visit<'h>(&'h self, mut visitor: impl FnMut(&'h [u8], &'h [u8])) {
        let names = self.names.split(|byte| *byte == b'\n').filter(|name| !name.is_empty());
        names.for_each(|name| visitor(name, b""));
    }

    fn visit_named<'h>(&'h self, _names: &HeaderNames<'_>, mut visitor: impl FnMut(usize, &'h [u8])) {
        for (number, value) in self.values.iter().enumerate() {
            if let Some(value) = value {
                visitor(number, value);
            }
        }
    }
}
