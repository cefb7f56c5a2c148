//! Requests of the receiver's fuzz target: a few payloads, signed and forged, and what is right about them in a table.

/// A payload, what tells its event from others, and the route it takes of [`ROUTES`].
#[derive(Debug)]
pub struct Payload {
    pub text: &'static str,
    /// The same change has the same, whenever it was queued.
    pub change: usize,
    pub route: Option<usize>,
}

pub const ROUTES: [&str; 2] = ["person.*", "unknown"];

pub const PAYLOADS: [Payload; 6] = [
    Payload { text: PERSON, change: 0, route: Some(0) },
    Payload { text: SAME_PERSON, change: 0, route: Some(0) },
    Payload { text: r#"{"eventName":"person.created","record":{"id":"2"}}"#, change: 1, route: Some(0) },
    Payload { text: r#"{"eventName":"company.created","record":{"id":"3"}}"#, change: 2, route: None },
    Payload { text: "[]", change: 3, route: Some(1) },
    Payload { text: "", change: 4, route: Some(1) },
];
const PERSON: &str = r#"{"eventName":"person.updated","eventDate":"1","record":{"id":"1","updatedAt":"0"}}"#;
const SAME_PERSON: &str = r#"{"eventName":"person.updated","eventDate":"2","record":{"id":"1","updatedAt":"0"}}"#;

pub const SECRET: &str = "a secret";
pub const TOLERANCE_MILLIS: u64 = 300_000;

/// What a sender sends, or somebody else.
#[derive(Debug)]
pub struct Request {
    pub payload: &'static Payload,
    pub headers: [(&'static str, String); 2],
    pub content_length: Option<String>,
    sent: u64,
}

impl Request {
    /// Of two bytes: which payload, when it was sent, how it was signed, what length is announced.
    pub fn read([what, how]: [u8; 2], now: u64) -> Self {
        let payload = &PAYLOADS[usize::from(what) % PAYLOADS.len()];
        let sent = match how >> 6 {
            0 | 1 => now,
            2 => now - TOLERANCE_MILLIS,
            _ => now + TOLERANCE_MILLIS + 1,
        };
        let mut signature = signature(if how & 7 == 0 { "another secret" } else { SECRET }, sent, payload.text);
        if how & 7 == 1 {
            signature.replace_range(..1, if signature.starts_with('0') { "1" } else { "0" });
        }
        let content_length = match how >> 3 & 7 {
            0 => Some("99999999".to_owned()),
            1 | 2 => Some(payload.text.len().to_string()),
            3 => Some("7".to_owned()),
            _ => None,
        };
        let headers = [("X-Twenty-Webhook-Timestamp", sent.to_string()), ("X-Twenty-Webhook-Signature", signature)];
        Self { payload, headers, content_length, sent }
    }

    /// Whether a body is what was signed, and still fresh, by another implementation of HMAC.
    pub fn is_authentic(&self, body: &str, now: u64) -> bool {
        now.abs_diff(self.sent) <= TOLERANCE_MILLIS && signature(SECRET, self.sent, body) == self.headers[1].1
    }
}

fn signature(secret: &str, sent: u64, payload: &str) -> String {
    let mac = hmac_sha256::HMAC::mac(format!("{sent}:{payload}"), secret);
    mac.iter().map(|byte| format!("{byte:02x}")).collect()
}
