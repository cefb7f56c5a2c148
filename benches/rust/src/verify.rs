//! The whole verification against nothing but the HMAC.
//!
//! Ours reads ten headers, judges repetition, form and freshness, decodes the signature, computes and compares. The
//! peers get an already decoded tag and compute and compare; their key is prepared once, as ours is.

use std::hint::black_box;

use bench_inputs as inputs;
use twenty_webhook::{Nonce, Secret, Timestamp, Webhook};

use crate::report::Report;

pub fn run(report: &mut Report) {
    for bytes in inputs::EVENT_BYTES {
        let body = inputs::person_event(bytes);
        let case = format!("verify {} kB", inputs::kilobytes(bytes));
        compare_with_peers(report, &case, body.as_bytes());
    }
}

fn compare_with_peers(report: &mut Report, case: &str, body: &[u8]) {
    let ours = Ours::new(body);
    let tag = ours.tag;

    #[cfg(feature = "slow-to-compile")]
    {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET.as_bytes());
        let aws = |body: &[u8]| {
            let mut context = aws_lc_rs::hmac::Context::with_key(&key);
            for piece in signed_pieces(body) {
                context.update(piece);
            }
            equal_in_constant_time(context.sign().as_ref(), &tag)
        };
        compare(report, case, "aws-lc-rs, HMAC alone", body, |body| ours.verify(body), aws);
    }
    let ring_key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
    let ring = |body: &[u8]| {
        let mut context = ring::hmac::Context::with_key(&ring_key);
        for piece in signed_pieces(body) {
            context.update(piece);
        }
        equal_in_constant_time(context.sign().as_ref(), &tag)
    };
    let small_key = hmac_sha256::HMAC::new(SECRET);
    let small = |body: &[u8]| {
        let mut mac = small_key.clone();
        for piece in signed_pieces(body) {
            mac.update(piece);
        }
        equal_in_constant_time(&mac.finalize(), &tag)
    };

    compare(report, case, "ring, HMAC alone", body, |body| ours.verify(body), ring);
    compare(report, case, "hmac-sha256, HMAC alone", body, |body| ours.verify(body), small);
}

/// Checks that both accept the genuine body and refuse a tampered one, then times the genuine one.
pub fn compare(
    report: &mut Report,
    case: &str,
    peer: &str,
    body: &[u8],
    ours: impl Fn(&[u8]) -> bool,
    theirs: impl Fn(&[u8]) -> bool,
) {
    let mut tampered = body.to_vec();
    tampered[body.len() / 2] ^= 1;
    assert!(ours(body) && !ours(&tampered), "{case}: ours accepts the genuine body and no other");
    assert!(theirs(body) && !theirs(&tampered), "{case}: {peer} accepts the genuine body and no other");

    let run_ours = || assert!(black_box(ours(black_box(body))));
    let run_theirs = || assert!(black_box(theirs(black_box(body))));
    report.compare(case, body.len(), peer, run_ours, run_theirs);
}

struct Ours {
    webhook: Webhook,
    headers: Vec<(String, String)>,
    tag: [u8; 32],
}

impl Ours {
    fn new(body: &[u8]) -> Self {
        let webhook = Webhook::new(Secret::new(SECRET).expect("a usable secret"));
        let signed = webhook.sign(body, SENT, Nonce::from_bytes([7; 16])).expect("a usable timestamp");
        let [_, (_, signature), _] = signed.pairs();
        let tag = decode_hex(signature);
        let length = body.len().to_string();
        let around = [
            ("Host", "receiver.example"),
            ("User-Agent", "axios/1.13.2"),
            ("Accept", "application/json, text/plain, */*"),
            ("Content-Type", "application/json"),
            ("Content-Length", &length),
            ("Accept-Encoding", "gzip, compress, deflate, br"),
            ("X-Forwarded-For", "203.0.113.7"),
        ];
        // A proxy's header comes last, the sender's own ones among the others.
        let (before, after) = around.split_at(5);
        let headers = [before, &signed.pairs(), after].concat();
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { webhook, headers, tag }
    }

    fn verify(&self, body: &[u8]) -> bool {
        let delivery = self.webhook.verify(body, black_box(&self.headers), black_box(NOW));
        delivery.is_ok_and(|delivery| delivery.payload().len() == body.len())
    }
}

fn signed_pieces(body: &[u8]) -> [&[u8]; 3] {
    [black_box(b"1735066639761"), b":", body]
}

fn equal_in_constant_time(a: &[u8], b: &[u8; 32]) -> bool {
    a.len() == b.len() && black_box(a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b))) == 0
}

fn decode_hex(digits: &str) -> [u8; 32] {
    std::array::from_fn(|index| u8::from_str_radix(&digits[2 * index..2 * index + 2], 16).expect("hex digits"))
}

/// As Twenty generates them: 64 hex digits, used as text.
pub const SECRET: &str = "3b1f0a7c9d2e4856b7a0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f40516";
const SENT: Timestamp = Timestamp::from_unix_millis(1_735_066_639_761);
const NOW: Timestamp = Timestamp::from_unix_millis(1_735_066_640_012);
