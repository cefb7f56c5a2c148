//! What a host has kept of a delivery, beside its payload.

use crate::{MAX_SECRETS, headers::usable_nonce, signature};

/// Checks that these are such as a delivery has, which verifies nothing. What is of another type is empty text or no number.
///
/// # Errors
///
/// What the first field must be that is not.
///
/// # Example
///
/// ```
/// use twenty_webhook::host::check_kept;
///
/// let id = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
/// assert_eq!(check_kept(id, Some(1_735_066_639_761), Some("7"), Some(0)), Ok(()));
/// assert_eq!(check_kept("7", Some(0), None, Some(0)), Err("id must be 64 lowercase hex digits"));
/// ```
pub fn check_kept(
    id: &str,
    unix_millis: Option<u64>,
    nonce: Option<&str>,
    secret_index: Option<u64>,
) -> Result<(), &'static str> {
    let is_nonce = nonce.is_none_or(|nonce| usable_nonce(nonce.as_bytes()).is_some());
    let is_index = secret_index.is_some_and(|index| index < MAX_SECRETS as u64);
    [
        (signature::parse(id.as_bytes()).is_ok(), "id must be 64 lowercase hex digits"),
        (unix_millis.is_some(), "timestamp must be whole milliseconds since the Unix epoch"),
        (is_nonce, "nonce must be null or 1 to 128 visible ASCII characters"),
        (is_index, "secret_index must be a whole number below 4"),
    ]
    .into_iter()
    .find_map(|(holds, wanted)| (!holds).then_some(wanted))
    .map_or(Ok(()), Err)
}
