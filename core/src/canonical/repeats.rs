//! Which keys of an object are the same.

use alloc::vec::Vec;

/// Up to this many keys each is compared with all others; beyond, a table is cheaper.
pub(crate) const FEW: usize = 32;

/// For each key of one object, by its number: the number of the last key like it, if it is the first like it.
///
/// Many keys go through a hash table with open addressing, in which steps and bytes compared in vain are counted: keys made
/// to collide soon take more than honest ones ever do, and are then sorted by their text instead. So the time is
/// O(n log n) in bytes whatever the keys are, and there is no secret to guess.
#[derive(Default)]
pub(crate) struct Repeats {
    last: Vec<u32>,
    any: bool,
    /// Numbers of first keys, at the places their fingerprints name.
    table: Vec<u32>,
}

/// Not a number: an empty place of the table; a key that is not the first like it. An object would need 16 GB for a key of
/// this number.
const NONE: u32 = u32::MAX;

/// Steps a key that finds no place may take on average, the table being at most half full: honest keys take 1.5.
const MOST_STEPS: usize = 4;

impl Repeats {
    /// Looks at the keys of one object, whose canonical contents are `contents(number)`.
    pub(crate) fn find<'k>(&mut self, fingerprints: &[u32], contents: impl Fn(usize) -> &'k [u8]) {
        self.forget(fingerprints.len());
        if fingerprints.len() <= FEW {
            self.compare_all(fingerprints, contents);
        } else if !self.look_up_all(fingerprints, &contents) {
            self.sort_all(fingerprints.len(), contents);
        }
    }

    /// Whether any key was repeated.
    pub(crate) fn any(&self) -> bool {
        self.any
    }

    pub(crate) fn is_first(&self, number: usize) -> bool {
        self.last[number] != NONE
    }

    /// The number of the last key like the first one of this number.
    pub(crate) fn last(&self, number: usize) -> usize {
        self.last[number] as usize
    }

    /// No key of so many is repeated, as far as is known.
    pub(crate) fn forget(&mut self, count: usize) {
        self.any = false;
        self.last.clear();
        self.last.extend((0..NONE).take(count));
    }

    fn put(&mut self, first: usize, repeated: usize) {
        self.last[first] = self.last[repeated];
        self.last[repeated] = NONE;
        self.any = true;
    }

    fn compare_all<'k>(&mut self, fingerprints: &[u32], contents: impl Fn(usize) -> &'k [u8]) {
        for number in 1..fingerprints.len() {
            let same = |earlier: &usize| {
                fingerprints[*earlier] == fingerprints[number] && contents(*earlier) == contents(number)
            };
            if let Some(first) = (0..number).filter(|earlier| self.is_first(*earlier)).find(same) {
                self.put(first, number);
            }
        }
    }

    /// Gives up, having changed nothing that counts, when it takes more than honest keys do.
    fn look_up_all<'k>(&mut self, fingerprints: &[u32], contents: impl Fn(usize) -> &'k [u8]) -> bool {
        let places = (fingerprints.len() * 2).next_power_of_two();
        self.table.clear();
        self.table.resize(places, NONE);
        let mut steps_left = fingerprints.len() * MOST_STEPS;
        let mut bytes_left: usize = (0..fingerprints.len()).map(|number| contents(number).len()).sum();
        for (number, fingerprint) in fingerprints.iter().enumerate() {
            let mut place = *fingerprint as usize & (places - 1);
            loop {
                let found = self.table[place];
                if found == NONE {
                    self.table[place] = self.last[number];
                    break;
                }
                let found = found as usize;
                if fingerprints[found] == *fingerprint {
                    if contents(found) == contents(number) {
                        self.put(found, number);
                        break;
                    }
                    bytes_left = bytes_left.saturating_sub(contents(number).len());
                }
                steps_left = steps_left.saturating_sub(1);
                if steps_left == 0 || bytes_left == 0 {
                    return false;
                }
                place = (place + 1) & (places - 1);
            }
        }
        true
    }

    fn sort_all<'k>(&mut self, count: usize, contents: impl Fn(usize) -> &'k [u8]) {
        self.forget(count);
        let of = |number: u32| contents(number as usize);
        let mut sorted: Vec<(u64, u32)> = (0..NONE).take(count).map(|number| (beginning(of(number)), number)).collect();
        sorted.sort_unstable_by(|(one_beginning, one), (other_beginning, other)| {
            // A beginning filled up with zeros stands for no other text: no key holds such a byte.
            let by_text = || of(*one).cmp(of(*other)).then(one.cmp(other));
            one_beginning.cmp(other_beginning).then_with(by_text)
        });
        for equal in sorted.chunk_by(|one, other| one.0 == other.0 && of(one.1) == of(other.1)) {
            if let [(_, first), rest @ ..] = equal {
                for (_, number) in rest {
                    self.put(*first as usize, *number as usize);
                }
            }
        }
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
