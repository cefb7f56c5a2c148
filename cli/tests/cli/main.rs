//! The program as its users run it.

mod canonicalize;
mod delivery;
mod headers;
mod program;
mod secrets;
mod sign;
mod streams;
mod usage;
mod verify;
