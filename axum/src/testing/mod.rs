//! For tests of your own.

mod request;
mod rules;
mod store;

pub use request::signed_request;
pub use store::{StoreFaults, check_store};
#[doc(no_inline)]
pub use twenty_webhook::testing::{SignedDelivery, UnknownName, sample, signed_delivery};
