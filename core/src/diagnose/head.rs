//! What the headers show.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Cause, Finding, shown};
use crate::{Headers, wire};

/// The headers that matter, under whichever prefix they come.
pub(super) struct Head<'h> {
    /// In the order of [`wire::WORDS`].
    pub(super) values: [Option<&'h [u8]>; 3],
    /// The prefix that they have, where it is another than the one that is looked for.
    other_prefix: Option<String>,
    provider: Option<&'static str>,
    tool: Option<String>,
    content_length: Option<usize>,
}

impl<'h> Head<'h> {
    pub(super) fn read<H: Headers + ?Sized>(headers: &'h H, prefix: &str) -> Self {
        let mut head = Self { values: [None; 3], other_prefix: None, provider: None, tool: None, content_length: None };
        let mut others: Vec<(String, usize, &'h [u8])> = Vec::new();
        headers.visit(|name, value| {
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            if let Some((start, word)) = split(&name) {
                if start.eq_ignore_ascii_case(prefix) {
                    head.values[word].get_or_insert(value);
                } else if others.len() < MOST_OTHERS {
                    others.push((start.to_string(), word, value));
                }
            }
            if let Some(&(_, provider)) = PROVIDERS.iter().find(|(known, _)| *known == name) {
                head.provider = Some(provider);
            }
            let text = core::str::from_utf8(value).unwrap_or_default();
            if name == "user-agent" {
                head.tool = TOOLS.iter().any(|tool| text.starts_with(tool)).then(|| shown(text));
            }
            if name == "content-length" {
                head.content_length = text.trim().parse().ok();
            }
        });
        if head.values == [None; 3] {
            for (start, word, value) in others {
                if head.other_prefix.get_or_insert_with(|| start.clone()) == &start {
                    head.values[word].get_or_insert(value);
                }
            }
        }
        head
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

    pub(super) fn has_signature(&self) -> bool {
        self.signature().is_some()
    }

    pub(super) fn content_length(&self) -> Option<usize> {
        self.content_length
    }

    pub(super) fn findings(&self, is_proved: bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut add = |cause, is_proved, detail| findings.push(Finding::new(cause, is_proved, detail));
        if let Some(prefix) = &self.other_prefix {
            add(Cause::OtherPrefix, is_proved, format!("It is {}.", shown(prefix)));
        }
        let missing: Vec<_> = wire::WORDS.iter().zip(self.values).filter(|(_, value)| value.is_none()).map(|(word, _)| *word).collect();
        // The nonce proves nothing, so a delivery is authentic without one.
        if self.values == [None; 3] {
            match self.provider {
                Some(provider) => add(Cause::OtherProvider, false, format!("They are those of {provider}.")),
                None if self.tool.is_some() => {}
                None => add(Cause::NoSignatureHeaders, false, String::new()),
            }
            if let Some(tool) = &self.tool {
                add(Cause::TestTool, false, format!("It calls itself {tool}."));
            }
        } else if missing.iter().any(|word| *word != wire::NONCE) {
            add(Cause::SignatureHeaderMissing, false, format!("Missing: {}.", missing.join(", ")));
        }
        findings
    }
}

/// The prefix, and the number of the word that follows.
fn split(name: &str) -> Option<(&str, usize)> {
    wire::WORDS.iter().enumerate().find_map(|(number, word)| {
        let start = name.strip_suffix(&word.to_ascii_lowercase())?;
        start.ends_with("webhook-").then_some((start, number))
    })
}

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

/// What the user agents of tools begin with that people test with. Not axios, which Twenty sends with.
const TOOLS: [&str; 9] =
    ["curl/", "PostmanRuntime/", "insomnia/", "HTTPie/", "Wget/", "python-requests/", "Bruno", "Hoppscotch", "k6/"];
