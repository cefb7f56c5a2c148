//! Random transcripts: whatever is told in whatever order, several requests that share one store, against a small model.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|transcript: &[u8]| twenty_webhook_fuzz::transcript::check(transcript));
