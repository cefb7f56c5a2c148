//! Signing: what the sender does, for tests, relays and the command line.

use core::{fmt, str::FromStr};

use arrayvec::ArrayString;

use crate::{
    Headers, SignError, Timestamp, Webhook,
    headers::{HeaderName, header_name},
    signature::{self, HEX_DIGITS},
    timestamp::MAX_DIGITS,
    wire::{self, SignedText},
};

impl Webhook {
    /// Signs a payload with the first secret, as the sender does.
    ///
    /// Under [`Canonical`](crate::PayloadForm) the signed text is the payload's canonical text, which is then the body
    /// to send; under `JsonString` it is the payload quoted once more.
    ///
    /// # Errors
    ///
    /// `invalid_timestamp` beyond 16 digits; under the form `Canonical` `payload_not_utf8`, `payload_not_json`,
    /// `payload_too_deep`, under `JsonString` `payload_not_utf8`.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Nonce, Secret, Timestamp, Webhook};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let webhook = Webhook::new(Secret::new("a secret")?);
    /// let sent = Timestamp::from_unix_millis(1_735_066_639_761);
    /// let headers = webhook.sign(b"{}", sent, Nonce::from_bytes([0; 16]))?;
    /// let [timestamp, ..] = headers.pairs();
    /// assert_eq!(timestamp, ("X-Twenty-Webhook-Timestamp", "1735066639761"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn sign(&self, payload: &[u8], timestamp: Timestamp, nonce: Nonce) -> Result<SignedHeaders, SignError> {
        let printed = timestamp.print().ok_or(SignError::INVALID_TIMESTAMP)?;
        let payload = wire::payload_of(self.options.payload_form, payload)?;
        Ok(self.sign_payload(&payload, printed, nonce))
    }

    pub(crate) fn sign_payload(
        &self,
        payload: &[u8],
        timestamp: ArrayString<MAX_DIGITS>,
        nonce: Nonce,
    ) -> SignedHeaders {
        let text = SignedText { timestamp: timestamp.as_bytes(), payload, form: self.options.payload_form };
        let signature = signature::hex_text(&text.tag(&self.secret.key));
        let name = |word| header_name(&self.options.header_prefix, word);
        SignedHeaders { names: wire::WORDS.map(name), timestamp, signature, nonce }
    }
}

/// The three headers of a signed delivery.
///
/// They are [`Headers`] themselves, so what was signed can be verified as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeaders {
    names: [HeaderName; 3],
    timestamp: ArrayString<MAX_DIGITS>,
    signature: ArrayString<HEX_DIGITS>,
    nonce: Nonce,
}

impl SignedHeaders {
    /// Names and values, in the order timestamp, signature, nonce.
    pub fn pairs(&self) -> [(&str, &str); 3] {
        let [timestamp, signature, nonce] = &self.names;
        [(timestamp, &self.timestamp), (signature, &self.signature), (nonce, self.nonce.as_str())]
    }
}

impl Headers for SignedHeaders {
    fn visit<'h>(&'h self, mut visitor: impl FnMut(&'h [u8], &'h [u8])) {
        for (name, value) in self.pairs() {
            visitor(name.as_bytes(), value.as_bytes());
        }
    }
}

/// For requests of crates that use `http`, such as reqwest.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Nonce, Secret, Timestamp, Webhook};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let webhook = Webhook::new(Secret::new("a secret")?);
/// let sent = Timestamp::from_unix_millis(1_735_066_639_761);
/// let headers: http::HeaderMap = webhook.sign(b"{}", sent, Nonce::from_bytes([0; 16]))?.into();
/// assert_eq!(headers["x-twenty-webhook-timestamp"], "1735066639761");
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "http")]
impl From<SignedHeaders> for http::HeaderMap {
    #[allow(clippy::expect_used, reason = "a prefix was checked to be of a header name, and the values are digits")]
    fn from(signed: SignedHeaders) -> Self {
        let pairs = signed.pairs().map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)));
        pairs.into_iter().collect::<Option<_>>().expect("names and values of headers")
    }
}

/// A nonce as the sender makes it: 16 random bytes as 32 lowercase hex digits.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Code, Nonce};
///
/// let nonce: Nonce = "000102030405060708090a0b0c0d0e0f".parse().unwrap();
/// assert_eq!(nonce, Nonce::from_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]));
/// assert_eq!("short".parse::<Nonce>().unwrap_err().code(), Code::InvalidNonce);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce(ArrayString<NONCE_DIGITS>);

impl Nonce {
    /// Makes it from 16 bytes of the host's random source.
    pub fn from_bytes(random: [u8; NONCE_DIGITS / 2]) -> Self {
        Self(signature::hex_text(&random))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Takes exactly 32 lowercase hex digits, else `invalid_nonce`.
impl FromStr for Nonce {
    type Err = SignError;

    fn from_str(digits: &str) -> Result<Self, SignError> {
        let is_nonce =
            digits.len() == NONCE_DIGITS && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match ArrayString::from(digits) {
            Ok(digits) if is_nonce => Ok(Self(digits)),
            _ => Err(SignError::INVALID_NONCE),
        }
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nonce({self})")
    }
}

const NONCE_DIGITS: usize = 32;
