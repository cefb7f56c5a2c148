//! The order of an object's members (ECMA-262 sections 10.1.11.1, `OrdinaryOwnPropertyKeys`, and 25.5.1, `JSON.parse`).
//!
//! Array indices (`"0"` to `"4294967294"`) come first, ascending; the other keys in the order in which they first
//! appeared; a repeated key has one member, with the last value. Keys are equal when their canonical spellings are,
//! because that spelling is unique.
//!
//! Nearly every object is in order already, and is cleared without sorting: indices by comparing with the one before,
//! a name by comparing a 32-bit fingerprint with those of the object's other names, four at a time. Only where
//! fingerprints meet, where there are many names, or where an index is out of place is the object looked at again when
//! it closes. That second look sorts, so whoever aims at the fingerprint gains a factor of log n and nothing more.
//!
//! Nothing is moved when an object closes, else a thousand nested objects would move their contents a thousand times.
//! The places of the members are recorded, and [`Objects::assemble`] writes every byte once, following the places from
//! the outside in.

use alloc::{string::String, vec::Vec};
use core::ops::Range;

/// The objects of one text. Places are offsets in the text in canonical spelling but in the order as read.
#[derive(Default)]
pub(crate) struct Objects {
    open: Vec<OpenObject>,
    /// The keys of all open objects, the innermost object's last.
    keys: Vec<Key>,
    /// Of the same keys; apart, so that a comparison loads nothing else.
    fingerprints: Vec<u32>,
    reordered: Vec<Reordered>,
    /// The members of all reordered objects, in their final order.
    members: Vec<Range<usize>>,
}

struct OpenObject {
    start: usize,
    first_key: usize,
    last_index: Option<u32>,
    names: usize,
    /// Whether the order must be looked at again.
    suspect: bool,
}

/// Where a key's contents are.
struct Key {
    start: usize,
    length: usize,
}

/// An object whose members are to be written in another order.
struct Reordered {
    place: Range<usize>,
    members: Range<usize>,
}

/// Up to this many names each new one is compared with all before it; measured, sorting is cheaper beyond.
const FEW_NAMES: usize = 32;

impl Objects {
    #[inline(always)]
    pub(crate) fn begin(&mut self, start: usize) {
        let first_key = self.keys.len();
        self.open.push(OpenObject { start, first_key, last_index: None, names: 0, suspect: false });
    }

    /// Takes the next key of the innermost object: the canonical contents of its literal and their place.
    #[inline(always)]
    pub(crate) fn key(&mut self, contents: &[u8], start: usize) {
        let Some(object) = self.open.last_mut() else { return };
        let fingerprint = fingerprint(contents);
        if let Some(index) = array_index(contents) {
            object.suspect |= object.names > 0 || object.last_index.is_some_and(|last| last >= index);
            object.last_index = Some(index);
        } else {
            object.names += 1;
            object.suspect = object.suspect
                || object.names > FEW_NAMES
                || is_among(fingerprint, &self.fingerprints[object.first_key..]);
        }
        self.keys.push(Key { start, length: contents.len() });
        self.fingerprints.push(fingerprint);
    }

    #[inline(always)]
    pub(crate) fn innermost_may_need_order(&self) -> bool {
        self.open.last().is_some_and(|object| object.suspect)
    }

    /// Records the members' order if it is not the one in which they stand; `out` ends with the object.
    pub(crate) fn order_innermost(&mut self, out: &str) {
        let Some(object) = self.open.last() else { return };
        let keys = &self.keys[object.first_key..];
        let contents = |key: &Key| &out.as_bytes()[key.start..key.start + key.length];

        let repeats = Repeats::find(&self.fingerprints[object.first_key..], |number| contents(&keys[number]));
        let rank = |number: usize| array_index(contents(&keys[number])).map_or(NAME_RANK, u64::from);
        let mut order: Vec<(u64, usize)> =
            (0..keys.len()).filter(|number| repeats.is_first(*number)).map(|number| (rank(number), number)).collect();
        // Stable: names share a rank and stay in the order of their first appearance.
        order.sort_by_key(|(rank, _)| *rank);
        if order.iter().map(|(_, number)| *number).eq(0..keys.len()) {
            return;
        }

        let first_member = self.members.len();
        self.members.extend(order.iter().map(|(_, number)| {
            let last = repeats.last(*number);
            // A member reaches from its key's quote to the comma before the next key's, or to the closing bracket.
            let end = keys.get(last + 1).map_or(out.len() - 1, |next| next.start - 2);
            keys[last].start - 1..end
        }));
        self.reordered.push(Reordered { place: object.start..out.len(), members: first_member..self.members.len() });
    }

    #[inline(always)]
    pub(crate) fn end(&mut self) {
        if let Some(object) = self.open.pop() {
            self.keys.truncate(object.first_key);
            self.fingerprints.truncate(object.first_key);
        }
    }

    /// Writes the whole text in its final order.
    pub(crate) fn assemble(mut self, out: String) -> String {
        if self.reordered.is_empty() {
            return out;
        }
        self.reordered.sort_unstable_by_key(|object| object.place.start);
        let mut text = String::with_capacity(out.len());
        let mut work = Vec::from([Work::Copy(0..out.len())]);
        while let Some(next) = work.pop() {
            match next {
                Work::Copy(place) => {
                    let following = self.reordered.partition_point(|object| object.place.start < place.start);
                    match self.reordered.get(following) {
                        Some(object) if object.place.start < place.end => {
                            text.push_str(&out[place.start..object.place.start]);
                            text.push('{');
                            work.push(Work::Copy(object.place.end..place.end));
                            work.push(Work::Members(object.members.clone()));
                        }
                        _ => text.push_str(&out[place]),
                    }
                }
                Work::Members(mut members) => match members.next() {
                    Some(member) => {
                        let is_last = members.is_empty();
                        work.push(Work::Members(members));
                        if !is_last {
                            work.push(Work::Comma);
                        }
                        work.push(Work::Copy(self.members[member].clone()));
                    }
                    None => text.push('}'),
                },
                Work::Comma => text.push(','),
            }
        }
        text
    }
}

/// What is left to write, the next on top.
enum Work {
    Copy(Range<usize>),
    Members(Range<usize>),
    Comma,
}

/// Which keys of an object are the same.
struct Repeats {
    /// For each key's number: that of the last key like it if it is the first, [`Repeats::NOT_FIRST`] otherwise.
    last: Vec<usize>,
}

impl Repeats {
    const NOT_FIRST: usize = usize::MAX;

    fn find<'k>(fingerprints: &[u32], contents: impl Fn(usize) -> &'k [u8]) -> Self {
        let mut last: Vec<usize> = (0..fingerprints.len()).collect();
        let mut sorted: Vec<(u32, usize)> = fingerprints.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        for alike in sorted.chunk_by_mut(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
            alike.sort_unstable_by(|(_, one), (_, other)| contents(*one).cmp(contents(*other)).then(one.cmp(other)));
            for equal in alike.chunk_by(|(_, one), (_, other)| contents(*one) == contents(*other)) {
                let [(_, first), .., (_, latest)] = equal else { continue };
                for (_, number) in equal {
                    last[*number] = Self::NOT_FIRST;
                }
                last[*first] = *latest;
            }
        }
        Self { last }
    }

    fn is_first(&self, number: usize) -> bool {
        self.last[number] != Self::NOT_FIRST
    }

    fn last(&self, number: usize) -> usize {
        self.last[number]
    }
}

/// Without an early exit, so that it compiles to four comparisons an instruction.
#[inline(always)]
fn is_among(fingerprint: u32, others: &[u32]) -> bool {
    others.iter().map(|other| u32::from(*other == fingerprint)).fold(0, |met, equal| met | equal) != 0
}

/// Behind every array index.
const NAME_RANK: u64 = u64::MAX;

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

/// A few cheap instructions over the length and both ends of a key: what tells the keys of real records apart. Anyone
/// can make keys that share it, and gains nothing by that.
#[inline(always)]
fn fingerprint(key: &[u8]) -> u32 {
    let (head, tail) = match (key.first_chunk::<8>(), key.last_chunk::<8>()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => match (key.first_chunk::<4>(), key.last_chunk::<4>()) {
            (Some(head), Some(tail)) => (u32::from_le_bytes(*head).into(), u32::from_le_bytes(*tail).into()),
            _ => (key.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
        },
    };
    let mixed = (head ^ tail.rotate_left(29) ^ key.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests;
