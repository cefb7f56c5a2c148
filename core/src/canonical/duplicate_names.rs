//! Which keys of an object are the same: sorted, because that is O(n log n) in bytes whatever the keys are. A hash table
//! would be faster for honest keys, and needs a secret or a limit to be no slower for others.

use alloc::vec::Vec;

/// For each key of one object, by its number: the number of the last key like it, if it is the first like it.
#[derive(Default)]
pub(super) struct DuplicateNames {
    last: Vec<u32>,
    any: bool,
    /// The numbers of the keys, behind the beginnings of their texts.
    sorted: Vec<(u64, u32)>,
}

/// Not a number: of a key that is not the first like it. An object would need 16 GB for a key of this number.
const NONE: u32 = u32::MAX;

impl DuplicateNames {
    /// Looks at the keys of one object, whose canonical contents are `contents(number)`.
    pub(super) fn find<'k>(&mut self, count: usize, contents: impl Fn(usize) -> &'k [u8]) {
        self.forget(count);
        let of = |number: u32| contents(number as usize);
        self.sorted.clear();
        self.sorted.extend((0..NONE).take(count).map(|number| (beginning(of(number)), number)));
        self.sorted.sort_unstable_by(|(one_beginning, one), (other_beginning, other)| {
            // A beginning filled up with zeros stands for no other text: no key holds such a byte.
            let by_text = || of(*one).cmp(of(*other)).then(one.cmp(other));
            one_beginning.cmp(other_beginning).then_with(by_text)
        });
        for equal in self.sorted.chunk_by(|one, other| one.0 == other.0 && of(one.1) == of(other.1)) {
            if let [(_, first), rest @ .., (_, last)] = equal {
                self.any = true;
                self.last[*first as usize] = *last;
                self.last[*last as usize] = NONE;
                for (_, number) in rest {
                    self.last[*number as usize] = NONE;
                }
            }
        }
    }

    /// Whether any key was found twice.
    pub(super) fn any(&self) -> bool {
        self.any
    }

    pub(super) fn is_first(&self, number: usize) -> bool {
        self.last[number] != NONE
    }

    /// The number of the last key like the first one of this number.
    pub(super) fn last(&self, number: usize) -> usize {
        self.last[number] as usize
    }

    /// No key of so many is there twice, as far as is known.
    pub(super) fn forget(&mut self, count: usize) {
        self.any = false;
        self.last.clear();
        self.last.extend((0..NONE).take(count));
    }
}

/// The first eight bytes as a number, which compares as they do.
fn beginning(key: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = key.len().min(8);
    bytes[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests;
