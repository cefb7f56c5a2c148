//! What only the bindings call, against the vectors: the same that each of them shows through its language.

#![allow(clippy::float_cmp, reason = "hosts count in doubles, and these are whole")]

mod memory;
mod texts;
mod transcripts;
mod webhooks;
