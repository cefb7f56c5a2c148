//! The receiver as a service, without a server around it. Signatures are made by a crate that the product does not use.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unchecked_time_subtraction,
    clippy::unwrap_used,
    reason = "a helper of the tests fails its test, as a test itself does"
)]

mod bodies;
mod diagnosing;
mod drains;
mod finder;
mod handlers;
mod logs;
mod memory;
mod outcomes;
mod redis;
mod requests;
mod stores;
mod support;
mod transcripts;
