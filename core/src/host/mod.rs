//! What only the bindings call: the same for Node and for WebAssembly, and no part of the crate's promise.

mod constants;
mod failure;
mod json;
mod memory;
mod receiver;
mod settings;
mod turn;
mod webhook;

pub use constants::{ask_again_after, constants};
pub use failure::Failure;
pub use memory::Memory;
pub use receiver::Receiver;
pub use settings::ReceiverSettings;
pub use turn::PackedTurn;
pub use webhook::Webhook;
