//! The closed list of codes.

use core::{fmt, str::FromStr};

macro_rules! codes {
    ($([$kinds:literal] $($variant:ident $text:literal $status:expr, $meaning:literal;)*)*) => {
        /// What went wrong, as a word that programs compare: the same in every language, never changing its meaning
        /// within a major version.
        ///
        /// # Example
        ///
        /// ```
        /// use twenty_webhook::Code;
        ///
        /// assert_eq!(Code::PayloadTooLarge.as_str(), "payload_too_large");
        /// assert_eq!(Code::PayloadTooLarge.status(), Some(413));
        /// assert_eq!(Code::SecretEmpty.status(), None);
        /// assert_eq!("invalid_ttl".parse(), Ok(Code::InvalidTtl));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $meaning] $variant,)*)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)*)*];

            /// The word.
            pub const fn as_str(self) -> &'static str {
                match self { $($(Self::$variant => $text,)*)* }
            }

            /// The HTTP status a receiver answers with; none for a mistake made before there is a request.
            pub const fn status(self) -> Option<u16> {
                match self { $($(Self::$variant => $status,)*)* }
            }

            /// Where it may come from, in words: verification, configuration, receiver.
            #[cfg(feature = "host")]
            pub(crate) const fn kinds(self) -> &'static str {
                match self { $($(Self::$variant => $kinds,)*)* }
            }

            /// One sentence on the cause and the remedy.
            pub const fn meaning(self) -> &'static str {
                match self { $($(Self::$variant => $meaning,)*)* }
            }
        }
    };
}

codes! {
    ["verification"]
    PayloadTooLarge "payload_too_large" Some(413),
        "The body is larger than the limit: raise it if records of this size are expected.";
    MissingHeader "missing_header" Some(401),
        "A signature header is missing: set a secret on the webhook in Twenty, which sends none of them without one.";
    RepeatedHeader "repeated_header" Some(401),
        "A signature header has more than one value: look for a proxy that adds or joins headers.";
    MalformedTimestamp "malformed_timestamp" Some(401),
        "The timestamp header is not 1 to 16 ASCII digits of milliseconds since the Unix epoch.";
    TimestampTooOld "timestamp_too_old" Some(401),
        "The delivery was sent longer ago than the tolerance: check this machine's clock, or it is a replay.";
    TimestampTooNew "timestamp_too_new" Some(401),
        "The delivery claims to come from the future: check this machine's clock.";
    MalformedSignature "malformed_signature" Some(401),
        "The signature header is not exactly 64 lowercase hex digits.";
    SignatureMismatch "signature_mismatch" Some(401),
        "The signature does not belong to this body and secret: compare the secret, and pass the raw body as received, not a re-serialised one.";
    PayloadNotUtf8 "payload_not_utf8" Some(400),
        "The payload is not well-formed UTF-8 text.";
    PayloadNotJson "payload_not_json" Some(400),
        "The payload is not JSON.";
    PayloadTooDeep "payload_too_deep" Some(400),
        "The payload is nested deeper than 1024 levels.";
    ["configuration"]
    SecretEmpty "secret_empty" None,
        "The secret is empty: pass the one that Twenty shows for the webhook.";
    SecretHasWhitespace "secret_has_whitespace" None,
        "The secret begins or ends with white space: remove the line end or blank that was copied with it.";
    SecretHasInvisibleCharacters "secret_has_invisible_characters" None,
        "The secret begins or ends with a character that cannot be seen, such as a zero-width space, a control character or U+FFFD: copy it once more, as UTF-8.";
    SecretNotUtf8 "secret_not_utf8" None,
        "The secret is not well-formed Unicode text.";
    TooManySecrets "too_many_secrets" None,
        "At most 4 secrets are accepted at a time: drop the ones that are rotated out.";
    InvalidTolerance "invalid_tolerance" None,
        "The tolerance must be a finite number of seconds, 0 or more.";
    InvalidMaxBodyBytes "invalid_max_body_bytes" None,
        "The body limit must be a whole number of bytes, 0 or more.";
    InvalidHeaderPrefix "invalid_header_prefix" None,
        "The header prefix must be 1 to 64 characters of an HTTP header name and end in a hyphen, such as X-Twenty-Webhook-.";
    InvalidPayloadForm "invalid_payload_form" None,
        "The payload form must be raw, canonical or json_string.";
    InvalidName "invalid_name" None,
        "The name of a webhook must be 1 to 128 bytes of text without control characters and U+FFFD.";
    InvalidTimestamp "invalid_timestamp" None,
        "The timestamp to sign must have at most 16 digits of milliseconds since the Unix epoch.";
    InvalidNonce "invalid_nonce" None,
        "The nonce must be exactly 32 lowercase hex digits.";
    InvalidTtl "invalid_ttl" None,
        "The lifetime of a replay claim must be at least twice the tolerance and 10 seconds.";
    ["receiver"]
    MethodNotAllowed "method_not_allowed" Some(405),
        "Deliveries are POST requests: a GET with signature headers is what a 301 or 302 redirect makes of one, so give Twenty the final URL.";
    BodyTimeout "body_timeout" Some(408),
        "The body did not arrive in time.";
    UnsupportedContentEncoding "unsupported_content_encoding" Some(415),
        "Deliveries are sent uncompressed: look for a proxy that compresses request bodies.";
    MalformedContentLength "malformed_content_length" Some(400),
        "The Content-Length header has more than one value, or one that is not a whole number: look for a proxy that adds or joins headers.";
    NotARequest "not_a_request" Some(500),
        "The receiver was given something that is no request of its framework.";
    UnknownWebhook "unknown_webhook" Some(404),
        "The function that finds the webhook of a request knows none for this one.";
    WebhookUnavailable "webhook_unavailable" Some(500),
        "The function that finds the webhook of a request failed or took too long.";
    BodyAlreadyRead "body_already_read" Some(500),
        "Something read the body before the receiver could: mount the receiver before the body parser.";
    HandlerFailed "handler_failed" Some(500),
        "The handler failed.";
    ReplayStoreUnavailable "replay_store_unavailable" Some(503),
        "The replay store failed or did not answer in time.";
    ["verification configuration receiver"]
    Internal "internal" Some(500),
        "An internal fault of this library: please report it.";
}

/// Takes the word.
impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(word: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|code| code.as_str() == word).ok_or(UnknownCode)
    }
}

/// A word that is no [`Code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The word is none of the codes.")
    }
}

impl core::error::Error for UnknownCode {}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
