//! Which keys of an object are the same.

use alloc::vec::Vec;

/// Up to this many keys each is compared with all others; beyond, a table is cheaper.
pub(crate) const FEW: usize = 32;

/// For each key of one object, by its number: the number of the last key like it, if it is the first like it.
///
/// Many keys go through a hash table with open addressing, whose steps are counted: keys made to collide soon take more
/// than honest ones ever do, and are then sorted by their text instead. So the time is O(n log n) whatever the keys are,
/// and there is no secret to guess.
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
        self.any = false;
        self.last.clear();
        self.last.extend((0..NONE).take(fingerprints.len()));
        let same =
            |one: usize, other: usize| fingerprints[one] == fingerprints[other] && contents(one) == contents(other);
        if fingerprints.len() <= FEW {
            self.compare_all(fingerprints.len(), same);
        } else if !self.look_up_all(fingerprints, same) {
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

    fn put(&mut self, first: usize, repeated: usize) {
        self.last[first] = self.last[repeated];
        self.last[repeated] = NONE;
        self.any = true;
    }

    fn compare_all(&mut self, count: usize, same: impl Fn(usize, usize) -> bool) {
        for number in 1..count {
            if let Some(first) = (0..number).find(|earlier| self.is_first(*earlier) && same(*earlier, number)) {
                self.put(first, number);
            }
        }
    }

    /// Gives up, having changed nothing that counts, when the steps are more than honest keys take.
    fn look_up_all(&mut self, fingerprints: &[u32], same: impl Fn(usize, usize) -> bool) -> bool {
        let places = (fingerprints.len() * 2).next_power_of_two();
        self.table.clear();
        self.table.resize(places, NONE);
        let mut steps_left = fingerprints.len() * MOST_STEPS;
        for (number, key_fingerprint) in (0..NONE).zip(fingerprints) {
            let mut place = *key_fingerprint as usize % places;
            loop {
                let found = self.table[place];
                if found == NONE {
                    self.table[place] = number;
                    break;
                }
                if same(found as usize, number as usize) {
                    self.put(found as usize, number as usize);
                    break;
                }
                if steps_left == 0 {
                    return false;
                }
                steps_left -= 1;
                place = (place + 1) % places;
            }
        }
        true
    }

    fn sort_all<'k>(&mut self, count: usize, contents: impl Fn(usize) -> &'k [u8]) {
        self.any = false;
        let mut sorted: Vec<(&[u8], u32)> =
            (0..NONE).take(count).map(|number| (contents(number as usize), number)).collect();
        sorted.sort_unstable();
        self.last.clear();
        self.last.extend((0..NONE).take(count));
        for equal in sorted.chunk_by(|(one, _), (other, _)| one == other) {
            if let [(_, first), rest @ ..] = equal {
                for (_, number) in rest {
                    self.put(*first as usize, *number as usize);
                }
            }
        }
    }
}
