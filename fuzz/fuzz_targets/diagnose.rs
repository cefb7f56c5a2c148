//! Any request: diagnosis never panics, agrees with verification, finds nothing wrong with what is authentic, and never tells a
//! secret or the signature that was expected.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use twenty_webhook::{
    Nonce, PayloadForm, Secret, Timestamp, Webhook,
    diagnose::{Diagnosis, Evidence},
};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    secret: &'a [u8],
    other: &'a [u8],
    form: u8,
    /// What was signed; the body that arrived is another where there is one.
    payload: &'a [u8],
    body: Option<&'a [u8]>,
    /// Beside those that are signed, or alone.
    headers: Vec<(&'a [u8], &'a [u8])>,
    is_signed: bool,
    method: Option<&'a str>,
    url: Option<&'a str>,
    delay_millis: i32,
}

fuzz_target!(|input: Input<'_>| {
    let sent = Timestamp::from_unix_millis(SENT_AT);
    let now = Timestamp::from_unix_millis(SENT_AT.saturating_add_signed(i64::from(input.delay_millis)));
    let mut headers: Vec<(Vec<u8>, Vec<u8>)> =
        input.headers.iter().map(|(name, value)| (name.to_vec(), value.to_vec())).collect();
    let webhook = Secret::from_bytes(input.secret).map(|secret| {
        Webhook::new(secret).payload_form(PayloadForm::ALL[usize::from(input.form) % PayloadForm::ALL.len()])
    });
    let signed = webhook.as_ref().ok().and_then(|it| it.sign(input.payload, sent, Nonce::from_bytes([7; 16])).ok());
    if let Some(signed) = signed.filter(|_| input.is_signed) {
        headers.extend(signed.pairs().map(|(name, value)| (name.into(), value.into())));
    }
    let body = input.body.unwrap_or(input.payload);

    let Ok(webhook) = webhook else {
        let (secrets, others) = ([input.secret], [input.other]);
        let mut evidence = Evidence::new(&secrets, &headers, body, now).others(&others);
        evidence = input.method.into_iter().fold(evidence, Evidence::method);
        check(&evidence.diagnose(), &input, None);
        return;
    };
    let others = [input.other];
    let mut evidence = Evidence::of(&webhook, &headers, body, now).others(&others);
    evidence = input.method.into_iter().fold(evidence, Evidence::method);
    evidence = input.url.into_iter().fold(evidence, Evidence::url);
    let diagnosis = evidence.diagnose();

    let verified = webhook.verify(body, &headers, now).map(drop).map_err(|error| error.code());
    assert_eq!(diagnosis.verdict(), verified.err());
    assert_eq!(diagnosis.findings().is_empty(), verified.is_ok(), "{diagnosis:?}");
    let expected = webhook.sign(body, sent, Nonce::from_bytes([7; 16])).ok();
    check(&diagnosis, &input, expected.map(|signed| signed.pairs()[1].1.to_owned()).as_deref());
});

/// What is short may be part of any sentence, and what the request holds anyway is no secret.
fn check(diagnosis: &Diagnosis, input: &Input<'_>, expected: Option<&str>) {
    let is_in_request = |text: &str| {
        let values = input.headers.iter().flat_map(|(name, value)| [*name, *value]);
        let texts = values.chain([input.payload, input.body.unwrap_or_default()]).map(String::from_utf8_lossy);
        texts.into_iter().any(|whole| whole.contains(text))
    };
    let secrets = [input.secret, input.other].map(|secret| str::from_utf8(secret).unwrap_or_default());
    for finding in diagnosis.findings() {
        let told = finding.to_string();
        assert!(told.len() < 2_000 && !told.contains('\n'), "{told}");
        for secret in secrets.iter().filter(|secret| secret.len() >= 16 && !is_in_request(secret)) {
            assert!(!told.contains(*secret) || input.url.is_some_and(|url| url.contains(*secret)), "{told}");
        }
        if let Some(expected) = expected.filter(|expected| !is_in_request(expected)) {
            assert!(!told.contains(expected), "{told}");
        }
    }
}

const SENT_AT: u64 = 1_735_066_639_761;
