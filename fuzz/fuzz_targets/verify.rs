//! Any request: never a panic, nothing accepted that an independent HMAC does not confirm, everything accepted that was
//! signed, and nothing that differs from it by a bit.
#![no_main]

use std::time::Duration;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use twenty_webhook::{Code, Nonce, PayloadForm, Secret, Timestamp, Webhook, canonicalize};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    secret: &'a [u8],
    other_secrets: Vec<&'a [u8]>,
    prefix: Option<&'a str>,
    form: u8,
    tolerance_millis: u32,
    max_body_bytes: Option<u16>,
    body: &'a [u8],
    headers: Vec<(&'a [u8], &'a [u8])>,
    sent: u64,
    /// How much later, or earlier, it arrives.
    delay_millis: i32,
    nonce: [u8; 16],
    flip: Flip,
}

#[derive(Arbitrary, Debug)]
struct Flip {
    part: u8,
    index: u16,
    bit: u8,
}

fuzz_target!(|input: Input<'_>| {
    let Some(webhook) = webhook(&input) else { return };
    let sent = Timestamp::from_unix_millis(input.sent % MAX_SENDABLE);
    let now = Timestamp::from_unix_millis(sent.unix_millis().saturating_add_signed(i64::from(input.delay_millis)));
    check_accepted(&webhook, &input, &input.headers, now);

    let Ok(signed) = webhook.sign(input.body, sent, Nonce::from_bytes(input.nonce)) else { return };
    let mut headers: Headers = input.headers.iter().map(|(name, value)| (name.to_vec(), value.to_vec())).collect();
    headers.extend(signed.pairs().map(|(name, value)| (name.into(), value.into())));
    check_accepted(&webhook, &input, &headers, now);

    let genuine: Headers = headers.split_off(input.headers.len());
    check_genuine(&webhook, &input, &genuine, sent, now);
    check_flipped(&webhook, &input, genuine, sent);
});

type Headers = Vec<(Vec<u8>, Vec<u8>)>;

/// The last millisecond that 16 digits can tell.
const MAX_SENDABLE: u64 = 10_000_000_000_000_000;

fn webhook(input: &Input<'_>) -> Option<Webhook> {
    let mut webhook = Webhook::new(Secret::from_bytes(input.secret).ok()?);
    for secret in &input.other_secrets {
        webhook = webhook.also_accept(Secret::from_bytes(secret).ok()?).ok()?;
    }
    if let Some(prefix) = input.prefix {
        webhook = webhook.header_prefix(prefix).ok()?;
    }
    if let Some(bytes) = input.max_body_bytes {
        webhook = webhook.max_body_bytes(bytes.into());
    }
    let form = PayloadForm::ALL[usize::from(input.form) % PayloadForm::ALL.len()];
    Some(webhook.tolerance(Duration::from_millis(input.tolerance_millis.into())).payload_form(form))
}

/// What is accepted must hold: its signature by another implementation of HMAC, its freshness, its size.
fn check_accepted<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    webhook: &Webhook,
    input: &Input<'_>,
    headers: &[(N, V)],
    now: Timestamp,
) {
    let delivery = match webhook.verify(input.body, headers, now) {
        Ok(delivery) => delivery,
        Err(error) => {
            assert!(matches!(error.status(), 400 | 401 | 413) && !error.to_string().is_empty());
            return;
        }
    };
    assert!(input.body.len() <= webhook.options().max_body_bytes());
    let age = now.unix_millis().abs_diff(delivery.timestamp().unix_millis());
    assert!(u128::from(age) <= webhook.options().tolerance().as_millis());
    if webhook.options().payload_form() == PayloadForm::Raw {
        assert_eq!(delivery.payload(), input.body);
        let secret =
            if delivery.secret_index() == 0 { input.secret } else { input.other_secrets[delivery.secret_index() - 1] };
        let mac = hmac_sha256::HMAC::mac([value(webhook, headers, "timestamp"), b":", input.body].concat(), secret);
        let digits: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digits.as_bytes(), value(webhook, headers, "signature"));
    }
}

fn value<'h, N: AsRef<[u8]>, V: AsRef<[u8]>>(webhook: &Webhook, headers: &'h [(N, V)], word: &str) -> &'h [u8] {
    let name = format!("{}{word}", webhook.options().header_prefix());
    let mut found = headers.iter().filter(|(other, _)| other.as_ref().eq_ignore_ascii_case(name.as_bytes()));
    let (Some((_, value)), None) = (found.next(), found.next()) else { panic!("accepted without one {name}") };
    value.as_ref()
}

/// What was signed is accepted whenever it arrives in time.
fn check_genuine(webhook: &Webhook, input: &Input<'_>, headers: &Headers, sent: Timestamp, now: Timestamp) {
    let delay = now.unix_millis().abs_diff(sent.unix_millis());
    let result = webhook.verify(input.body, headers, now);
    if input.body.len() > webhook.options().max_body_bytes() {
        assert_eq!(result.unwrap_err().code(), Code::PayloadTooLarge);
    } else if u128::from(delay) > webhook.options().tolerance().as_millis() {
        let expected = if now > sent { Code::TimestampTooOld } else { Code::TimestampTooNew };
        assert_eq!(result.unwrap_err().code(), expected);
    } else {
        let delivery = result.expect("what was signed verifies");
        assert_eq!((delivery.timestamp(), delivery.secret_index()), (sent, 0));
    }
}

/// One bit of the timestamp, the signature or the body makes it another delivery, which nobody signed.
fn check_flipped(webhook: &Webhook, input: &Input<'_>, mut headers: Headers, sent: Timestamp) {
    let mut body = input.body.to_vec();
    let part = match input.flip.part % 3 {
        0 if !body.is_empty() => &mut body,
        1 => &mut headers[0].1,
        _ => &mut headers[1].1,
    };
    let index = usize::from(input.flip.index) % part.len();
    part[index] ^= 1 << (input.flip.bit % 8);
    let result = webhook.verify(&body, &headers, sent);
    let canonical = webhook.options().payload_form() == PayloadForm::Canonical;
    if canonical && canonicalize(&body) == canonicalize(input.body) {
        return; // The bit made another spelling of the same text, or none: both are what was signed.
    }
    assert!(result.is_err(), "a flipped bit is refused");
}
