//! For WebAssembly, where a copy of a length that is not known is a call of the host and takes longer than all else that is
//! done for a short run. Indented text is made of runs of a dozen bytes: they are copied a chunk at a time, which is one
//! instruction, and what the last chunk has too much is overwritten by what follows.

use alloc::{vec, vec::Vec};

pub(in super::super) struct Output {
    bytes: Vec<u8>,
    length: usize,
}

/// Up to here runs are copied in chunks.
const SHORT: usize = 64;
const CHUNK: usize = 16;

impl Output {
    pub(in super::super) fn new(length: usize) -> Self {
        Self { bytes: vec![0; length + CHUNK], length: 0 }
    }

    #[inline(always)]
    pub(in super::super) fn len(&self) -> usize {
        self.length
    }

    pub(in super::super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    #[inline(always)]
    pub(in super::super) fn push_run(&mut self, text: &[u8], start: usize, end: usize) {
        let is_short = end - start <= SHORT;
        let new_length = self.length + (end - start);
        if !is_short || end + CHUNK > text.len() || new_length + CHUNK > self.bytes.len() {
            self.push(&text[start..end]);
            return;
        }
        let (mut from, mut to) = (start, self.length);
        while from < end {
            if let (Some(chunk), Some(room)) = (text[from..].first_chunk::<CHUNK>(), self.bytes[to..].first_chunk_mut())
            {
                *room = *chunk;
            }
            (from, to) = (from + CHUNK, to + CHUNK);
        }
        self.length = new_length;
    }

    pub(in super::super) fn push(&mut self, piece: &[u8]) {
        let new_length = self.length + piece.len();
        if new_length > self.bytes.len() {
            self.bytes.resize(2 * new_length, 0);
        }
        self.bytes[self.length..new_length].copy_from_slice(piece);
        self.length = new_length;
    }

    pub(in super::super) fn truncate(&mut self, length: usize) {
        self.length = length;
    }

    pub(in super::super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.length);
        self.bytes
    }
}
