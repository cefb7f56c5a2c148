//! SIMD within a register: eight bytes at a time, in a word whose lowest byte is the first. What is found of a byte is told
//! by its top bit (H. S. Warren, Hacker's Delight, section 6-1).

/// The first byte that equals `byte`: those behind it may be set wrongly, by a borrow.
#[inline(always)]
pub(crate) const fn first_equal(word: u64, byte: u8) -> u64 {
    first_below(word ^ splat(byte), 1)
}

/// The first byte below `bound`, which is at most 128; those behind it may be set wrongly.
#[inline(always)]
pub(crate) const fn first_below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(splat(bound)) & !word & TOPS
}

/// The first byte that is at least `bound`, which is at most 128; those behind it may be set wrongly.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) const fn first_at_least(word: u64, bound: u8) -> u64 {
    (word.wrapping_add(splat(0x80 - bound)) | word) & TOPS
}

/// Every byte that is at least `bound`, which is from 1 to 128, and no other: nothing is carried from one to the next.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) const fn at_least(word: u64, bound: u8) -> u64 {
    (((word & !TOPS) + splat(0x80 - bound)) | word) & TOPS
}

/// Every byte that does not equal `byte`, and no other.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) const fn differing(word: u64, byte: u8) -> u64 {
    at_least(word ^ splat(byte), 1)
}

/// How many bytes are before the first one that is found: eight where none is.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) const fn bytes_before(found: u64) -> usize {
    found.trailing_zeros() as usize / 8
}

#[inline(always)]
pub(crate) const fn splat(byte: u8) -> u64 {
    u64::MAX / 255 * byte as u64
}

pub(crate) const TOPS: u64 = splat(0x80);

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::*;

    /// Each pair of bytes side by side, in every place.
    #[test]
    fn bytes_are_told_from_their_neighbours() {
        // Miri would take hours for all of them.
        let bytes = || (0..=u8::MAX).step_by(if cfg!(miri) { 31 } else { 1 });
        for byte in bytes() {
            for neighbour in bytes() {
                for place in 0..8 {
                    let mut bytes = [neighbour; 8];
                    bytes[place] = byte;
                    let word = u64::from_le_bytes(bytes);
                    let is_set = |found: u64| found.to_le_bytes()[place] == 0x80;
                    for bound in [1, 0x20, b'0', b'a', 0x80] {
                        assert_eq!(is_set(at_least(word, bound)), byte >= bound, "{byte} beside {neighbour}");
                    }
                    assert_eq!(at_least(word, 1) & !TOPS, 0);
                    let first = |is_meant: fn(&u8) -> bool| bytes.iter().position(is_meant).unwrap_or(8);
                    let found = |found: u64| found.trailing_zeros() as usize / 8;
                    assert_eq!(found(first_equal(word, byte)), if neighbour == byte { 0 } else { place });
                    assert_eq!(found(first_below(word, 0x20)), first(|byte| *byte < 0x20));
                    assert_eq!(found(first_at_least(word, 10)), first(|byte| *byte >= 10));
                }
            }
        }
    }
}
