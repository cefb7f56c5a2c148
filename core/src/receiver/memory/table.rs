//! Which claims are held: a hash table of fingerprints, which are as good as random already. A tree of the standard library's
//! takes 3 kB more of the WebAssembly module.

use alloc::{vec, vec::Vec};
use core::num::NonZeroU64;

/// The first 128 bits of a SHA-256: nobody can make two keys that share it.
pub(super) type Fingerprint = [u64; 2];

/// Open addressing: a claim is at the place its fingerprint names, or behind it with none free between.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// None, or a power of two.
    slots: Vec<Option<Held>>,
    len: usize,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    key: Fingerprint,
    serial: NonZeroU64,
}

impl Table {
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// The serial number of the claim of a key.
    pub(super) fn get(&self, key: &Fingerprint) -> Option<NonZeroU64> {
        self.slots.get(self.place(key)).copied().flatten().map(|held| held.serial)
    }

    /// Adds the claim of a key that has none.
    pub(super) fn insert(&mut self, key: Fingerprint, serial: NonZeroU64) {
        let (len, room) = (self.len + 1, self.slots.len());
        if len > room / 4 * 3 || len < room / 16 {
            let slots = vec![None; (2 * len).next_power_of_two().max(FEWEST)];
            for held in core::mem::replace(&mut self.slots, slots).into_iter().flatten() {
                self.put(held);
            }
        }
        self.put(Held { key, serial });
        self.len = len;
    }

    pub(super) fn remove(&mut self, key: &Fingerprint) {
        let mut at = self.place(key);
        let mut is_removed = false;
        // Whatever stands behind it may have been put there because the place before was taken.
        while let Some(held) = self.slots.get_mut(at).and_then(Option::take) {
            if is_removed {
                self.put(held);
            } else {
                (is_removed, self.len) = (true, self.len - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn put(&mut self, held: Held) {
        let place = self.place(&held.key);
        self.slots[place] = Some(held);
    }

    /// Where the key's claim is, or the free slot where it would be; there always is one.
    fn place(&self, key: &Fingerprint) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        #[allow(clippy::cast_possible_truncation, reason = "the low bits are wanted")]
        let mut place = key[0] as usize & last;
        while self.slots.get(place).copied().flatten().is_some_and(|held| held.key != *key) {
            place = (place + 1) & last;
        }
        place
    }
}

const FEWEST: usize = 16;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Few places for many keys, so that they stand in each other's way, up and down through all sizes.
    #[test]
    fn holds_what_a_tree_holds() {
        let (mut table, mut tree, mut random) = (Table::default(), BTreeMap::new(), 1_u64);
        for round in 1..20_000_u64 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let key = [(random >> 33) % 97, (random >> 40) % 8];
            let serial = NonZeroU64::MIN.saturating_add(round);
            assert_eq!(table.get(&key), tree.get(&key).copied(), "{round}");
            let is_growing = round / 2_500 % 2 == 0;
            if (random >> 60 < 11) == is_growing && !tree.contains_key(&key) {
                table.insert(key, serial);
                tree.insert(key, serial);
            } else {
                table.remove(&key);
                tree.remove(&key);
            }
            assert_eq!(table.len(), tree.len());
        }
    }

    #[test]
    fn gives_room_back() {
        let mut table = Table::default();
        let serial = NonZeroU64::MIN;
        (0..1_000).for_each(|number| table.insert([number, 0], serial));
        (0..1_000).for_each(|number| table.remove(&[number, 0]));
        table.insert([0, 0], serial);
        assert_eq!((table.len(), table.slots.len()), (1, FEWEST));
    }
}
