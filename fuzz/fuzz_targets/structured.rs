//! Generated documents: canonical text against the reference.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twenty_webhook_fuzz::{check_canonical, document::Document};

fuzz_target!(|document: Document| check_canonical(&document.0));
