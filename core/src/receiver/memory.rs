//! Claims in the memory of one process.

use alloc::{
    collections::{BTreeMap, VecDeque, btree_map::Entry},
    format,
    string::String,
    vec::Vec,
};
use core::{fmt, num::NonZeroUsize, time::Duration};

use super::ReceiverLimits;
use crate::mac;

/// Claims in the memory of one process: what another process handled is unknown here, and what this one handled is forgotten
/// when it ends.
///
/// A host keeps one behind a lock and shows it a clock that only goes forward, counted from any moment. Each call takes time
/// that grows with the logarithm of the number of claims.
///
/// # Example
///
/// ```
/// use core::time::Duration;
/// use twenty_webhook::receiver::MemoryClaims;
///
/// let mut claims = MemoryClaims::default();
/// let (ttl, window) = (Duration::from_secs(60), Duration::from_secs(30));
/// let token = claims.claim("a", ttl, window, Duration::ZERO)?.unwrap_or_default();
/// assert_eq!(claims.claim("a", ttl, window, Duration::from_secs(59))?, None);
/// claims.release("a", &token);
/// assert!(claims.claim("a", ttl, window, Duration::from_secs(59))?.is_some());
/// # Ok::<(), twenty_webhook::receiver::MemoryIsFull>(())
/// ```
#[derive(Debug)]
pub struct MemoryClaims {
    most: usize,
    /// By the fingerprint of the key: comparing numbers in the nodes takes half as long as following pointers to texts.
    by_key: BTreeMap<Fingerprint, Claim>,
    /// The claims of each pair of lifetimes, oldest first: the order in which they expire. A receiver has one pair.
    queues: Vec<Queue>,
    /// Claims live in this object only, so counting tells them apart.
    granted: u64,
}

/// The first 128 bits of the SHA-256: nobody can make two keys that share it.
type Fingerprint = u128;

#[derive(Debug)]
struct Claim {
    serial: u64,
    lifetimes: Lifetimes,
}

/// Claims that were given back stay in it until they come to its head or are half of it.
#[derive(Debug)]
struct Queue {
    lifetimes: Lifetimes,
    by_age: VecDeque<Granted>,
    /// How many in it are still held.
    held: usize,
}

#[derive(Clone, Copy, Debug)]
struct Granted {
    serial: u64,
    key: Fingerprint,
    at: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lifetimes {
    ttl: Duration,
    window: Duration,
}

impl MemoryClaims {
    /// Makes one that holds so many claims.
    pub fn with_max_entries(max_entries: NonZeroUsize) -> Self {
        Self { most: max_entries.get(), by_key: BTreeMap::new(), queues: Vec::new(), granted: 0 }
    }

    /// Claims a key: a token, or `None` where another holds it. A claim is gone once it is exactly `ttl` old.
    ///
    /// # Errors
    ///
    /// [`MemoryIsFull`] where there is no room and every claim is younger than the window it was made with.
    pub fn claim(
        &mut self,
        key: &str,
        ttl: Duration,
        window: Duration,
        now: Duration,
    ) -> Result<Option<String>, MemoryIsFull> {
        self.forget_expired(now);
        let key = fingerprint(key);
        if self.by_key.len() >= self.most && !self.by_key.contains_key(&key) {
            self.forget_oldest(now)?;
        }
        let (lifetimes, serial) = (Lifetimes { ttl, window }, self.granted);
        let Entry::Vacant(free) = self.by_key.entry(key) else { return Ok(None) };
        free.insert(Claim { serial, lifetimes });
        self.granted += 1;
        let at = self.queue(lifetimes);
        self.queues[at].by_age.push_back(Granted { serial, key, at: now });
        self.queues[at].held += 1;
        Ok(Some(format!("{serial}")))
    }

    /// Gives a claim back, if it is still held by this token.
    pub fn release(&mut self, key: &str, token: &str) {
        let key = fingerprint(key);
        let Some(&Claim { serial, lifetimes }) = self.by_key.get(&key) else { return };
        if token.parse() == Ok(serial) {
            self.by_key.remove(&key);
            let at = self.queue(lifetimes);
            self.queues[at].gave_back(&self.by_key);
        }
    }

    /// How many claims it holds; of those that have expired some may still count.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// The place of the queue of these lifetimes.
    fn queue(&mut self, lifetimes: Lifetimes) -> usize {
        self.queues.iter().position(|queue| queue.lifetimes == lifetimes).unwrap_or_else(|| {
            self.queues.push(Queue { lifetimes, by_age: VecDeque::new(), held: 0 });
            self.queues.len() - 1
        })
    }

    fn forget_expired(&mut self, now: Duration) {
        for queue in &mut self.queues {
            // Their ages first: a look into the tree costs more, and nearly always none has expired.
            while let Some(&oldest) = queue.by_age.front() {
                if now.saturating_sub(oldest.at) < queue.lifetimes.ttl {
                    break;
                }
                queue.by_age.pop_front();
                if oldest.is_held(&self.by_key) {
                    queue.held -= 1;
                    self.by_key.remove(&oldest.key);
                }
            }
        }
        self.queues.retain(|queue| queue.held > 0);
    }

    /// Forgets the oldest claim that is past its own window.
    fn forget_oldest(&mut self, now: Duration) -> Result<(), MemoryIsFull> {
        let mut found: Option<(Granted, &mut Queue)> = None;
        for queue in &mut self.queues {
            let Some(oldest) = queue.oldest(&self.by_key) else { continue };
            let is_past = now.saturating_sub(oldest.at) > queue.lifetimes.window;
            if is_past && found.as_ref().is_none_or(|(older, _)| oldest.serial < older.serial) {
                found = Some((oldest, queue));
            }
        }
        let (oldest, queue) = found.ok_or(MemoryIsFull { most: self.most })?;
        queue.held -= 1;
        self.by_key.remove(&oldest.key);
        Ok(())
    }
}

impl Queue {
    /// The oldest claim that is still held.
    fn oldest(&mut self, by_key: &BTreeMap<Fingerprint, Claim>) -> Option<Granted> {
        while let Some(oldest) = self.by_age.front() {
            if oldest.is_held(by_key) {
                return Some(*oldest);
            }
            self.by_age.pop_front();
        }
        None
    }

    /// A claim in it is held no more. Each look at all of them halves it at least.
    fn gave_back(&mut self, by_key: &BTreeMap<Fingerprint, Claim>) {
        self.held -= 1;
        if self.held <= self.by_age.len() / 2 {
            self.by_age.retain(|granted| granted.is_held(by_key));
        }
    }
}

impl Granted {
    fn is_held(&self, by_key: &BTreeMap<Fingerprint, Claim>) -> bool {
        by_key.get(&self.key).is_some_and(|claim| claim.serial == self.serial)
    }
}

fn fingerprint(key: &str) -> Fingerprint {
    let digest = mac::sha256(&[key.as_bytes()]);
    digest.first_chunk().map_or(0, |start| Fingerprint::from_le_bytes(*start))
}

impl Default for MemoryClaims {
    fn default() -> Self {
        let most = ReceiverLimits::default().memory_store_entries;
        Self::with_max_entries(NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN))
    }
}

/// There is no room for a claim, and every claim is too young to be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryIsFull {
    most: usize,
}

impl fmt::Display for MemoryIsFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The replay store in memory is full: it holds {} claims, and each is too young to be forgotten.",
            self.most
        )
    }
}

impl core::error::Error for MemoryIsFull {}

#[cfg(test)]
mod tests;
