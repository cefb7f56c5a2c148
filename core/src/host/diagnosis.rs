//! Diagnosis for the hosts: what they know of a request goes in, one text of JSON comes out.

use alloc::{string::String, vec::Vec};

use super::{
    Failure, Settings, Webhook,
    json::{Object, array},
    webhook::instant,
};
use crate::{
    Secret,
    diagnose::{Diagnosis, Evidence},
};

/// A request that was refused, as a host keeps it.
#[derive(Clone, Debug)]
pub struct RefusedRequest<'a> {
    /// Names and values alternate.
    pub headers: &'a [String],
    /// As it arrived.
    pub body: &'a [u8],
    /// Whether the body is text with unpaired surrogates.
    pub is_ill_formed: bool,
    /// When it arrived, in milliseconds.
    pub now: f64,
    /// See [`Evidence::method`].
    pub method: Option<&'a str>,
    /// See [`Evidence::url`].
    pub url: Option<&'a str>,
    /// See [`Evidence::others`].
    pub others: &'a [&'a [u8]],
}

impl Webhook {
    /// Finds out why this webhook refuses a request; see [`diagnosis_text`].
    pub fn diagnose(&self, request: &RefusedRequest<'_>) -> String {
        request.diagnose(self.core(), None)
    }
}

/// Finds out why a webhook of these secrets, which may be none that a webhook takes, refuses a request.
///
/// # Errors
///
/// Those of [`Webhook::configure`](crate::Webhook::configure).
///
/// # Example
///
/// ```
/// use twenty_webhook::host::{RefusedRequest, Settings, diagnose};
///
/// let headers = ["User-Agent".to_owned(), "curl/8.5.0".to_owned()];
/// let (method, url, others) = (Some("POST"), None, &[][..]);
/// let request = RefusedRequest { headers: &headers, body: b"{}", is_ill_formed: false, now: 0.0, method, url, others };
/// let told = diagnose(&[b"a secret\n"], &Settings::default(), &request).unwrap();
/// assert!(told.starts_with(r#"{"verdict":"secret_has_whitespace","isComplete":true,"findings":[{"code":"#));
/// ```
pub fn diagnose(secrets: &[&[u8]], settings: &Settings, request: &RefusedRequest<'_>) -> Result<String, Failure> {
    let any = crate::Webhook::new(Secret::new("any")?).configure(settings)?;
    Ok(request.diagnose(&any, Some(secrets)))
}

/// As JSON: `verdict` (a code, or `null` where it is authentic), `isComplete`, and the `findings`, each with `code`, `cause`, `remedy`
/// and `certainty`.
pub fn diagnosis_text(diagnosis: &Diagnosis) -> String {
    let findings = diagnosis.findings().iter().map(|finding| {
        Object::new()
            .text("code", Some(finding.cause().as_str()))
            .text("cause", Some(&finding.explanation()))
            .text("remedy", Some(finding.remedy()))
            .text("certainty", Some(finding.certainty().as_str()))
            .end()
    });
    Object::new()
        .nullable("verdict", diagnosis.verdict().map(crate::Code::as_str))
        .raw("isComplete", if diagnosis.is_complete() { "true" } else { "false" })
        .raw("findings", &array(findings))
        .end()
}

impl RefusedRequest<'_> {
    /// Finds out why this webhook refuses it or, with secrets, one that has them in place of its own; see [`diagnosis_text`].
    pub fn diagnose(&self, webhook: &crate::Webhook, secrets: Option<&[&[u8]]>) -> String {
        let pairs = self.pairs();
        let now = instant(self.now);
        let evidence = match secrets {
            None => Evidence::of(webhook, &pairs, self.body, now),
            Some(secrets) => Evidence::new(secrets, &pairs, self.body, now).options(webhook.options().clone()),
        };
        let mut evidence = evidence.others(self.others);
        if self.is_ill_formed {
            evidence = evidence.text();
        }
        if let Some(method) = self.method {
            evidence = evidence.method(method);
        }
        if let Some(url) = self.url {
            evidence = evidence.url(url);
        }
        diagnosis_text(&evidence.diagnose())
    }

    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        self.headers.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect()
    }
}
