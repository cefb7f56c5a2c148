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

    pub(in super::super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.length);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::{CHUNK, Output, SHORT};

    /// Runs of every length up to where they are copied whole, at the beginning, in the middle and at the end of a text, and
    /// pieces that are no runs, beyond the room that was asked for.
    #[test]
    fn what_is_pushed_is_what_is_there() {
        let text: Vec<u8> = (b'a'..=b'z').cycle().take(4 * SHORT).collect();
        for room in [0, CHUNK, text.len(), 10 * text.len()] {
            let (mut output, mut expected) = (Output::new(room), Vec::new());
            for length in 0..=SHORT + CHUNK {
                for start in [0, 7, text.len() - length] {
                    output.push_run(&text, start, start + length);
                    expected.extend_from_slice(&text[start..start + length]);
                    assert_eq!((output.len(), output.as_bytes()), (expected.len(), expected.as_slice()));
                }
                output.push(b"0123");
                expected.extend_from_slice(b"0123");
            }
            assert_eq!(output.into_bytes(), expected);
        }
    }
}
