//! Notices as the hosts of JavaScript get them.

use alloc::string::String;

use super::json::Object;
use crate::{
    Code,
    receiver::{Exchange, Facts, Level, Notice, Outcome},
};

/// What a host makes use of beyond warnings and errors; what it does not need is not made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants {
    /// The lines of the level debug.
    pub debug: bool,
    /// What became of each request, whatever its level.
    pub outcomes: bool,
}

impl Wants {
    fn line(self, notice: &Notice) -> bool {
        self.debug || notice.level > Level::Debug
    }

    /// Whether the host gets it.
    pub(super) fn needs(self, notice: &Notice) -> bool {
        self.line(notice) || self.outcomes && notice.outcome.is_some()
    }

    /// It as a JSON object.
    pub(super) fn shown(self, notice: &Notice, exchange: &Exchange) -> String {
        let line = self.line(notice).then(|| exchange.line(notice));
        let object = Object::new()
            .text("level", Some(notice.level.as_str()))
            .text("outcome", notice.outcome.map(Outcome::as_str))
            .text("code", notice.code.map(Code::as_str))
            .text("message", Some(&notice.reason))
            .text("line", line.as_deref());
        let object = match notice.outcome.map(Outcome::status).or_else(|| notice.code.and_then(Code::status)) {
            Some(status) => object.number("status", status.into()),
            None => object,
        };
        if !self.outcomes || notice.outcome.is_none() {
            return object.end();
        }
        let object = object.text("webhook", exchange.webhook_name());
        match exchange.facts() {
            Some(facts) => told(object, facts).end(),
            None => object.end(),
        }
    }
}

/// Adds what may be told of a delivery and of its event.
fn told(object: Object, facts: &Facts) -> Object {
    let Facts { id, timestamp, secret_index, kind, name, record_id, webhook_id, workspace_id, .. } = facts;
    let delivery = Object::new()
        .text("id", Some(id.as_ref()))
        .number("timestamp", timestamp.unix_millis())
        .number("secretIndex", *secret_index as u64);
    let event = Object::new()
        .nullable("name", name.as_deref())
        .text("kind", Some(kind.as_str()))
        .nullable("recordId", record_id.as_deref())
        .nullable("webhookId", webhook_id.as_deref())
        .nullable("workspaceId", workspace_id.as_deref());
    object.raw("delivery", &delivery.end()).raw("event", &event.end())
}
