//! The receiver under a real server of axum, and what its clients do on the wire.

#![expect(clippy::expect_used, reason = "a helper of the tests fails its test, as a test itself does")]

mod bodies;
mod ends;
mod pieces;
mod support;
