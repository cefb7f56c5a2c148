//! The program as its users run it.

mod canonicalize;
mod delivery;
mod diagnose;
mod diagnose_sets;
mod headers;
mod kept_requests;
mod listen;
mod listen_diagnosis;
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
#[cfg(target_os = "linux")]
mod terminals;
mod tls;
mod types;
mod usage;
mod verify;
