//! Kinds of refused deliveries: of each, some are searched for every mistake.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use super::Seen;
use crate::{
    Code, Headers,
    diagnose::{Cause, Evidence, Finding},
};

/// What looks the same without a search: the verdict, at the arrival and when it was sent, letters outside ASCII, the damage that
/// shows, the webhook.
type Kind = (&'static str, bool, bool, Option<Cause>, Option<String>);

#[derive(Debug, Default)]
pub(super) struct Kinds {
    known: BTreeMap<Kind, Alike>,
    searched: u64,
    searched_bytes: usize,
}

/// What the last that was searched had.
#[derive(Debug, Default)]
struct Alike {
    findings: Vec<Finding>,
    /// How many in a row had these causes.
    times: u32,
}

impl Kinds {
    /// What is wrong with one that was refused.
    pub(super) fn findings<H: Headers + ?Sized>(
        &mut self,
        (verdict, is_signed): (Code, bool),
        seen: &Seen,
        evidence: &Evidence<'_, H>,
    ) -> &[Finding] {
        let kind = |webhook| (verdict.as_str(), is_signed, seen.has_letters, seen.damage, webhook);
        let own = kind(seen.webhook.clone());
        let is_full = self.known.len() >= MOST_KINDS && !self.known.contains_key(&own);
        let alike = self.known.entry(if is_full { kind(None) } else { own }).or_default();
        if alike.times < ALIKE && self.searched < MOST_SEARCHED && self.searched_bytes < MOST_BYTES {
            self.searched += 1;
            self.searched_bytes += seen.size;
            alike.note(evidence.diagnose().findings());
        }
        &alike.findings
    }

    pub(super) fn searched(&self) -> u64 {
        self.searched
    }
}

impl Alike {
    fn note(&mut self, findings: &[Finding]) {
        let is_same = self.findings.iter().map(Finding::cause).eq(findings.iter().map(Finding::cause));
        self.times = if is_same { self.times + 1 } else { 1 };
        self.findings = findings.to_vec();
    }
}

const ALIKE: u32 = 10;
const MOST_KINDS: usize = 1_000;
/// A search takes some milliseconds, and a third of a second for a megabyte.
const MOST_SEARCHED: u64 = 500;
const MOST_BYTES: usize = 32 * 1024 * 1024;
