//! What a string literal stands for, as bytes that can hold all of it.

use alloc::vec::Vec;

use super::{
    string::{Piece, Pieces, short_escape},
    swar,
};

/// Appends what a literal's contents stand for in generalised UTF-8 (WTF-8), and tells whether it is UTF-8.
pub(crate) fn push_wtf8(contents: &str, out: &mut Vec<u8>) -> bool {
    let bytes = contents.as_bytes();
    let mut is_utf8 = true;
    let mut at = 0;
    out.reserve(bytes.len());
    loop {
        at = copy_run(bytes, at, out);
        match bytes.get(at + 1) {
            None => return is_utf8,
            Some(b'u') => {
                let mut pieces = Pieces(&contents[at..]);
                is_utf8 &= pieces.next().is_none_or(|piece| push_escape(&piece, out));
                at = bytes.len() - pieces.0.len();
            }
            Some(&letter) => {
                out.push(short_escape(letter));
                at += 2;
            }
        }
    }
}

/// Copies up to the next backslash or the end, whose offset is returned.
///
/// JSON inside of JSON has a backslash every few bytes, and whole words are copied sooner than bytes are counted.
fn copy_run(bytes: &[u8], mut at: usize, out: &mut Vec<u8>) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        out.extend_from_slice(chunk);
        let backslashes = swar::first_equal(u64::from_le_bytes(*chunk), b'\\');
        if backslashes != 0 {
            let before = swar::bytes_before(backslashes);
            out.truncate(out.len() - 8 + before);
            return at + before;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let before = rest.iter().take_while(|byte| **byte != b'\\').count();
    out.extend_from_slice(&rest[..before]);
    at + before
}

fn push_escape(piece: &Piece<'_>, out: &mut Vec<u8>) -> bool {
    match piece {
        Piece::Run(run) => out.extend_from_slice(run.as_bytes()),
        Piece::Char(character) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        Piece::UnpairedSurrogate(unit) => {
            let [high, low] = unit.to_be_bytes();
            out.extend_from_slice(&[0xed, 0x80 | (high & 0xf) << 2 | low >> 6, 0x80 | low & 0x3f]);
            return false;
        }
    }
    true
}
