//! The order of an object's members (ECMA-262 sections 10.1.11.1, `OrdinaryOwnPropertyKeys`, and 25.5.1, `JSON.parse`).
//!
//! Array indices (`"0"` to `"4294967294"`) come first, ascending; the other names in the order in which they first
//! appeared; a duplicate name has one member, with the last value. Names are equal when their canonical spellings are,
//! because that spelling is unique.
//!
//! Nearly every object is in order already, and is cleared as it is read: an index by comparing it with the one before,
//! any other name by comparing its 32-bit hash with those of the object's other names, four at a time. Only where hashes
//! are equal, where there are many names, or where an index is out of place is the object looked at again when it closes.
//! Its members are not moved then, else a thousand nested objects would move their contents a thousand times. Their
//! places are recorded, and [`Reordering`] writes every byte once.

use alloc::vec::Vec;

use super::{duplicate_names::DuplicateNames, output::Output, reorder::Reordering};

/// The objects of one text. Places are offsets in what is written in the first pass.
pub(super) struct Objects {
    open: Vec<OpenObject>,
    /// The keys of all open objects, the innermost object's last.
    keys: Vec<Key>,
    /// Of the same keys; apart, so that a comparison loads nothing else.
    hashes: Vec<u32>,
    /// Those of them that are indices, with their number among their object's keys.
    indices: Vec<(u32, usize)>,
    reordering: Reordering,
    /// Kept from object to object for its memory.
    duplicates: DuplicateNames,
}

struct OpenObject {
    start: usize,
    first_key: usize,
    first_index: usize,
    names: usize,
    /// Whether an index stands after a name or after one that is not less.
    indices_are_displaced: bool,
    names_may_repeat: bool,
}

/// Where a key's contents are.
struct Key {
    start: usize,
    length: usize,
}

impl Objects {
    /// With room for a usual event: growing to it takes a tenth of the time for a small one.
    pub(super) fn new() -> Self {
        Self {
            open: Vec::with_capacity(LEVELS),
            keys: Vec::with_capacity(NAMES),
            hashes: Vec::with_capacity(NAMES),
            indices: Vec::new(),
            reordering: Reordering::default(),
            duplicates: DuplicateNames::default(),
        }
    }

    #[inline(always)]
    pub(super) fn begin(&mut self, start: usize) {
        let (first_key, first_index) = (self.keys.len(), self.indices.len());
        self.open.push(OpenObject {
            start,
            first_key,
            first_index,
            names: 0,
            indices_are_displaced: false,
            names_may_repeat: false,
        });
    }

    /// Takes the next key of the innermost object: the canonical contents of its literal and their place.
    #[inline(always)]
    pub(super) fn key(&mut self, contents: &[u8], start: usize) {
        let Some(object) = self.open.last_mut() else { return };
        // An index is told from all others by itself.
        let hash = if let Some(index) = array_index(contents) {
            let last = self.indices[object.first_index..].last();
            object.indices_are_displaced |= object.names > 0 || last.is_some_and(|(last, _)| *last >= index);
            self.indices.push((index, self.keys.len() - object.first_key));
            index
        } else {
            let hash = hash_of(contents);
            object.names += 1;
            object.names_may_repeat =
                object.names_may_repeat || object.names > FEW || is_among(hash, &self.hashes[object.first_key..]);
            hash
        };
        self.keys.push(Key { start, length: contents.len() });
        self.hashes.push(hash);
    }

    #[inline(always)]
    pub(super) fn innermost_may_need_order(&self) -> bool {
        self.open.last().is_some_and(|object| object.indices_are_displaced || object.names_may_repeat)
    }

    /// Records the order of the members if it is not the one in which they stand; `out` ends with the object.
    pub(super) fn order_innermost(&mut self, out: &Output) {
        let Some(object) = self.open.last() else { return };
        let keys = &self.keys[object.first_key..];
        let contents = |number: usize| {
            let key = &keys[number];
            &out.as_bytes()[key.start..key.start + key.length]
        };

        if object.names_may_repeat {
            self.duplicates.find(keys.len(), contents);
        } else {
            self.duplicates.forget(keys.len());
        }
        if !object.indices_are_displaced && !self.duplicates.any() {
            return;
        }

        let indices = &mut self.indices[object.first_index..];
        indices.sort_unstable();
        let of_one_index = indices.chunk_by(|(one, _), (other, _)| one == other);
        let indices = of_one_index.filter_map(|equal| equal.last()).map(|(_, number)| *number);
        let is_name = |number: &usize| object.names == keys.len() || array_index(contents(*number)).is_none();
        let numbers = if object.names == 0 { 0..0 } else { 0..keys.len() };
        let firsts = numbers.filter(|number| self.duplicates.is_first(*number)).filter(is_name);
        let members = indices.chain(firsts.map(|number| self.duplicates.last(number))).map(|number| {
            // A member reaches from its key's quote to the comma before the next key's, or to the closing bracket.
            let end = keys.get(number + 1).map_or(out.len() - 1, |next| next.start - 2);
            keys[number].start - 1..end
        });
        self.reordering.record(object.start..out.len(), members);
    }

    #[inline(always)]
    pub(super) fn end(&mut self) {
        if let Some(object) = self.open.pop() {
            self.keys.truncate(object.first_key);
            self.hashes.truncate(object.first_key);
            self.indices.truncate(object.first_index);
        }
    }

    /// The whole text in its final order.
    pub(super) fn assemble(self, out: Vec<u8>) -> Vec<u8> {
        self.reordering.run(out)
    }
}

const LEVELS: usize = 8;
const NAMES: usize = 64;

/// Up to this many names each is compared with all before it; the names of a record with many custom fields are fewer.
const FEW: usize = 128;

/// Without an early exit, so that it compiles to four comparisons an instruction.
#[inline(always)]
fn is_among(hash: u32, others: &[u32]) -> bool {
    others.iter().map(|other| u32::from(*other == hash)).fold(0, |met, equal| met | equal) != 0
}

/// The value of a key that is an array index (ECMA-262 section 6.1.7): canonical decimal, 0 to 2^32 - 2.
#[inline(always)]
fn array_index(key: &[u8]) -> Option<u32> {
    match key {
        [b'0'] => Some(0),
        [b'1'..=b'9', ..] if key.len() <= 10 && key.iter().all(u8::is_ascii_digit) => {
            let value = key.iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'));
            u32::try_from(value).ok().filter(|index| *index != u32::MAX)
        }
        _ => None,
    }
}

/// A few cheap instructions over a key's bytes. Whoever makes keys that share it gains a factor of log n and nothing more:
/// they are sorted.
#[inline(always)]
fn hash_of(key: &[u8]) -> u32 {
    let mut mixed = key.len() as u64;
    let tail = if let Some(last) = key.last_chunk::<8>() {
        // The last of these words may be short.
        for word in key[..key.len() - 8].chunks(8) {
            mixed = mix(mixed ^ word_of(word));
        }
        u64::from_le_bytes(*last)
    } else {
        word_of(key)
    };
    #[allow(clippy::cast_possible_truncation, reason = "32 of the bits are wanted")]
    return mix(mixed ^ tail) as u32;
}

/// Both halves of a product: the low one alone knows little of the high bytes, which are the last letters of a key.
#[inline(always)]
fn mix(word: u64) -> u64 {
    // The golden ratio's digits, without the patterns of text; offset, so that zero is not a fixed point.
    let product = u128::from(word ^ 0xbf58_476d_1ce4_e5b9) * 0x9e37_79b9_7f4a_7c15;
    #[allow(clippy::cast_possible_truncation, reason = "the halves")]
    return product as u64 ^ (product >> 64) as u64;
}

/// Up to eight bytes as a number.
#[inline(always)]
fn word_of(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(word), ..) => u64::from_le_bytes(*word),
        (None, Some(head), Some(tail)) => {
            u64::from(u32::from_le_bytes(*head)) << 32 | u64::from(u32::from_le_bytes(*tail))
        }
        _ => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests;
