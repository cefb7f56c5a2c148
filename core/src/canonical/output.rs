//! The canonical text as it is written.

#[cfg(feature = "small")]
mod chunked;

use alloc::vec::Vec;

#[cfg(feature = "small")]
pub(super) use chunked::Output;

#[cfg(not(feature = "small"))]
pub(super) struct Output(Vec<u8>);

#[cfg(not(feature = "small"))]
impl Output {
    /// With room for so many bytes.
    pub(super) fn new(length: usize) -> Self {
        Self(Vec::with_capacity(length))
    }

    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Appends `text[start..end]`.
    #[inline(always)]
    pub(super) fn push_run(&mut self, text: &[u8], start: usize, end: usize) {
        self.push(&text[start..end]);
    }

    #[inline(always)]
    pub(super) fn push(&mut self, piece: &[u8]) {
        self.0.extend_from_slice(piece);
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}
