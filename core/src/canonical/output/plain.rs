//! Of runs as they come.

use alloc::vec::Vec;

pub(in super::super) struct Output(Vec<u8>);

impl Output {
    /// With room for so many bytes.
    pub(in super::super) fn new(length: usize) -> Self {
        Self(Vec::with_capacity(length))
    }

    #[inline(always)]
    pub(in super::super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(in super::super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Appends `text[start..end]`.
    #[inline(always)]
    pub(in super::super) fn push_run(&mut self, text: &[u8], start: usize, end: usize) {
        self.push(&text[start..end]);
    }

    #[inline(always)]
    pub(in super::super) fn push(&mut self, piece: &[u8]) {
        self.0.extend_from_slice(piece);
    }

    pub(in super::super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}
