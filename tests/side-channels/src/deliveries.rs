//! One delivery, signed by another implementation than the library's, and its forgeries.

use twenty_webhook::{PayloadForm, Secret, Timestamp, Webhook};

use crate::{hide, show};

pub const TIMESTAMP: &str = "1735066639761";
pub const BODY: &str = r#"{"a":1}"#;

/// Digits of a signature.
pub const DIGITS: usize = 64;

/// As Twenty makes them, one longer than a block of the hash, and a short one.
pub const SECRETS: [&str; 4] = [
    "3f8a1c5d9e7b2046a8c3e1f59d7b60244e8f1a6c3d5b79e0f2a4c6e8b0d1f357",
    "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "a secret in words, which is longer than one block of the hash, so that it is hashed before it is used",
    "0123456789",
];

/// One with the first so many secrets, which are hidden but for their ends: a copied line end is looked for there.
pub fn webhook(accepted: usize, form: PayloadForm) -> Webhook {
    let mut secrets = SECRETS[..accepted].iter().map(|secret| {
        let mut text = secret.as_bytes().to_vec();
        let inside = END..text.len() - END;
        hide(&mut text[inside]);
        // `from_utf8` looks at each byte, once, when the program starts.
        // SAFETY: what is hidden is still the same text.
        Secret::new(unsafe { str::from_utf8_unchecked(&text) }).expect("a secret")
    });
    let first = Webhook::new(secrets.next().expect("at least one"));
    secrets.fold(first, |webhook, secret| webhook.also_accept(secret).expect("at most four")).payload_form(form)
}

/// Which secret it was signed with, which the answer makes public. The signature comes from outside, so how it is read may
/// depend on it: it is not hidden.
pub fn judged(webhook: &Webhook, signature: &str) -> Option<usize> {
    let headers = [("X-Twenty-Webhook-Timestamp", TIMESTAMP), ("X-Twenty-Webhook-Signature", signature)];
    let mut verdict = webhook.verify(BODY.as_bytes(), &headers, now()).map(|delivery| delivery.secret_index()).ok();
    show(&mut verdict);
    verdict
}

pub fn now() -> Timestamp {
    Timestamp::from_unix_millis(TIMESTAMP.parse().expect("a number"))
}

/// What the sender sends, in digits.
pub fn signature(secret: &str, form: PayloadForm) -> String {
    let payload = if form == PayloadForm::JsonString { r#""{\"a\":1}""# } else { BODY };
    let tag = hmac_sha256::HMAC::mac(format!("{TIMESTAMP}:{payload}"), secret);
    tag.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Another signature, by the digit at this place alone.
pub fn flipped(signature: &str, place: usize) -> String {
    let digit = if &signature[place..=place] == "0" { "1" } else { "0" };
    [&signature[..place], digit, &signature[place + 1..]].concat()
}

const END: usize = 4;
