//! The canonical text as it is written.

#[cfg(any(test, target_family = "wasm"))]
mod chunked;
#[cfg(not(target_family = "wasm"))]
mod plain;

#[cfg(target_family = "wasm")]
pub(super) use chunked::Output;
#[cfg(not(target_family = "wasm"))]
pub(super) use plain::Output;
