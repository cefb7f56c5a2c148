//! Findings in the log: of small bodies, and seldom, because whoever sends forged requests chooses how often that is.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::sync::atomic::{AtomicU32, Ordering};

#[cfg(feature = "host")]
use crate::headers::HeaderNames;
use crate::{Headers, Timestamp, Webhook, diagnose::Evidence};

/// When a receiver diagnosed last, in seconds since 1970; 0 if it never did.
#[derive(Debug, Default)]
pub(super) struct Diagnosing(AtomicU32);

impl Diagnosing {
    /// What is wrong with a request, in sentences, or why nobody looked.
    pub(super) fn told<H>(&self, webhook: &Webhook, headers: &H, body: &[u8], now: Timestamp) -> String
    where
        H: Headers + ?Sized,
    {
        if body.len() > MOST_BYTES {
            return format!("It was not diagnosed, because its body has more than {MOST_BYTES} bytes.");
        }
        if !self.is_due(now) {
            return format!("It was not diagnosed, because another was less than {SECONDS_BETWEEN} seconds ago.");
        }
        #[cfg(feature = "host")]
        let headers = &named(webhook, headers);
        let evidence = Evidence::of(webhook, headers, body, now).method("POST").most_hashed(MOST_HASHED);
        let diagnosis = evidence.diagnose();
        let told = diagnosis.findings().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let left_out = if diagnosis.is_complete() { "" } else { LEFT_OUT };
        format!("Diagnosis: {told}{left_out}")
    }

    /// A clock that was set back counts as one that has gone on.
    fn is_due(&self, now: Timestamp) -> bool {
        let seconds = u32::try_from(now.unix_millis() / 1_000).unwrap_or(u32::MAX);
        let last = self.0.load(Ordering::Relaxed);
        let is_due = last == 0 || last.abs_diff(seconds) >= SECONDS_BETWEEN;
        // Of two at the same moment one goes on.
        is_due && self.0.compare_exchange(last, seconds, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// With their names, where a host has found the values and shows none.
#[cfg(feature = "host")]
fn named<'h, H: Headers + ?Sized>(webhook: &Webhook, headers: &'h H) -> Vec<(Vec<u8>, &'h [u8])> {
    let mut pairs = Vec::new();
    headers.visit(|name, value| pairs.push((name.to_vec(), value)));
    if pairs.is_empty() {
        let (names, prefix) = (webhook.header_names(), HeaderNames(&webhook.options.header_prefix));
        let name_of = |number: usize| names[number].as_ref().as_bytes().to_vec();
        headers.visit_named(&prefix, |number, value| pairs.push((name_of(number), value)));
    }
    pairs
}

const LEFT_OUT: &str = " Not every mistake was tried: that takes too long for a receiver with a body of this size. \
    `twenty-webhook diagnose` searches a saved delivery for longer.";
const MOST_BYTES: usize = 64 * 1024;
/// A tenth of a second where the processor hashes slowly, of every five.
const MOST_HASHED: usize = 32 * 1024 * 1024;
const SECONDS_BETWEEN: u32 = 5;

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::Secret;

    fn told(diagnosing: &Diagnosing, body: &[u8], seconds: u64) -> String {
        told_of(diagnosing, body, "00", seconds)
    }

    fn told_of(diagnosing: &Diagnosing, body: &[u8], signature: &str, seconds: u64) -> String {
        let webhook = Webhook::new(Secret::new("a secret").unwrap_or_else(|_| unreachable!()));
        let headers = [("X-Twenty-Webhook-Timestamp", "0"), ("X-Twenty-Webhook-Signature", signature)];
        diagnosing.told(&webhook, &headers, body, Timestamp::from_unix_millis(seconds * 1_000))
    }

    #[test]
    fn one_in_five_seconds_is_diagnosed_whichever_way_the_clock_goes() {
        let diagnosing = Diagnosing::default();
        let is_diagnosed =
            [100, 100, 104, 105, 106, 50, 54, 45].map(|at| told(&diagnosing, b"{}", at).starts_with("Diagnosis: "));
        assert_eq!(is_diagnosed, [true, false, false, true, false, true, false, true]);
        assert!(told(&diagnosing, b"{}", 45).contains("another was less than 5 seconds ago"));
    }

    #[test]
    fn a_large_body_is_not_diagnosed_and_takes_no_turn_of_another() {
        let diagnosing = Diagnosing::default();
        assert!(told(&diagnosing, &vec![b' '; MOST_BYTES + 1], 100).contains("its body has more than 65536 bytes"));
        assert!(told(&diagnosing, &vec![b' '; MOST_BYTES], 100).starts_with("Diagnosis: "));
    }

    /// The signature is one of nothing, so that two mistakes together would be looked for in a smaller body.
    #[test]
    fn a_search_that_ended_early_is_told_with_where_to_go_on() {
        let body = vec![b'7'; 30_000];
        let told = told_of(&Diagnosing::default(), &body, &"0".repeat(64), 100);
        assert!(told.contains("Not every mistake was tried: ") && told.contains("`twenty-webhook diagnose`"), "{told}");
        assert!(!told_of(&Diagnosing::default(), b"7", &"0".repeat(64), 100).contains("Not every mistake"));
    }
}
