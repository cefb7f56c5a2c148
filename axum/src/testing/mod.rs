//! For tests of your own.

mod rules;
mod store;

pub use store::{StoreFaults, check_store};
