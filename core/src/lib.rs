//! Verify, understand and de-duplicate the webhooks of Twenty CRM.
//!
//! A receiver makes one [`Webhook`] from the secret it shares with Twenty and hands it every request: the body as it
//! arrived, the headers, and the time. What comes back is a [`Delivery`] (authentic, fresh) or a [`VerifyError`] with a
//! [`Code`] and an HTTP status.
//!
//! ```
//! use twenty_webhook::{Nonce, Secret, Timestamp, Webhook};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let webhook = Webhook::new(Secret::new("3f1c…the secret shown by Twenty…")?);
//!
//! let body = br#"{"eventName":"person.created","record":{"id":"1"}}"#;
//! let now = Timestamp::from_unix_millis(1_735_066_639_761);
//! let headers = webhook.sign(body, now, Nonce::from_bytes([7; 16]))?; // what the sender does
//!
//! let delivery = webhook.verify(body, &headers, now)?;
//! # #[cfg(feature = "alloc")]
//! assert!(delivery.event().matches("person.*"));
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | none | signing, verification of the bytes as received, rotation; no allocation |
//! | `alloc` | canonical text, [`PayloadForm`]s `Canonical` and `JsonString`, events, ids |
//! | `std` (default) | `Timestamp::now` |
//! | `serde` | typed records of the standard objects, `Serialize` for [`Event`] |
//! | `testing` | samples of events and signed deliveries, for tests of your own receiver |
//! | `diagnose` | why a delivery was refused: which mistake reproduces its signature |
//! | `host` | what the bindings of other languages call; no part of the crate's promise |
//! | `http` | [`Headers`] for `http::HeaderMap`, and a map of [`SignedHeaders`] |
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

#[cfg(feature = "alloc")]
mod canonical;
mod delivery;
#[cfg(feature = "diagnose")]
pub mod diagnose;
mod error;
#[cfg(feature = "alloc")]
mod event;
mod headers;
#[cfg(feature = "host")]
pub mod host;
mod json;
mod mac;
#[cfg(feature = "alloc")]
pub mod receiver;
#[cfg(feature = "serde")]
pub mod records;
#[cfg(feature = "alloc")]
mod shown;
mod signature;
#[cfg(feature = "testing")]
pub mod testing;
mod timestamp;
mod webhook;
mod wire;

#[cfg(feature = "alloc")]
pub use canonical::canonicalize;
pub use delivery::Delivery;
#[cfg(feature = "alloc")]
pub use delivery::DeliveryId;
#[cfg(feature = "alloc")]
pub use error::CanonicalizeError;
pub use error::{Code, ConfigError, Refusal, SignError, UnknownCode, VerifyError};
#[cfg(feature = "alloc")]
pub use event::{Event, EventKind, is_pattern};
pub use headers::{Headers, MAX_HEADER_VALUE_BYTES};
#[cfg(feature = "alloc")]
pub use json::MAX_DEPTH;
#[cfg(feature = "serde")]
pub use records::RecordError;
pub use timestamp::Timestamp;
pub use webhook::{MAX_SECRETS, Nonce, Options, Secret, SignedHeaders, Webhook};
pub use wire::PayloadForm;
