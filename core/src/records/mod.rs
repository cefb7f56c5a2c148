//! Typed records of Twenty's standard objects.
//!
//! Their `Debug` shows no values. A number is an `f64`, because whether a field has a fraction is a setting that its users can
//! change; amounts of money and coordinates keep the digits that were sent, as [`NumberAsSent`]. Numbers in `custom` are as
//! serde_json holds them, doubles beyond 64 bits; the digits that were sent are in [`Event::record`].
//!
//! Every field is optional, because any of them may be null, removed or not readable by the webhook's role. What is not
//! listed (custom fields, relations, the `__typename` of old versions) is in `custom`. A workspace that changed the type
//! of a standard field needs its own type: [`Event::record_as`] takes any that serde can read.

mod number;
mod types;

use alloc::{
    boxed::Box,
    string::{String, ToString},
};
use core::fmt;

use serde::de::DeserializeOwned;

use crate::Event;
pub use number::NumberAsSent;
pub use types::*;

impl Event<'_> {
    /// Reads the record as a type of the caller's choice: one of [`records`](self), or an own one.
    ///
    /// # Errors
    ///
    /// When the event has no record, or the record does not fit the type: a value of another type, a field of the type given
    /// twice, a text with an unpaired surrogate. The error names the field.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Event, records::Opportunity};
    ///
    /// let event = Event::read(
    ///     br#"{"eventName":"opportunity.created","record":{"id":"7","amount":{"amountMicros":"2500000","currencyCode":"EUR"},"tier":"gold"}}"#,
    /// );
    /// let opportunity: Opportunity = event.record_as()?;
    /// let amount = opportunity.amount.unwrap();
    /// assert_eq!(amount.amount_micros.unwrap().as_i64(), Some(2_500_000));
    /// assert_eq!(opportunity.custom["tier"], "gold");
    /// # Ok::<(), twenty_webhook::RecordError>(())
    /// ```
    pub fn record_as<T: DeserializeOwned>(&self) -> Result<T, RecordError> {
        let record = self.record().ok_or(RecordError { mismatch: None })?;
        serde_json::from_str(record).map_err(|error| RecordError::of::<T>(record, &error))
    }
}

/// A record that is not there, or does not fit the type it was to be read as.
///
/// It holds no more than short, escaped excerpts of the record, so it may be logged. Its source says what was expected in place
/// of what.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Event, records::Opportunity};
///
/// let event = Event::read(br#"{"eventName":"opportunity.created","record":{"amount":{"currencyCode":978}}}"#);
/// let error = event.record_as::<Opportunity>().unwrap_err();
/// assert_eq!(error.field(), Some("amount.currencyCode"));
/// assert_eq!(
///     error.to_string(),
///     "The record does not fit the type: invalid type: integer `978`, expected a string at line 1 column 29, in the field amount.currencyCode"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    mismatch: Option<Box<Mismatch>>,
}

/// What did not fit, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mismatch {
    reason: String,
    field: Option<String>,
}

impl RecordError {
    /// Reads the record once more: what fits should not pay for the path of what does not.
    fn of<T: DeserializeOwned>(record: &str, error: &serde_json::Error) -> Self {
        let mut json = serde_json::Deserializer::from_str(record);
        let located = serde_path_to_error::deserialize::<_, T>(&mut json).err();
        let path = located.as_ref().map(serde_path_to_error::Error::path).filter(|path| path.iter().next().is_some());
        let (reason, field) = (excerpt(&error.to_string()), path.map(|path| excerpt(&path.to_string())));
        Self { mismatch: Some(Box::new(Mismatch { reason, field })) }
    }

    /// The field that does not fit, such as `amount.currencyCode` or `emails.additionalEmails[0]`; `None` where it is the record
    /// as a whole.
    pub fn field(&self) -> Option<&str> {
        self.mismatch.as_ref()?.field.as_deref()
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(mismatch) = &self.mismatch else {
            return f.write_str("The event has no record: only events of the kind record have one.");
        };
        write!(f, "The record does not fit the type: {mismatch}")?;
        self.field().map_or(Ok(()), |field| write!(f, ", in the field {field}"))
    }
}

impl core::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.mismatch.as_deref().map(|mismatch| mismatch as _)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl core::error::Error for Mismatch {}

/// Both ends of a reason: it may quote the record in between, and says what was expected, and where, at the end.
fn excerpt(reason: &str) -> String {
    let count = reason.chars().count();
    if count <= 2 * END_CHARS {
        return reason.escape_debug().collect();
    }
    let start = reason.chars().take(END_CHARS).flat_map(char::escape_debug);
    let end = reason.chars().skip(count - END_CHARS).flat_map(char::escape_debug);
    start.chain("...".chars()).chain(end).collect()
}

const END_CHARS: usize = 60;
