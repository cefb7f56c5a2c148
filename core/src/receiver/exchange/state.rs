//! What an exchange knows of its request, and what it waits for.

use alloc::{string::String, sync::Arc};
use core::time::Duration;

use crate::{Webhook, receiver::Outcome};

/// Who judges the request, how long a claim of its deliveries lives, and how many bytes of a body are announced.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    pub(super) webhook: Arc<Webhook>,
    pub(super) ttl: Duration,
    pub(super) window: Duration,
    pub(super) length: Option<u64>,
}

#[derive(Debug)]
pub(super) enum State {
    AwaitsWebhook,
    AwaitsBody,
    AwaitsClaim {
        route: usize,
    },
    Handles,
    /// Then it ends so.
    Releases {
        outcome: Outcome,
        cause: Option<String>,
    },
    Over {
        is_handled: bool,
    },
}

#[derive(Debug)]
pub(super) enum Claim {
    None,
    Held {
        token: String,
    },
    /// The store may still answer.
    Late,
    /// What the store answers now comes too late.
    Abandoned,
}
