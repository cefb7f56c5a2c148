//! Lists of headers, repeated, joined, in all cases: which is picked, and with what it is refused, against the rule
//! restated naively.
#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use twenty_webhook::{Code, Nonce, Secret, Timestamp, Webhook};

#[derive(Debug)]
struct Input {
    prefix: &'static str,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
}

impl<'a> Arbitrary<'a> for Input {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let prefix = u.choose(&["X-Twenty-Webhook-", "-", "X-Acme-Webhook-", "x-twenty-webhook-timestamp-"])?;
        let mut headers = Vec::new();
        for _ in 0..u.int_in_range(0..=6)? {
            headers.push((name(u, prefix)?, value(u)?));
        }
        Ok(Self { prefix, headers })
    }
}

/// A word with the prefix in some mixture of cases, sometimes off by a little.
fn name(u: &mut Unstructured<'_>, prefix: &str) -> Result<Vec<u8>> {
    let word = u.choose(&["Timestamp", "Signature", "Nonce", "", "Timestamps", "Host"])?;
    let mut name = format!("{prefix}{word}").into_bytes();
    let upper: u64 = u.arbitrary()?;
    for (index, letter) in name.iter_mut().enumerate() {
        *letter =
            if upper >> (index % 64) & 1 == 1 { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
    }
    if !name.is_empty() && u.ratio(1, 10)? {
        let index = u.choose_index(name.len())?;
        name[index] = u.arbitrary()?;
    }
    Ok(name)
}

fn value(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let genuine = genuine("X-Twenty-Webhook-");
    let value = match u.int_in_range(0..=7)? {
        0 | 1 => genuine[0].1.clone(),
        2 | 3 => genuine[1].1.clone(),
        4 => genuine[2].1.clone(),
        5 => u
            .choose(&["", ",", " 1735066639761", "1735066639761,", "1735066639761, 1735066639761", "01735066639761"])?
            .to_string(),
        6 => "n".repeat(u.int_in_range(126..=130)?),
        _ => return u.arbitrary(),
    };
    Ok(value.into_bytes())
}

fuzz_target!(|input: Input| {
    let webhook = webhook(input.prefix);
    let expected = expected(&input);
    let result = webhook.verify(BODY, &input.headers, NOW);
    assert_eq!(webhook.check_headers(&input.headers, NOW).map_err(|error| error.code()), before_the_body(&expected));
    match (result, expected) {
        (Ok(delivery), Ok(nonce)) => assert_eq!(delivery.nonce().map(str::as_bytes), nonce.as_deref()),
        (Err(error), Err(code)) => assert_eq!(error.code(), code),
        (result, expected) => panic!("{result:?}, expected {expected:?}"),
    }
});

/// The rule in its own words: the nonce to report, or the code.
fn expected(input: &Input) -> core::result::Result<Option<Vec<u8>>, Code> {
    let values = |word: &str| -> Vec<&Vec<u8>> {
        let wanted = format!("{}{word}", input.prefix).to_ascii_lowercase();
        input
            .headers
            .iter()
            .filter(|(name, _)| name.to_ascii_lowercase() == wanted.as_bytes())
            .map(|(_, value)| value)
            .collect()
    };
    let (timestamp, signature, nonce) = (values("timestamp"), values("signature"), values("nonce"));
    let repeated = |values: &[&Vec<u8>]| values.len() > 1 || values.iter().any(|value| value.contains(&b','));
    if repeated(&timestamp) || repeated(&signature) {
        return Err(Code::RepeatedHeader);
    }
    let ([timestamp], [signature]) = (&timestamp[..], &signature[..]) else { return Err(Code::MissingHeader) };

    if !(1..=16).contains(&timestamp.len()) || !timestamp.iter().all(u8::is_ascii_digit) {
        return Err(Code::MalformedTimestamp);
    }
    let sent: i64 = str::from_utf8(timestamp).expect("digits").parse().expect("at most 16 digits");
    let age = i64::try_from(NOW.unix_millis()).expect("a date") - sent;
    if age.abs() > TOLERANCE_MILLIS {
        return Err(if age > 0 { Code::TimestampTooOld } else { Code::TimestampTooNew });
    }
    if signature.len() != 64 || !signature.iter().all(|digit| b"0123456789abcdef".contains(digit)) {
        return Err(Code::MalformedSignature);
    }
    let [(_, sent_as), (_, signed_as), _] = genuine(input.prefix);
    if **timestamp != *sent_as.as_bytes() || **signature != *signed_as.as_bytes() {
        return Err(Code::SignatureMismatch);
    }
    Ok(match &nonce[..] {
        [nonce]
            if (1..=128).contains(&nonce.len())
                && nonce.iter().all(|byte| (b'!'..=b'~').contains(byte))
                && !repeated(&[nonce]) =>
        {
            Some((*nonce).clone())
        }
        _ => None,
    })
}

fn before_the_body<T>(expected: &core::result::Result<T, Code>) -> core::result::Result<(), Code> {
    match expected {
        Err(code) if *code != Code::SignatureMismatch => Err(*code),
        _ => Ok(()),
    }
}

const BODY: &[u8] = b"{}";
const NOW: Timestamp = Timestamp::from_unix_millis(1_735_066_640_000);
const TOLERANCE_MILLIS: i64 = 300_000;

fn webhook(prefix: &str) -> Webhook {
    Webhook::new(Secret::new("a secret").expect("usable")).header_prefix(prefix).expect("usable")
}

/// What the sender sends: timestamp, signature, nonce.
fn genuine(prefix: &str) -> [(String, String); 3] {
    let sent = Timestamp::from_unix_millis(1_735_066_639_761);
    let signed = webhook(prefix).sign(BODY, sent, Nonce::from_bytes([7; 16])).expect("16 digits at most");
    signed.pairs().map(|(name, value)| (name.to_owned(), value.to_owned()))
}
