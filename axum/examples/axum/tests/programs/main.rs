//! The examples as programs, with real requests.

#![expect(clippy::expect_used, reason = "a helper of the tests fails its test, as a test itself does")]

mod observed;
mod program;
mod workspaces;
