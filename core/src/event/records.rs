//! Typed records of Twenty's standard objects.
//!
//! Their `Debug` shows no values. Numbers in `custom` are as serde_json holds them, doubles beyond 64 bits; the digits that
//! were sent are in [`Event::record`].
//!
//! Every field is optional, because any of them may be null, removed or not readable by the webhook's role. What is not
//! listed (custom fields, relations, the `__typename` of old versions) is in `custom`. A workspace that changed the type
//! of a standard field needs its own type: [`Event::record_as`] takes any that serde can read.

use alloc::string::{String, ToString};
use core::fmt;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::Event;
pub use super::composites::{
    Actor, Address, Currency, Emails, FullName, Link, Links, NumberAsSent, Phone, Phones, RichText,
};

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        #[non_exhaustive]
        pub struct $name {
            /// Its id, a UUID.
            pub id: Option<String>,
            /// When it was created, ISO 8601.
            pub created_at: Option<String>,
            /// When it was last changed, ISO 8601.
            pub updated_at: Option<String>,
            /// When it was deleted, ISO 8601; absent until then.
            pub deleted_at: Option<String>,
            $($(#[$field_doc])* pub $field: Option<$type>,)*
            /// Every other field, by its name.
            #[serde(flatten)]
            pub custom: Map<String, Value>,
        }

        impl fmt::Debug for $name {
            /// Shows which record it is, and nothing of what it holds.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("id", &self.id).finish_non_exhaustive()
            }
        }
    )*};
}

records! {
    /// A person.
    Person {
        /// First and last name.
        name: FullName,
        /// E-mail addresses.
        emails: Emails,
        /// Telephone numbers.
        phones: Phones,
        /// LinkedIn profile.
        linkedin_link: Links,
        /// X profile.
        x_link: Links,
        /// Job title.
        job_title: String,
        /// City.
        city: String,
        /// Where the picture is.
        avatar_url: String,
        /// Place in the list; may be negative or fractional.
        position: f64,
        /// Who created it, and how.
        created_by: Actor,
        /// The company's id.
        company_id: String,
    }

    /// A company.
    Company {
        /// Name.
        name: String,
        /// Web site.
        domain_name: Links,
        /// Number of employees.
        employees: f64,
        /// LinkedIn page.
        linkedin_link: Links,
        /// X profile.
        x_link: Links,
        /// Annual recurring revenue.
        annual_recurring_revenue: Currency,
        /// Postal address.
        address: Address,
        /// Whether it fits the ideal customer profile.
        ideal_customer_profile: bool,
        /// Place in the list; may be negative or fractional.
        position: f64,
        /// Who created it, and how.
        created_by: Actor,
        /// The id of the workspace member who owns the account.
        account_owner_id: String,
    }

    /// An opportunity.
    Opportunity {
        /// Name.
        name: String,
        /// What it is worth.
        amount: Currency,
        /// When it is expected to close, ISO 8601.
        close_date: String,
        /// Stage of the pipeline.
        stage: String,
        /// Place in the list; may be negative or fractional.
        position: f64,
        /// Who created it, and how.
        created_by: Actor,
        /// The id of the person to talk to.
        point_of_contact_id: String,
        /// The company's id.
        company_id: String,
    }

    /// A task.
    Task {
        /// Title.
        title: String,
        /// Text.
        body_v2: RichText,
        /// When it is due, ISO 8601.
        due_at: String,
        /// Status.
        status: String,
        /// Place in the list; may be negative or fractional.
        position: f64,
        /// Who created it, and how.
        created_by: Actor,
        /// The id of the workspace member it is assigned to.
        assignee_id: String,
    }

    /// A note.
    Note {
        /// Title.
        title: String,
        /// Text.
        body_v2: RichText,
        /// Place in the list; may be negative or fractional.
        position: f64,
        /// Who created it, and how.
        created_by: Actor,
    }

    /// A record of any other object: `attachment`, `workspaceMember`, a custom one.
    AnyRecord {}
}

impl Event<'_> {
    /// Reads the record as a type of the caller's choice: one of [`records`](self), or an own one.
    ///
    /// # Errors
    ///
    /// When the event has no record, or the record does not fit the type: a value of another type, a field of the type given
    /// twice, a text with an unpaired surrogate.
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
        let record = self.record().ok_or(RecordError { reason: None })?;
        serde_json::from_str(record).map_err(|error| RecordError { reason: Some(excerpt(&error.to_string())) })
    }
}

/// A record that is not there, or does not fit the type it was to be read as.
///
/// It holds no more than a short, escaped excerpt of the record, so it may be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    reason: Option<String>,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Some(reason) => write!(f, "The record does not fit the type: {reason}"),
            None => f.write_str("The event has no record: only events of the kind record have one."),
        }
    }
}

impl core::error::Error for RecordError {}

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
