//! The canonical text as it is written.

#[cfg(feature = "small")]
mod chunked;
#[cfg(not(feature = "small"))]
mod plain;

#[cfg(feature = "small")]
pub(super) use chunked::Output;
#[cfg(not(feature = "small"))]
pub(super) use plain::Output;
