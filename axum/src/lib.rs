#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod body;
mod builder;
mod drive;
mod error;
mod finder;
mod handlers;
mod log;
mod outcome;
mod receive;
mod receiver;
mod store;
mod task;
#[cfg(feature = "testing")]
pub mod testing;

use std::{error::Error, pin::Pin, sync::Arc};

pub use builder::{BuildError, ReceiverBuilder};
pub use error::ReceiverError;
pub use handlers::HandlerOutput;
pub use outcome::RequestOutcome;
pub use receive::{receive, receive_with};
pub use receiver::Receiver;
#[cfg(feature = "postgres")]
pub use store::PostgresReplayStore;
#[cfg(feature = "redis")]
pub use store::RedisReplayStore;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub use store::ReplayTable;
#[cfg(feature = "sqlite")]
pub use store::SqliteReplayStore;
pub use store::{MemoryReplayStore, ReplayStore};
#[cfg(any(feature = "postgres", feature = "sqlite"))]
#[doc(no_inline)]
pub use twenty_webhook::receiver::SqlTableError;
#[doc(no_inline)]
pub use twenty_webhook::{
    Code, ConfigError, Delivery, DeliveryId, Event, EventKind, Secret, Timestamp, Webhook,
    receiver::{Facts, OnStoreFailure, Outcome, RouteError},
};

/// The head of a request: its method, URI, headers and extensions. It is shared, so a copy costs nothing.
pub type Head = Arc<http::request::Parts>;

/// Whatever went wrong.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// What a method of a trait that is used as `dyn` gives in place of `async`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
