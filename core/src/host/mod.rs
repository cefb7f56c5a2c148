//! What only the bindings call: the same for Node and for WebAssembly, and no part of the crate's promise.

use alloc::vec::Vec;

#[cfg(feature = "diagnose")]
mod captured;
mod constants;
#[cfg(feature = "diagnose")]
mod diagnosis;
mod failure;
mod json;
mod kept;
mod memory;
mod notices;
mod options;
mod picked_headers;
mod receiver;
mod settings;
#[cfg(feature = "diagnose")]
mod signed_parts;
mod sql;
mod text;
mod told;
mod turn;
mod webhook;

use crate::CanonicalizeError;
#[cfg(feature = "diagnose")]
pub use crate::shown::without_user;
pub use crate::{
    event::{JsonText, ValueBuilder},
    headers::HeaderNames,
    receiver::{SqlFailure, SqlPlaceholders, SqlStatements, SqlTableError},
};
#[cfg(feature = "diagnose")]
pub use captured::captured;
pub use constants::{ask_again_after, codes_of, constants};
#[cfg(feature = "diagnose")]
pub use diagnosis::{RefusedRequest, diagnose, diagnosis_text};
pub use failure::Failure;
pub use kept::check_kept;
pub use memory::Memory;
pub use notices::Wants;
pub use options::{Settings, whole};
pub use picked_headers::PickedHeaders;
pub use receiver::Receiver;
pub use settings::ReceiverSettings;
#[cfg(feature = "diagnose")]
pub use signed_parts::signed_parts;
pub use sql::{sql_failure, sql_statements};
pub use told::tell;
pub use turn::PackedTurn;
pub use webhook::Webhook;

/// What [`canonicalize`](crate::canonicalize) gives, as bytes: that they are UTF-8 need not be checked once more.
///
/// # Errors
///
/// Those of [`canonicalize`](crate::canonicalize).
///
/// # Example
///
/// ```
/// assert_eq!(twenty_webhook::host::canonicalize_to_vec(b"[1.0, 2]")?, b"[1,2]");
/// # Ok::<(), twenty_webhook::CanonicalizeError>(())
/// ```
pub fn canonicalize_to_vec(json: &[u8]) -> Result<Vec<u8>, CanonicalizeError> {
    crate::canonical::canonicalize_to_vec(json)
}
