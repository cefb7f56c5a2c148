//! The program as its users run it.

mod canonicalize;
mod delivery;
mod headers;
mod metadata_pages;
mod metadata_server;
mod program;
mod secrets;
mod sign;
mod streams;
mod tls;
mod types;
mod usage;
mod verify;
