//! For tests of your own receiver: samples of events, and deliveries as Twenty sends them.

mod delivery;
mod payload_text;
mod sample;
mod samples;

use core::hash::BuildHasher;
use std::hash::RandomState;

pub use delivery::{SignedDelivery, signed_delivery};
pub use payload_text::payload_text;
pub use sample::{UnknownName, sample};

/// Made of the standard library's random keys: enough to tell things of tests apart.
fn random() -> u128 {
    let [high, low] = [(); 2].map(|()| u128::from(RandomState::new().hash_one(())));
    high << 64 | low
}
