//! Why a delivery was refused: what is wrong with a request, all of it, and which mistake reproduces its signature.
//!
//! A mistake on the way is undone, and what comes of it is signed. If that gives the signature that was sent, the mistake is
//! proved. One mistake of each kind is tried alone, then two together. What cannot be undone is told by its looks.
//!
//! Nothing here accepts anything, and nothing that is told holds a secret or a signature that was expected.

mod bodies;
mod captured;
mod cause;
mod charset;
mod damage;
mod finding;
mod head;
mod likely;
mod printed;
mod python;
mod search;
mod secrets;
mod sets;
mod signatures;
#[cfg(feature = "host")]
mod signed_parts;
mod spelling;
mod style;
mod time;
mod wrapped;

use alloc::{string::String, vec::Vec};
use core::fmt;

use arrayvec::ArrayVec;

pub use captured::{CaptureError, CapturedRequest, captured_requests, captured_requests_with_files};
pub use cause::{Cause, UnknownCause};
pub use finding::{Certainty, Diagnosis, Finding};
pub use secrets::fingerprint;
pub use sets::{CauseCount, DeliverySet, SetDiagnosis};
pub use time::timestamp_of;

use crate::{Code, Delivery, Headers, Options, Secret, Timestamp, VerifyError, Webhook};
use head::Head;
use search::Search;

/// What is known of a request that was refused.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Timestamp, diagnose::{Cause, Evidence}};
///
/// let headers = [("User-Agent", "curl/8.5.0")];
/// let now = Timestamp::from_unix_millis(1_735_066_639_761);
/// let diagnosis = Evidence::new(&[b"a secret"], &headers, b"{}", now).method("POST").diagnose();
/// assert_eq!(diagnosis.findings()[0].cause(), Cause::TestTool);
/// ```
#[derive(Clone)]
pub struct Evidence<'a, H: ?Sized> {
    secrets: Vec<&'a [u8]>,
    headers: &'a H,
    body: &'a [u8],
    now: Timestamp,
    others: &'a [&'a [u8]],
    method: Option<&'a str>,
    url: Option<&'a str>,
    options: Options,
    most_hashed: usize,
    #[cfg(feature = "host")]
    is_text: bool,
}

impl<'a, H: Headers + ?Sized> Evidence<'a, H> {
    /// Takes the secrets as they are configured, with whatever surrounds them; the headers and the body as they arrived, and when.
    pub fn new(secrets: &[&'a [u8]], headers: &'a H, body: &'a [u8], now: Timestamp) -> Self {
        Self {
            secrets: secrets.to_vec(),
            headers,
            body,
            now,
            others: &[],
            method: None,
            url: None,
            options: Options::default(),
            most_hashed: MOST_HASHED,
            #[cfg(feature = "host")]
            is_text: false,
        }
    }

    /// Takes the secrets and the options of the webhook that refused it.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Secret, Timestamp, Webhook, diagnose::{Cause, Evidence}};
    ///
    /// # fn main() -> Result<(), twenty_webhook::ConfigError> {
    /// let webhook = Webhook::new(Secret::new("a secret")?);
    /// let evidence = Evidence::of(&webhook, &[("User-Agent", "curl/8.5.0")], b"{}", Timestamp::from_unix_millis(0));
    /// assert_eq!(evidence.diagnose().findings()[0].cause(), Cause::TestTool);
    /// # Ok(())
    /// # }
    /// ```
    pub fn of(webhook: &'a Webhook, headers: &'a H, body: &'a [u8], now: Timestamp) -> Self {
        let secrets: Vec<_> = webhook.secrets().map(|secret| &secret.text[..]).collect();
        Self::new(&secrets, headers, body, now).options(webhook.options().clone())
    }

    /// Adds secrets of other webhooks, with one of which it may have been signed.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Nonce, Secret, Timestamp, Webhook, diagnose::{Cause, Evidence}};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let now = Timestamp::from_unix_millis(1_735_066_639_761);
    /// let headers = Webhook::new(Secret::new("that of staging")?).sign(b"{}", now, Nonce::from_bytes([7; 16]))?;
    /// let evidence = Evidence::new(&[b"that of production"], &headers, b"{}", now).others(&[b"that of staging"]);
    /// assert_eq!(evidence.diagnose().findings()[0].cause(), Cause::SecretOfAnother);
    /// # Ok(())
    /// # }
    /// ```
    pub fn others(mut self, secrets: &'a [&'a [u8]]) -> Self {
        self.others = secrets;
        self
    }

    /// Adds the request's method.
    pub fn method(mut self, method: &'a str) -> Self {
        self.method = Some(method);
        self
    }

    /// Adds the whole address that the request was sent to.
    pub fn url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }

    /// Sets the options of the webhook that refused it.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// For who cannot spend that much on a request.
    pub(crate) fn most_hashed(mut self, bytes: usize) -> Self {
        self.most_hashed = bytes;
        self
    }

    /// The body is a host's text, which may hold unpaired surrogates, as WTF-8.
    #[cfg(feature = "host")]
    pub(crate) fn text(mut self) -> Self {
        self.is_text = true;
        self
    }

    /// Finds what is wrong with it.
    ///
    /// At most 256 MiB are hashed. Two mistakes together are looked for in bodies of up to 20 kB.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::{Nonce, Secret, Timestamp, Webhook, diagnose::{Cause, Certainty, Evidence}};
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
    /// assert!(diagnosis.findings().iter().all(|finding| finding.certainty() == Certainty::Proved));
    /// # Ok(())
    /// # }
    /// ```
    pub fn diagnose(&self) -> Diagnosis {
        let Err(verdict) = self.verdict(self.now) else {
            return Diagnosis { verdict: None, findings: Vec::new(), is_complete: true };
        };
        let head = Head::read(self.headers, self.options.header_prefix());
        let (found, is_complete) = Search::new(self, &head).run();
        let is_proved = found.is_some();
        let mut findings = Vec::new();
        if let Some(found) = found {
            findings.extend(likely::refused_secrets(&self.secrets, &found));
            findings.splice(..0, found.causes.into_iter().map(|cause| Finding::proved(cause, String::new())));
        }
        findings.extend(head.findings(is_proved));
        findings.extend(time::findings(&head, self, is_proved));
        if verdict == Code::PayloadTooLarge {
            findings.push(Finding::new(Cause::BodyTooLarge, is_proved, String::new()));
        }
        if is_proved {
            if findings.is_empty() {
                findings.push(likely::refused(verdict));
            }
        } else {
            findings.extend(likely::findings(self, &head, verdict));
            findings.extend(likely::other_secret(self, &findings));
            findings.extend(damage::weak(self.body, &head));
        }
        let mut known = Vec::new();
        findings.retain(|finding| {
            let is_new = !known.contains(&finding.cause());
            known.push(finding.cause());
            is_new
        });
        findings.sort_by_key(Finding::certainty);
        Diagnosis { verdict: Some(verdict), findings, is_complete: is_complete || is_proved }
    }

    /// That of the webhook that the receiver would make, which may have more secrets here than one webhook takes.
    fn verdict(&self, now: Timestamp) -> Result<(), Code> {
        let secrets: Result<Vec<_>, _> = self.secrets.iter().map(|secret| Secret::from_bytes(secret)).collect();
        let secrets = secrets.map_err(|error| error.code())?;
        let mut verdict = Err(Code::SecretEmpty);
        for secret in secrets {
            let webhook = Webhook { secret, others: ArrayVec::new(), options: self.options.clone() };
            verdict = self.verified(&webhook, now).map(drop).map_err(|error| error.code());
            if verdict.is_ok() {
                break;
            }
        }
        verdict
    }

    fn verified(&self, webhook: &Webhook, now: Timestamp) -> Result<Delivery<'_>, VerifyError> {
        #[cfg(feature = "host")]
        if self.is_text {
            return webhook.verify_text(self.body, self.headers, now);
        }
        webhook.verify(self.body, self.headers, now)
    }
}

/// Without the secrets, and without the body, which may hold one.
impl<H: ?Sized> fmt::Debug for Evidence<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence").field("now", &self.now).field("options", &self.options).finish_non_exhaustive()
    }
}

const MOST_HASHED: usize = 256 * 1024 * 1024;
