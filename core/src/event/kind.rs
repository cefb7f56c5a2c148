//! Which envelope an event came in.

use core::{convert::Infallible, fmt, str::FromStr};

use super::name;

/// Which of the envelopes an event came in. It is shown by its name in JSON.
///
/// # Example
///
/// ```
/// use twenty_webhook::EventKind;
///
/// assert_eq!(EventKind::Record.to_string(), "record");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventKind {
    /// Something happened to a record.
    Record,
    /// Something happened to the workspace's data model or settings.
    Metadata,
    /// Authentic, of a shape not known here.
    Unknown,
}

impl EventKind {
    /// Its name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Metadata => "metadata",
            Self::Unknown => "unknown",
        }
    }

    /// Whether an event of this kind and name matches `pattern`: [`Event::matches`](super::Event::matches) for who has read the JSON
    /// of [`Event::to_json`](super::Event::to_json).
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::EventKind;
    ///
    /// let kind: EventKind = "record".parse().unwrap();
    /// assert!(kind.matches(Some("person.created"), "person.*"));
    /// assert!(!kind.matches(None, "*.*"));
    /// ```
    pub fn matches(self, name: Option<&str>, pattern: &str) -> bool {
        match self {
            Self::Record => name.is_some_and(|name| name::record_matches(name, pattern)),
            Self::Metadata => name::metadata_matches(name, pattern),
            Self::Unknown => false,
        }
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Takes its name in JSON; any other word is of the kind `Unknown`, as a shape not known here is.
impl FromStr for EventKind {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        let named = [Self::Record, Self::Metadata].into_iter().find(|kind| kind.as_str() == name);
        Ok(named.unwrap_or(Self::Unknown))
    }
}
