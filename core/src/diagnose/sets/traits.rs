//! What deliveries are like, as far as it tells them apart.

use alloc::{
    collections::BTreeSet,
    string::{String, ToString},
};

use crate::{
    Event, Headers,
    diagnose::{Cause, Evidence, damage, head::Head, spelling, time},
    shown::Quoted,
};

/// What one is like.
pub(super) struct Seen {
    pub(super) size: usize,
    pub(super) has_letters: bool,
    pub(super) damage: Option<Cause>,
    pub(super) webhook: Option<String>,
    /// As its header says.
    pub(super) sent: Option<u64>,
}

impl Seen {
    pub(super) fn of<H: Headers + ?Sized>(evidence: &Evidence<'_, H>) -> Self {
        let head = Head::read(evidence.headers, evidence.options.header_prefix());
        let sent = head.timestamp().and_then(|sent| time::read(core::str::from_utf8(sent).ok()?));
        let damage = damage::of(evidence.body, head.content_length()).map(|(cause, _)| cause);
        let weak = damage::weak(evidence.body, &head).map(|finding| finding.cause());
        Self {
            size: evidence.body.len(),
            has_letters: [damage, weak].contains(&Some(Cause::BodyLettersLost)) || has_letters(evidence.body),
            damage,
            webhook: Event::read(evidence.body).webhook_id().map(|id| Quoted(id).to_string()),
            sent: sent.map(time::Time::millis),
        }
    }
}

/// Outside ASCII, as they are or as escapes.
fn has_letters(body: &[u8]) -> bool {
    let is_letter = |code: &str| u32::from_str_radix(code, 16).is_ok_and(|code| code > 0x7f);
    let has_escapes = |text: &str| spelling::escapes(text).any(|(_, code)| is_letter(code));
    !body.is_ascii() || core::str::from_utf8(body).is_ok_and(has_escapes)
}

/// What many are like.
#[derive(Debug, Default)]
pub(super) struct Traits {
    pub(super) count: u64,
    pub(super) with_letters: u64,
    pub(super) sizes: Option<(usize, usize)>,
    /// `None` if one of them does not tell.
    pub(super) times: Option<(u64, u64)>,
    /// None if one of them does not tell, or there are too many.
    pub(super) webhooks: BTreeSet<String>,
}

impl Traits {
    pub(super) fn note(&mut self, seen: &Seen) {
        let is_first = self.count == 0;
        self.count += 1;
        self.with_letters += u64::from(seen.has_letters);
        let (smallest, largest) = self.sizes.unwrap_or((seen.size, seen.size));
        self.sizes = Some((smallest.min(seen.size), largest.max(seen.size)));
        self.times = match (seen.sent, self.times) {
            (Some(sent), Some((first, last))) => Some((first.min(sent), last.max(sent))),
            (Some(sent), None) if is_first => Some((sent, sent)),
            _ => None,
        };
        let is_known = is_first || !self.webhooks.is_empty();
        match &seen.webhook {
            Some(webhook) if is_known && self.webhooks.len() < MOST_WEBHOOKS => {
                self.webhooks.insert(webhook.clone());
            }
            Some(webhook) if self.webhooks.contains(webhook) => {}
            _ => self.webhooks.clear(),
        }
    }
}

const MOST_WEBHOOKS: usize = 1_000;
