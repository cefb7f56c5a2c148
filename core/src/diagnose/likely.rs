//! What shows where nothing reproduces the signature.

use alloc::{format, string::String, vec::Vec};

use super::{Cause, Evidence, Finding, bodies, damage, head::Head, search::Found, secrets, signatures};
use crate::{
    Code, Event, Headers, Secret,
    shown::{Quoted, without_user},
};

pub(super) fn findings<H: Headers + ?Sized>(
    evidence: &Evidence<'_, H>,
    head: &Head<'_>,
    verdict: Code,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |cause, detail| findings.push(Finding::likely(cause, detail));
    if evidence.method.is_some_and(|method| !method.eq_ignore_ascii_case("POST")) {
        add(Cause::Redirected, String::new());
    } else if let Some((cause, detail)) = damage::of(evidence.body, head.content_length()) {
        add(cause, detail);
    } else if let Some(causes) = bodies::looks(evidence.body) {
        for cause in causes {
            add(cause, String::new());
        }
    } else if matches!(verdict, Code::PayloadNotJson | Code::PayloadNotUtf8 | Code::PayloadTooDeep) {
        add(Cause::BodyNotJson, String::new());
    }
    for cause in evidence.secrets.iter().flat_map(|secret| secrets::looks(secret)) {
        add(cause, String::new());
    }
    if evidence.secrets.is_empty() {
        add(Cause::SecretIsLiteral, String::new());
    }
    if head.signature().is_some_and(|signature| signatures::read(signature).is_none()) {
        add(Cause::SignatureMalformed, String::new());
    }
    findings
}

/// Another secret, where nothing that was found explains why no mistake reproduces the signature.
pub(super) fn other_secret<H: ?Sized>(evidence: &Evidence<'_, H>, findings: &[Finding]) -> Option<Finding> {
    let explains = |finding: &Finding| !BESIDE.contains(&finding.cause());
    (!findings.iter().any(explains)).then(|| Finding::likely(Cause::OtherSecret, compared(evidence)))
}

/// What changes nothing of the signature, and what was undone without giving it.
const BESIDE: [Cause; 20] = [
    Cause::OtherPrefix,
    Cause::BodyTooLarge,
    Cause::NowInSeconds,
    Cause::SentInFuture,
    Cause::SentTooLongAgo,
    Cause::SavedLongAgo,
    Cause::BodyPrintedAgain,
    Cause::BodyPrintedByPython,
    Cause::BodyPrintedByPhp,
    Cause::BodyIndented,
    Cause::BodyLineEndAdded,
    Cause::BodyHasByteOrderMark,
    Cause::BodyQuoted,
    Cause::BodyFormEncoded,
    Cause::BodyInBase64,
    Cause::BodyIsPrintedBuffer,
    Cause::BodyIsPythonBytes,
    Cause::BodyWrapped,
    Cause::BodyCompressed,
    Cause::BodyInUtf16,
];

/// What is wrong with a request whose signature is good as it came, where nothing else shows.
pub(super) fn refused(verdict: Code) -> Finding {
    let cause = match verdict {
        Code::RepeatedHeader => Cause::HeaderRepeated,
        Code::MissingHeader => Cause::SignatureHeaderMissing,
        Code::MalformedTimestamp => Cause::TimestampMalformed,
        Code::MalformedSignature => Cause::SignatureMalformed,
        _ => Cause::OtherPayloadForm,
    };
    Finding::proved(cause, String::new())
}

/// The secrets that no webhook takes: beside the one that signed, or that one itself, if it needed no mending.
pub(super) fn refused_secrets(secrets: &[&[u8]], found: &Found) -> Vec<Finding> {
    let refused = secrets.iter().enumerate().filter_map(|(number, secret)| {
        let cause = match Secret::from_bytes(secret).err()?.code() {
            Code::SecretHasWhitespace => Cause::SecretHasBlanks,
            Code::SecretHasInvisibleCharacters => Cause::SecretHasInvisibleCharacters,
            _ => Cause::SecretIsLiteral,
        };
        let odd = match found.secret {
            Some(signing) if signing == number && !found.is_secret_mended => {
                "Twenty signs with it as it is: set another secret there, too."
            }
            Some(signing) if signing == number => return None,
            _ => "",
        };
        Some(Finding::proved(cause, odd.into()))
    });
    refused.collect()
}

/// What tells two secrets apart: the fingerprints of those in use, and what the body says of its webhook. It is not
/// authenticated, so it only tells where to look.
fn compared<H: ?Sized>(evidence: &Evidence<'_, H>) -> String {
    let prints: Vec<_> = evidence.secrets.iter().map(|secret| secrets::fingerprint(secret)).collect();
    let event = Event::read(evidence.body);
    // The query may hold a token.
    let target = event.target_url().and_then(|url| url.split(['?', '#']).next()).map(without_user);
    let claims =
        [("webhook", event.webhook_id()), ("workspace", event.workspace_id()), ("target URL", target.as_deref())];
    let told = claims.iter().filter_map(|(what, claim)| claim.map(|claim| format!("{what} {}", Quoted(claim))));
    let told = told.collect::<Vec<_>>().join(", ");
    let claimed = if told.is_empty() { told } else { format!(" The body claims to come from {told}.") };
    match prints.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            format!("The fingerprints of the secrets in use are {} and {last}.{claimed}", first.join(", "))
        }
        _ => format!("The fingerprint of the secret in use is {}.{claimed}", prints.concat()),
    }
}
