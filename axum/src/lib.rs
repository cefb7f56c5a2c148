//! Receive the webhooks of Twenty CRM with axum, or any server made of tower services.
//!
//! [`receive`] makes a service of a [`Webhook`] and handlers. What reaches a handler is authentic and fresh, and reaches it
//! once: a delivery is claimed in a [`ReplayStore`] before it is handled, and the claim is released if the handler fails.
//! Everything else is answered with a status and a code, and logged.
//!
//! ```
//! use axum::Router;
//! use twenty_webhook_axum::{Secret, Webhook, receive};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let webhook = Webhook::new(Secret::new("the secret that Twenty shows for the webhook")?);
//! let receiver = receive(webhook)
//!     .on("person.created", async |delivery| println!("{}", delivery.event().record().unwrap_or("{}")))
//!     .on("*.deleted", async |delivery| println!("{:?}", delivery.event()))
//!     .build()?;
//! let app: Router = Router::new().route_service("/webhooks/twenty", receiver);
//! # Ok(())
//! # }
//! ```
//!
//! # What is answered
//!
//! | answer | when |
//! |---|---|
//! | 200 `{"outcome":"handled"}` | the handler returned |
//! | 200 `{"outcome":"accepted"}` | the delivery is claimed, its handler runs [in the background](ReceiverBuilder::background) |
//! | 200 `{"outcome":"duplicate"}` | it was claimed before, and is not handled again |
//! | 200 `{"outcome":"ignored"}` | no handler is for this event |
//! | the [`Code`]'s status, `{"code":"signature_mismatch"}` | it was refused, or failed |
//!
//! The sender neither repeats what is refused nor waits longer than five seconds: a handler that takes long belongs in the
//! background.
//!
//! # Where to mount it
//!
//! With `route_service`, so that it gets every method, under the very URL that Twenty was given, and with nothing around it
//! that reads or changes bodies: no decompression, no other limit of the body. It needs a Tokio runtime with time, as
//! `#[tokio::main]` makes it.
//!
//! A request whose body a layer has read, leaving an empty one in its place, is answered with `body_already_read` where its
//! `Content-Length` tells; where it came in chunks, nothing tells it from one that was sent without a body, and it is
//! answered with `signature_mismatch`.
//!
//! # Several machines
//!
//! The claims are kept [in memory](MemoryReplayStore) unless another store is given: the feature `redis` has
//! `RedisReplayStore`, and [`ReplayStore`] is implemented in a few lines.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `tracing` (default) | one event for each request: of the level `ERROR` for what is to be mended here, `WARN` for what is refused, else `DEBUG` |
//! | `redis` | `RedisReplayStore` |
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

/// The README's examples, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod answer;
mod body;
mod builder;
mod drive;
mod error;
mod handlers;
mod log;
mod receiver;
mod store;
mod task;

use std::{error::Error, pin::Pin};

pub use builder::{BuildError, ReceiverBuilder, receive};
pub use error::ReceiverError;
pub use handlers::HandlerOutput;
pub use receiver::Receiver;
#[cfg(feature = "redis")]
pub use store::RedisReplayStore;
pub use store::{MemoryReplayStore, ReplayStore};
#[doc(no_inline)]
pub use twenty_webhook::{
    Code, ConfigError, Delivery, Secret, Timestamp, Webhook,
    receiver::{OnStoreFailure, RouteError},
};

/// Whatever went wrong.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// What a method of a trait that is used as `dyn` gives in place of `async`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
