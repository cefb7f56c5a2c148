//! Who verifies: one column of the table each.

use twenty_webhook::{Secret, Timestamp, Webhook};

use super::deliveries::{Delivery, Verdict};

pub(crate) struct Implementation {
    pub(crate) name: &'static str,
    pub(crate) verify: fn(&Delivery) -> anyhow::Result<Verdict>,
}

pub(crate) const IMPLEMENTATIONS: &[Implementation] = &[Implementation { name: "rust", verify: with_the_core }];

fn with_the_core(delivery: &Delivery) -> anyhow::Result<Verdict> {
    let webhook = Webhook::new(Secret::from_utf8(&delivery.secret)?);
    let now = Timestamp::from_unix_millis(delivery.now_unix_millis);
    Ok(match webhook.verify(&delivery.body, &delivery.headers, now) {
        Ok(verified) => {
            let event = verified.event();
            Verdict::Authentic { kind: event.kind().as_str().to_owned(), event_name: event.name().map(str::to_owned) }
        }
        Err(error) => Verdict::Refused { code: error.code().as_str().to_owned() },
    })
}
