//! What the headers show.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Cause, Finding};
use crate::{Headers, shown::Quoted, wire};

/// The headers that matter, under whichever prefix they come.
#[derive(Default)]
pub(super) struct Head<'h> {
    /// In the order of [`wire::WORDS`].
    values: [Option<&'h [u8]>; 3],
    is_repeated: bool,
    /// The prefix that they have, where it is another than the one that is looked for.
    other_prefix: Option<String>,
    is_of_cgi: bool,
    provider: Option<&'static str>,
    tool: Option<String>,
    content_length: Option<usize>,
}

impl<'h> Head<'h> {
    pub(super) fn read<H: Headers + ?Sized>(headers: &'h H, prefix: &str) -> Self {
        let mut head = Self::default();
        let mut others: Vec<(String, usize, &'h [u8])> = Vec::new();
        headers.visit(|name, value| {
            let name = String::from_utf8_lossy(name.get(..LONGEST_NAME).unwrap_or(name)).to_ascii_lowercase();
            match split(&name) {
                Some((start, word)) if start.eq_ignore_ascii_case(prefix) => head.put(word, value),
                Some((start, word)) if others.len() < MOST_OTHERS && is_other(start) => {
                    others.push((start.to_string(), word, value));
                }
                _ => head.look(&name, core::str::from_utf8(value).unwrap_or_default().trim()),
            }
        });
        if head.is_bare() {
            for (start, word, value) in others {
                if head.other_prefix.get_or_insert_with(|| start.clone()) == &start {
                    head.put(word, value);
                }
            }
            // Also where it is that of the option, in other signs.
            head.is_of_cgi = head.other_prefix.take_if(|start| start.contains('_')).is_some();
        }
        head
    }

    /// The first of several values. A comma joins them (RFC 9110 section 5.3).
    fn put(&mut self, word: usize, value: &'h [u8]) {
        self.is_repeated |= self.values[word].is_some();
        let mut values = value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        let first = values.next().unwrap_or_default();
        let mut rest = values.peekable();
        let is_joined = rest.peek().is_some() && rest.all(|other| other.len() == first.len());
        self.is_repeated |= is_joined;
        self.values[word].get_or_insert(if is_joined { first } else { value });
    }

    fn look(&mut self, name: &str, value: &str) {
        if let Some(&(_, provider)) = PROVIDERS.iter().find(|(known, _)| *known == name) {
            self.provider = Some(provider);
        } else if name == "user-agent" {
            self.tool = TOOLS.iter().any(|tool| value.starts_with(tool)).then(|| value.to_string());
        } else if name == "content-length" {
            self.content_length = value.parse().ok();
        }
    }

    fn is_bare(&self) -> bool {
        self.values == [None; 3]
    }

    pub(super) fn timestamp(&self) -> Option<&'h [u8]> {
        self.values[0]
    }

    pub(super) fn signature(&self) -> Option<&'h [u8]> {
        self.values[1]
    }

    pub(super) fn nonce(&self) -> Option<&'h [u8]> {
        self.values[2]
    }

    pub(super) fn content_length(&self) -> Option<usize> {
        self.content_length
    }

    pub(super) fn findings(&self, is_proved: bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut add = |cause, is_proved, detail| findings.push(Finding::new(cause, is_proved, detail));
        if let Some(prefix) = &self.other_prefix {
            add(Cause::OtherPrefix, is_proved, format!("It is {}.", Quoted(prefix)));
        }
        if self.is_of_cgi {
            add(Cause::HeadersNamedByCgi, is_proved, String::new());
        }
        if self.is_repeated {
            add(Cause::HeaderRepeated, is_proved, String::new());
        }
        // The nonce proves nothing, so a delivery is authentic without one.
        let missing = [wire::TIMESTAMP, wire::SIGNATURE].into_iter().zip(self.values);
        let missing: Vec<_> = missing.filter(|(_, value)| value.is_none()).map(|(word, _)| word).collect();
        match (self.is_bare(), self.provider, &self.tool) {
            (true, Some(provider), _) => add(Cause::OtherProvider, false, format!("They are those of {provider}.")),
            (true, None, Some(tool)) => add(Cause::TestTool, false, format!("It calls itself {}.", Quoted(tool))),
            (true, None, None) => add(Cause::NoSignatureHeaders, false, String::new()),
            (false, ..) if missing.is_empty() => {}
            (false, ..) => add(Cause::SignatureHeaderMissing, is_proved, format!("Missing: {}.", missing.join(", "))),
        }
        findings
    }
}

/// The prefix, and the number of the word that follows.
fn split(name: &str) -> Option<(&str, usize)> {
    let mut words = wire::WORDS.iter().enumerate();
    words.find_map(|(number, word)| Some((name.strip_suffix(&word.to_ascii_lowercase())?, number)))
}

/// In the signs of HTTP, or in those of CGI. Standard Webhooks has the word alone.
fn is_other(start: &str) -> bool {
    start.ends_with("-webhook-") || start.ends_with("_webhook_")
}

/// Longer than any name that matters.
const LONGEST_NAME: usize = 128;
const MOST_OTHERS: usize = 12;

/// Names of headers, and whose they are.
const PROVIDERS: [(&str, &str); 10] = [
    ("stripe-signature", "Stripe"),
    ("x-hub-signature-256", "GitHub or Meta"),
    ("svix-signature", "Svix"),
    ("webhook-signature", "Standard Webhooks"),
    ("x-slack-signature", "Slack"),
    ("x-shopify-hmac-sha256", "Shopify"),
    ("x-gitlab-token", "GitLab"),
    ("x-hubspot-signature-v3", "HubSpot"),
    ("linear-signature", "Linear"),
    ("paddle-signature", "Paddle"),
];

/// What the user agents begin with of tools that people test with. Not axios, with which Twenty sends.
const TOOLS: [&str; 11] = [
    "curl/",
    "PostmanRuntime/",
    "insomnia/",
    "HTTPie/",
    "Wget/",
    "python-requests/",
    "Bruno",
    "Hoppscotch",
    "k6/",
    "Thunder Client",
    "vscode-restclient",
];
