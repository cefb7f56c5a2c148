//! What a receiver of requests does, as a state machine without input or output.
//!
//! A host (a server in whatever language) tells an [`Exchange`] what happened to a request: its head came, its body, the replay
//! store answered, the handler ended. The exchange answers with a [`Turn`]: what to log, what to send back, what to do next. So
//! the order of steps, the codes, the sentences, the limits and the rule for claims that come late are here and nowhere else;
//! a host reads bytes, sets timers, calls functions and talks to a store.
//!
//! ```
//! use std::sync::Arc;
//! use twenty_webhook::{Nonce, Secret, Timestamp, Webhook};
//! use twenty_webhook::receiver::{Action, Body, Claimed, Exchange, Outcome, RequestHead, Routes, Rules};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let webhook = Arc::new(Webhook::new(Secret::new("a secret")?));
//! let rules = Arc::new(Rules::new(Routes::of_patterns(["person.*"])?));
//! let body = br#"{"eventName":"person.created","record":{"id":"7"}}"#;
//! let now = Timestamp::from_unix_millis(1_735_066_639_761);
//! let headers = webhook.sign(body, now, Nonce::from_bytes([7; 16]))?;
//!
//! let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
//! let (mut exchange, turn) = Exchange::begin(rules, &head);
//! assert!(matches!(turn.next, Some(Action::FindWebhook { .. })));
//! let turn = exchange.found(webhook, &head, &headers, now);
//! assert!(matches!(turn.next, Some(Action::ReadBody { at_most: 1_048_576, .. })));
//! let (turn, delivery) = exchange.body(Body::Bytes(body), &headers, now);
//! assert!(matches!(turn.next, Some(Action::Claim { .. })) && delivery.is_some());
//! let turn = exchange.claimed(Claimed::Granted { token: "1".into() });
//! assert!(matches!(turn.next, Some(Action::Handle { route: 0, .. })));
//! let turn = exchange.handled();
//! assert_eq!(turn.answer.map(|answer| answer.outcome()), Some(Outcome::Handled));
//! # Ok(())
//! # }
//! ```

mod answer;
mod asking;
#[cfg(feature = "diagnose")]
mod diagnosing;
mod exchange;
mod facts;
mod head;
mod limits;
mod memory;
mod notice;
mod routes;
mod rules;
mod sql;
mod told;
mod turn;

pub use answer::{Answer, Outcome};
pub use asking::AskAgain;
pub use exchange::Exchange;
pub use facts::Facts;
pub use head::RequestHead;
pub use limits::ReceiverLimits;
pub use memory::{MemoryClaims, MemoryIsFull};
pub use notice::{Level, Notice};
pub use routes::{RouteError, Routes};
pub use rules::{CLAIM_MARGIN, OnStoreFailure, Rules};
pub use sql::{SqlFailure, SqlPlaceholders, SqlStatements, SqlTableError};
pub use told::{Body, Claimed, NoWebhook, Unreadable};
pub use turn::{Action, Turn};
