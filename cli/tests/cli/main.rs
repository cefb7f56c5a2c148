//! The program as its users run it.

mod canonicalize;
mod delivery;
mod diagnose;
mod headers;
mod kept_requests;
mod listen;
mod listening;
mod metadata_pages;
mod metadata_server;
mod moments;
mod pages;
mod program;
mod receiver;
mod replay;
mod samples;
mod secrets;
mod send;
mod sign;
mod streams;
mod tls;
mod types;
mod usage;
mod verify;
