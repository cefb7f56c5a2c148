//! Replay stores over what they are made for: real files and servers, in several processes. What needs a server is ignored unless
//! it is asked for; `cargo xtask test receivers` asks.
#![cfg(all(unix, feature = "postgres", feature = "redis", feature = "sqlite", feature = "testing"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper of the tests fails its test, as a test itself does"
)]

mod deliveries;
mod outages;
mod postgres;
mod processes;
mod proxy;
mod redis;
mod sqlite;
mod suite;
