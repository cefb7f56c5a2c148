//! Why a delivery was refused: what is wrong with a request, all of it, and which mistake reproduces its signature.
//!
//! The idea: a mistake on the way is undone, and what comes of it is signed. If that gives the signature that was sent, the
//! mistake is proved. One mistake of each kind is tried alone, then two together, the likeliest first.
//!
//! Nothing here accepts anything, and nothing that is told holds a secret or a signature that was expected.

mod bodies;
mod charset;
mod code;
mod damage;
mod head;
mod python;
mod search;
mod secrets;
mod signatures;
mod style;
mod time;
mod wrapped;

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub use code::Cause;

use crate::{Code, Event, Headers, Options, Secret, Timestamp, VerifyError, Webhook, mac, signature::hex_text};
use head::Head;
use search::{Found, Search};

/// What is known of a request that was refused.
#[derive(Clone, Debug)]
pub struct Evidence<'a, H: ?Sized> {
    secrets: &'a [&'a [u8]],
    headers: &'a H,
    body: &'a [u8],
    now: Timestamp,
    others: &'a [&'a [u8]],
    method: Option<&'a str>,
    url: Option<&'a str>,
    options: Options,
}

impl<'a, H: Headers + ?Sized> Evidence<'a, H> {
    /// The secrets as they are configured, with whatever surrounds them; the headers and the body as they arrived, and when.
    pub fn new(secrets: &'a [&'a [u8]], headers: &'a H, body: &'a [u8], now: Timestamp) -> Self {
        Self { secrets, headers, body, now, others: &[], method: None, url: None, options: Options::default() }
    }

    /// Secrets of other webhooks, one of which it may have been signed with.
    #[must_use]
    pub fn others(mut self, secrets: &'a [&'a [u8]]) -> Self {
        self.others = secrets;
        self
    }

    /// The request's method.
    #[must_use]
    pub fn method(mut self, method: &'a str) -> Self {
        self.method = Some(method);
        self
    }

    /// The whole address the request was sent to.
    #[must_use]
    pub fn url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }

    /// The options of the webhook that refused it.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Finds what is wrong with it.
    ///
    /// At most 256 MiB are hashed. Two mistakes together are looked for in bodies of up to 20 kB.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Nonce, Secret, Timestamp, Webhook, diagnose::{Cause, Evidence}};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let now = Timestamp::from_unix_millis(1_735_066_639_761);
    /// let sent = br#"{"eventName":"person.created","record":{"id":"1"}}"#;
    /// let headers = Webhook::new(Secret::new("a secret")?).sign(sent, now, Nonce::from_bytes([7; 16]))?;
    ///
    /// let arrived = br#"{"eventName": "person.created", "record": {"id": "1"}}"#;
    /// let diagnosis = Evidence::new(&[b"a secret\n"], &headers, arrived, now).diagnose();
    /// let causes: Vec<_> = diagnosis.findings().iter().map(|finding| finding.cause()).collect();
    /// assert_eq!(causes, [Cause::SecretHasBlanks, Cause::BodyPrintedByPython]);
    /// assert!(diagnosis.findings().iter().all(|finding| finding.is_proved()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn diagnose(&self) -> Diagnosis {
        let verdict = self.verdict();
        let mut findings = Vec::new();
        if verdict.is_ok() {
            return Diagnosis { verdict: None, findings, is_complete: true };
        }
        let head = Head::read(self.headers, self.options.header_prefix());
        let search = Search::new(self.secrets, self.others, &head, self.body, self.url);
        let (found, is_complete) = search.run();
        if let Some(Found { causes }) = &found {
            findings.extend(causes.iter().map(|&cause| Finding::new(cause, true, String::new())));
        }
        let is_proved = found.is_some();
        findings.extend(head.findings(is_proved));
        findings.extend(time::findings(&head, self.now, self.options.tolerance(), is_proved));
        if !is_proved {
            findings.extend(self.likely(&head));
        }
        findings.dedup_by_key(|finding| finding.cause);
        Diagnosis { verdict: verdict.err(), findings, is_complete }
    }

    fn verdict(&self) -> Result<(), Code> {
        let mut secrets = self.secrets.iter().map(|secret| Secret::from_bytes(secret));
        let first = secrets.next().unwrap_or_else(|| Secret::from_bytes(b"")).map_err(|error| error.code())?;
        let mut webhook = Webhook { secret: first, others: arrayvec::ArrayVec::new(), options: self.options.clone() };
        for secret in secrets {
            webhook = secret.and_then(|secret| webhook.also_accept(secret)).map_err(|error| error.code())?;
        }
        let verified = webhook.verify(self.body, self.headers, self.now);
        verified.map(drop).map_err(|error: VerifyError| error.code())
    }

    /// What shows although nothing reproduces the signature.
    fn likely(&self, head: &Head<'_>) -> Vec<Finding> {
        let mut findings: Vec<_> = Vec::new();
        let mut add = |cause, detail| findings.push(Finding::new(cause, false, detail));
        if self.method.is_some_and(|method| !method.eq_ignore_ascii_case("POST")) {
            add(Cause::Redirected, String::new());
        } else if let Some((cause, detail)) = damage::of(self.body, head.content_length()) {
            add(cause, detail);
        }
        for cause in self.secrets.iter().filter_map(|secret| secrets::nature(secret)) {
            add(cause, String::new());
        }
        if findings.is_empty() && head.has_signature() {
            findings.push(Finding::new(Cause::OtherSecret, false, self.claims()));
        }
        findings
    }

    /// What the body says of its webhook: it is not authenticated, so it only tells where to look.
    fn claims(&self) -> String {
        let event = Event::read(self.body);
        let claims = [("webhook", event.webhook_id()), ("workspace", event.workspace_id()), ("target URL", event.target_url())];
        let told = claims.iter().filter_map(|(what, claim)| claim.map(|claim| format!("{what} {}", shown(claim))));
        let told = told.collect::<Vec<_>>().join(", ");
        if told.is_empty() { told } else { format!("The body claims to come from {told}.") }
    }
}

/// What is wrong with a request.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    verdict: Option<Code>,
    findings: Vec<Finding>,
    is_complete: bool,
}

impl Diagnosis {
    /// Why it was refused; `None` if it is authentic.
    pub const fn verdict(&self) -> Option<Code> {
        self.verdict
    }

    /// What is wrong, what is proved first; nothing of an authentic delivery.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether everything was tried: if not, so much was to be hashed that the search ended early.
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    cause: Cause,
    is_proved: bool,
    /// What this request shows of it, in a sentence; empty where there is nothing to add.
    detail: String,
}

impl Finding {
    fn new(cause: Cause, is_proved: bool, detail: String) -> Self {
        Self { cause, is_proved, detail }
    }

    /// Which it is.
    pub const fn cause(&self) -> Cause {
        self.cause
    }

    /// Whether undoing it reproduces the signature. If not, it is likely.
    pub const fn is_proved(&self) -> bool {
        self.is_proved
    }

    /// What happened, in words.
    pub fn explanation(&self) -> String {
        let sentence = self.cause.explanation();
        if self.detail.is_empty() { sentence.to_string() } else { format!("{sentence} {}", self.detail) }
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        self.cause.remedy()
    }
}

/// Eight hex digits by which the secrets of two places can be compared, the same in every language.
///
/// # Example
///
/// ```
/// assert_eq!(twenty_webhook::diagnose::fingerprint(b"a secret").len(), 8);
/// ```
pub fn fingerprint(secret: &[u8]) -> String {
    // Of a tag of its own, so that it is no digest of the secret that a table could have.
    let mut mac = mac::Key::new(secret).start();
    mac.feed(b"twenty-webhook/fingerprint/1");
    hex_text::<8>(&mac.tag()[..4]).as_str().to_string()
}

/// Of a text that others wrote: no control characters, and not too much.
fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(SHOWN_CHARACTERS).collect()
}

const SHOWN_CHARACTERS: usize = 100;

#[cfg(test)]
mod tests;
