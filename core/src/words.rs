//! Bytes eight at a time. A lane is a byte of a word, the first byte the lowest; what is found of a lane is told by its
//! top bit (H. S. Warren, Hacker's Delight, section 6-1).

/// Every lane that equals `byte`. Lanes above the lowest one that is set may be set wrongly, by a borrow.
#[inline(always)]
pub(crate) const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ splat(byte), 1)
}

/// Every lane below `bound`, which is at most 128; as [`equal`] has it.
#[inline(always)]
pub(crate) const fn below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(splat(bound)) & !word & TOPS
}

/// Every lane that is at least `bound`, which is from 1 to 128, and no other: nothing is carried from one to the next.
#[inline(always)]
pub(crate) const fn at_least(word: u64, bound: u8) -> u64 {
    (((word & !TOPS) + splat(0x80 - bound)) | word) & TOPS
}

/// Every lane that does not equal `byte`, and no other.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) const fn differing(word: u64, byte: u8) -> u64 {
    at_least(word ^ splat(byte), 1)
}

/// How many lanes are below the lowest one that is set: eight where none is.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) const fn lanes_before(lanes: u64) -> usize {
    lanes.trailing_zeros() as usize / 8
}

#[inline(always)]
pub(crate) const fn splat(byte: u8) -> u64 {
    u64::MAX / 255 * byte as u64
}

pub(crate) const TOPS: u64 = splat(0x80);

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pair of bytes side by side, in every place.
    #[test]
    fn lanes_are_told_from_their_neighbours() {
        for byte in 0..=u8::MAX {
            for neighbour in 0..=u8::MAX {
                for place in 0..8 {
                    let mut bytes = [neighbour; 8];
                    bytes[place] = byte;
                    let word = u64::from_le_bytes(bytes);
                    let is_set = |lanes: u64| lanes.to_le_bytes()[place] == 0x80;
                    for bound in [1, 0x20, b'0', b'a', 0x80] {
                        assert_eq!(is_set(at_least(word, bound)), byte >= bound, "{byte} beside {neighbour}");
                    }
                    assert_eq!(at_least(word, 1) & !TOPS, 0);
                    assert!(equal(word, byte) != 0);
                    if neighbour != byte {
                        assert_eq!(equal(word, byte).trailing_zeros() as usize / 8, place);
                    }
                    let lowest = bytes.iter().position(|byte| *byte < 0x20).unwrap_or(8);
                    assert_eq!(below(word, 0x20).trailing_zeros() as usize / 8, lowest);
                }
            }
        }
    }
}
