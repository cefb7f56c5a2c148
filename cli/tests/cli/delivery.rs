//! Deliveries signed by Python:
//!
//! `hmac.new(SECRET.encode(), b"1735066639761:" + body, "sha256").hexdigest()`, `hashlib.sha256(body).hexdigest()`

use crate::program::{Answer, run};

pub(crate) const SECRET: &str = "3f8a1c5d9e7b2046a8c3e1f59d7b60244e8f1a6c3d5b79e0f2a4c6e8b0d1f357";
pub(crate) const SENT_AT: &str = "1735066639761";
pub(crate) const RECEIVED_AT: &str = "1735066639998";

pub(crate) struct Signed {
    pub(crate) body: &'static [u8],
    pub(crate) signature: &'static str,
}

pub(crate) const PERSON: Signed = Signed {
    body: b"{\"targetUrl\":\"https://hooks.example.com/twenty?token=abc\",\"eventName\":\"person.created\",\
            \"workspaceId\":\"w-1\",\"record\":{\"id\":\"7\",\"name\":\"Zo\xc3\xab\",\"score\":1e400,\"lone\":\"\\ud800\"}}",
    signature: "d60d56044f7fec21b6f0e56c84f5e1cc300dd537c821e6ae6925f34d176fadbe",
};
pub(crate) const PERSON_ID: &str = "44b86c661d389e0e04ec0c82cc5704c4fa49a134706646f4d5a3347bdac192fa";
/// The same signed with `previous secret`.
pub(crate) const PERSON_SIGNED_BEFORE: Signed =
    Signed { body: PERSON.body, signature: "068ed499ed8730bda05710712432e39091eda8c829208736deb040b8c10b5a2f" };
pub(crate) const EMPTY: Signed =
    Signed { body: b"", signature: "c634e3d0026ba4fe745c27b350b2cad330b9291283a15abf39aa093c2daee8ee" };
pub(crate) const CONTROLS: Signed = Signed {
    body: b"{\"eventName\":\"person.created\",\"occurredAt\":null,\"eventDate\":\"\xc2\x9b31m\xe2\x80\xae\",\
            \"record\":{\"id\":\"\x7f\"}}",
    signature: "1b007716e42d31bf845b36f9d2bf33615219ce5ade204b08f5e6cf11a86c5e0c",
};
pub(crate) const WITH_LINE_ENDS: Signed = Signed {
    body: b"{ \"eventName\" : \"person.created\",\n \"record\": {\r\n\t\"id\": \" 7 \"\n}\n}\n",
    signature: "303dd554bf0da0e1b57234e310fb69871314776014bd46086339da0c2bed12e1",
};
pub(crate) const NOT_JSON: Signed =
    Signed { body: b"hello", signature: "032fe2a3a186a40fe2406a03792ccaa7ddb1ac4244ab98889e9ca96d24e1f92b" };

/// `{"b":1,"a":0.1}` as the sender signs it, and quoted once more: `json.dumps(body.decode())`.
pub(crate) const COMPACT: &[u8] = br#"{"b":1,"a":0.1}"#;
pub(crate) const COMPACT_SIGNATURE: &str = "c70caf3e0fdde112863ceef8c45b72368bbb6792daa86e1138461e1cd4f29fcf";
pub(crate) const QUOTED_SIGNATURE: &str = "a5b59aaa493ac42542ea7672fcfd12648911e9c4aad4150bbb4c21a30c9d8034";
/// The same value printed by something else, and signed so.
pub(crate) const SPACED: &[u8] = br#"{"b": 1, "a": 0.10}"#;
pub(crate) const SPACED_SIGNATURE: &str = "a0aa2429f4a56322b2b3d777886ce769574f25a52dbec147512ba303bebf2013";

impl Signed {
    /// The options that say what arrived, and when.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let timestamp = format!("X-Twenty-Webhook-Timestamp: {SENT_AT}");
        let signature = format!("X-Twenty-Webhook-Signature: {}", self.signature);
        let words: [&str; 7] = ["verify", "-H", &timestamp, "-H", &signature, "--now", RECEIVED_AT];
        words.map(str::to_owned).to_vec()
    }

    pub(crate) fn verify(&self, options: &[&str]) -> anyhow::Result<Answer> {
        let mut arguments = self.arguments();
        arguments.extend(options.iter().map(|&option| option.to_owned()));
        run(SECRET, &arguments, self.body)
    }
}
