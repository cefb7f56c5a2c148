//! What the refused of many deliveries have in common.

mod kinds;
mod patterns;
mod traits;

use alloc::{borrow::ToOwned, collections::BTreeMap, format, string::String, vec::Vec};

use super::{Cause, Evidence, Finding};
use crate::{Headers, Timestamp};
use kinds::Kinds;
use traits::{Seen, Traits};

/// Deliveries that are looked at one after another, for what the refused ones have in common.
///
/// It remembers counts and extremes, and no delivery. Each is verified. Those that are refused are diagnosed, until ten of a kind
/// had the same causes: more of that kind are taken to have them, too.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Nonce, Secret, Timestamp, Webhook, diagnose::{Cause, DeliverySet, Evidence}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let now = Timestamp::from_unix_millis(1_735_066_639_761);
/// let headers = Webhook::new(Secret::new("that of staging")?).sign(b"{}", now, Nonce::from_bytes([7; 16]))?;
///
/// let mut set = DeliverySet::default();
/// for name in ["1.json", "2.json", "3.json"] {
///     set.add(name, &Evidence::new(&[b"that of production"], &headers, b"{}", now));
/// }
/// let told = set.diagnosis();
/// assert_eq!((told.deliveries(), told.authentic(), told.refused()), (3, 0, 3));
/// assert_eq!(told.findings()[0].cause(), Cause::OtherSecret);
/// assert_eq!(told.causes()[0].example(), "1.json");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct DeliverySet {
    authentic: u64,
    refused: u64,
    /// Of those whose signature is good, some of which are too old.
    signed: Traits,
    others: Traits,
    kinds: Kinds,
    causes: BTreeMap<Cause, CauseCount>,
}

impl DeliverySet {
    /// Looks at one more, which a person knows by this name.
    pub fn add<H: Headers + ?Sized>(&mut self, name: &str, evidence: &Evidence<'_, H>) {
        let seen = Seen::of(evidence);
        let Err(verdict) = evidence.verdict(evidence.now) else {
            self.authentic += 1;
            self.signed.note(&seen);
            return;
        };
        self.refused += 1;
        let is_signed = seen.sent.is_some_and(|sent| evidence.verdict(Timestamp::from_unix_millis(sent)).is_ok());
        let traits = if is_signed { &mut self.signed } else { &mut self.others };
        traits.note(&seen);
        for finding in self.kinds.findings((verdict, is_signed), &seen, evidence) {
            self.causes.entry(finding.cause()).or_insert_with(|| CauseCount::first(finding, name)).note(finding);
        }
    }

    /// What was found.
    pub fn diagnosis(&self) -> SetDiagnosis {
        let mut causes: Vec<_> = self.causes.values().cloned().collect();
        causes.sort_by_key(|cause| core::cmp::Reverse(cause.count));
        let is_common = |cause: &&CauseCount| cause.count == self.refused;
        let mut findings: Vec<_> = causes.iter().filter(is_common).map(|cause| cause.of_all(self.refused)).collect();
        findings.extend(patterns::between(&self.signed, &self.others));
        findings.sort_by_key(Finding::certainty);
        let searched = self.kinds.searched();
        SetDiagnosis { authentic: self.authentic, refused: self.refused, searched, findings, causes }
    }
}

/// What is told of many deliveries: see [`DeliverySet`].
///
/// # Example
///
/// ```
/// use twenty_webhook::diagnose::DeliverySet;
///
/// let told = DeliverySet::default().diagnosis();
/// assert_eq!((told.deliveries(), told.searched()), (0, 0));
/// assert!(told.findings().is_empty() && told.causes().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetDiagnosis {
    authentic: u64,
    refused: u64,
    searched: u64,
    findings: Vec<Finding>,
    causes: Vec<CauseCount>,
}

impl SetDiagnosis {
    /// How many there are.
    pub const fn deliveries(&self) -> u64 {
        self.authentic + self.refused
    }

    /// How many are authentic.
    pub const fn authentic(&self) -> u64 {
        self.authentic
    }

    /// How many are refused.
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    /// How many of the refused were searched for every mistake. The others were only verified, because they look like these.
    pub const fn searched(&self) -> u64 {
        self.searched
    }

    /// What all that are refused have in common, and what sets them apart from the authentic ones.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Each cause, the most frequent first.
    pub fn causes(&self) -> &[CauseCount] {
        &self.causes
    }
}

/// How often a cause occurs among many deliveries.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Timestamp, diagnose::{Cause, Certainty, DeliverySet, Evidence}};
///
/// let headers: [(&str, &str); 0] = [];
/// let mut set = DeliverySet::default();
/// set.add("1.json", &Evidence::new(&[b"a secret"], &headers, b"{}", Timestamp::from_unix_millis(0)));
/// let told = set.diagnosis();
/// let [cause] = told.causes() else { panic!("one cause") };
/// assert_eq!(cause.finding().cause(), Cause::NoSignatureHeaders);
/// assert_eq!((cause.count(), cause.example(), cause.finding().certainty()), (1, "1.json", Certainty::Likely));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseCount {
    finding: Finding,
    /// Whether they all show the same of it.
    is_same: bool,
    count: u64,
    example: String,
}

impl CauseCount {
    fn first(finding: &Finding, name: &str) -> Self {
        Self { finding: finding.clone(), is_same: true, count: 0, example: name.to_owned() }
    }

    fn note(&mut self, finding: &Finding) {
        self.count += 1;
        self.finding = self.finding.clone().no_surer_than(finding);
        self.is_same &= self.finding.explanation() == finding.explanation();
    }

    /// Of all that are refused.
    fn of_all(&self, refused: u64) -> Finding {
        let cause = self.finding.cause();
        let bare = || Finding::proved(cause, String::new()).no_surer_than(&self.finding);
        let finding = if self.is_same { self.finding.clone() } else { bare() };
        if refused == 1 { finding } else { finding.and(&format!("So it is with all {refused} that are refused.")) }
    }

    /// That of the example. It is proved if it is in all of them.
    pub const fn finding(&self) -> &Finding {
        &self.finding
    }

    /// In how many deliveries it occurs.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The name of one of them.
    pub fn example(&self) -> &str {
        &self.example
    }
}

#[cfg(test)]
mod tests;
