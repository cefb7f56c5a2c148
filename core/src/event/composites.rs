//! The composite fields of records.

use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

macro_rules! composites {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: Option<$type>,)*
        }

        impl fmt::Debug for $name {
            /// Shows nothing of what it holds.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}

composites! {
    /// A person's name.
    FullName {
        /// First name.
        first_name: String,
        /// Last name.
        last_name: String,
    }

    /// E-mail addresses.
    Emails {
        /// The first one.
        primary_email: String,
        /// The others.
        additional_emails: Vec<String>,
    }

    /// Telephone numbers.
    Phones {
        /// The first one, without its calling code.
        primary_phone_number: String,
        /// Its country, ISO 3166-1 alpha-2.
        primary_phone_country_code: String,
        /// Its calling code, such as `+33`.
        primary_phone_calling_code: String,
        /// The others.
        additional_phones: Vec<Phone>,
    }

    /// A further telephone number.
    Phone {
        /// The number, without its calling code.
        number: String,
        /// Its country, ISO 3166-1 alpha-2.
        country_code: String,
        /// Its calling code, such as `+33`.
        calling_code: String,
    }

    /// Links.
    Links {
        /// The first one's label.
        primary_link_label: String,
        /// The first one.
        primary_link_url: String,
        /// The others.
        secondary_links: Vec<Link>,
    }

    /// A further link.
    Link {
        /// Its label.
        label: String,
        /// Where it leads.
        url: String,
    }

    /// An amount of money.
    Currency {
        /// Millionths of the unit, as sent: a number, in older versions a text.
        amount_micros: NumberAsSent,
        /// The unit, ISO 4217.
        currency_code: String,
    }

    /// A postal address.
    Address {
        /// First line.
        address_street1: String,
        /// Second line.
        address_street2: String,
        /// City.
        address_city: String,
        /// Postal code.
        address_postcode: String,
        /// State or province.
        address_state: String,
        /// Country.
        address_country: String,
        /// Latitude in degrees, as sent: a number, in older versions a text.
        address_lat: NumberAsSent,
        /// Longitude in degrees, as sent: a number, in older versions a text.
        address_lng: NumberAsSent,
    }

    /// Who did something, and how.
    Actor {
        /// `EMAIL`, `CALENDAR`, `WORKFLOW`, `API`, `IMPORT`, `MANUAL`, `SYSTEM`, `WEBHOOK`, or one not known yet.
        source: String,
        /// The workspace member's id, if it was one.
        workspace_member_id: String,
        /// Their name at the time.
        name: String,
        /// Details that depend on the source.
        context: serde_json::Value,
    }

    /// A formatted text.
    RichText {
        /// The editor's blocks: JSON inside a string.
        blocknote: String,
        /// The same as Markdown.
        markdown: String,
    }
}

/// A number with the digits it was sent with, whether as a JSON number or as a text.
///
/// It is not turned into a double on the way: micros of large amounts need more digits than one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberAsSent {
    digits: Box<str>,
    is_text: bool,
}

impl NumberAsSent {
    /// What was sent, without the quotes of a text.
    pub fn as_str(&self) -> &str {
        &self.digits
    }

    /// Whether it was sent as a text.
    pub const fn is_text(&self) -> bool {
        self.is_text
    }

    /// Its value, if it is an integer in range.
    pub fn as_i64(&self) -> Option<i64> {
        self.digits.parse().ok()
    }

    /// The nearest double, if it is a number at all.
    pub fn as_f64(&self) -> Option<f64> {
        self.digits.parse().ok()
    }
}

impl fmt::Display for NumberAsSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for NumberAsSent {
    /// Goes through the value's text: it is the same whether or not somebody's build turns on serde_json's
    /// `arbitrary_precision`, which changes how numbers reach a visitor.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        match value.get().as_bytes() {
            [b'"', ..] => {
                let text: String = serde_json::from_str(value.get()).map_err(de::Error::custom)?;
                Ok(Self { digits: text.into(), is_text: true })
            }
            [b'-' | b'0'..=b'9', ..] => Ok(Self { digits: value.get().to_string().into(), is_text: false }),
            _ => Err(de::Error::custom("expected a number or a text")),
        }
    }
}
