#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

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
