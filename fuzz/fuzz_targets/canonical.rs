//! Any bytes: canonical text against the reference.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|json: &[u8]| twenty_webhook_fuzz::check_canonical(json));
