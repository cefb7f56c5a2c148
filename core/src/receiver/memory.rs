//! Claims in the memory of one process.

use alloc::{collections::VecDeque, format, string::String, vec::Vec};
use core::{
    fmt,
    num::{NonZeroU64, NonZeroUsize},
    time::Duration,
};

use hashbrown::HashTable;

use super::ReceiverLimits;
use crate::mac;

/// Claims in the memory of one process: what another process handled is unknown here, and what this one handled is forgotten
/// when it ends.
///
/// A host keeps one behind a lock and shows it a clock that only goes forward, counted from any moment. A call takes time that
/// does not grow with the number of claims, but for the few that make room or forget many.
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
    held: Held,
    /// The claims of each pair of lifetimes, oldest first: the order in which they expire. A receiver has one pair.
    queues: Vec<Queue>,
    /// Claims live in this object only, so counting tells them apart.
    granted: NonZeroU64,
}

/// Claims that were given back stay in it until they come to its head or are half of it.
#[derive(Debug)]
struct Queue {
    lifetimes: Lifetimes,
    by_age: VecDeque<Granted>,
    /// How many in it are still held.
    held: usize,
}

/// By the hash that a fingerprint is. A tree of the standard library's takes 3 kB more of the WebAssembly module.
#[derive(Debug, Default)]
struct Held(HashTable<(Fingerprint, NonZeroU64)>);

/// The first 128 bits of a SHA-256: nobody can make two keys that share it.
type Fingerprint = [u64; 2];

#[derive(Clone, Copy, Debug)]
struct Granted {
    serial: NonZeroU64,
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
        Self { most: max_entries.get(), held: Held::default(), queues: Vec::new(), granted: NonZeroU64::MIN }
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
        if self.held.get(&key).is_some() {
            return Ok(None);
        }
        if self.held.0.len() >= self.most {
            self.forget_oldest(now)?;
        }
        let (lifetimes, serial) = (Lifetimes { ttl, window }, self.granted);
        self.granted = serial.saturating_add(1);
        let at = self.queue(lifetimes);
        self.queues[at].by_age.push_back(Granted { serial, key, at: now });
        self.queues[at].held += 1;
        self.held.insert(key, serial);
        Ok(Some(format!("{serial}")))
    }

    /// Gives a claim back, if it is still held by this token.
    pub fn release(&mut self, key: &str, token: &str) {
        let key = fingerprint(key);
        let Some(serial) = self.held.get(&key) else { return };
        if token.parse() == Ok(serial.get()) {
            self.held.remove(&key);
            for queue in &mut self.queues {
                if queue.by_age.binary_search_by_key(&serial, |granted| granted.serial).is_ok() {
                    queue.gave_back(&self.held);
                }
            }
        }
    }

    /// How many claims it holds; of those that have expired some may still count.
    pub fn len(&self) -> usize {
        self.held.0.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.held.0.len() == 0
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
            while let Some(oldest) = queue.oldest(&self.held) {
                if now.saturating_sub(oldest.at) < queue.lifetimes.ttl {
                    break;
                }
                queue.held -= 1;
                self.held.remove(&oldest.key);
            }
        }
        self.queues.retain(|queue| queue.held > 0);
    }

    /// Forgets the oldest claim that is past its own window.
    fn forget_oldest(&mut self, now: Duration) -> Result<(), MemoryIsFull> {
        let mut found: Option<(Granted, &mut Queue)> = None;
        for queue in &mut self.queues {
            let Some(oldest) = queue.oldest(&self.held) else { continue };
            let is_past = now.saturating_sub(oldest.at) > queue.lifetimes.window;
            if is_past && found.as_ref().is_none_or(|(older, _)| oldest.serial < older.serial) {
                found = Some((oldest, queue));
            }
        }
        let (oldest, queue) = found.ok_or(MemoryIsFull { most: self.most })?;
        queue.held -= 1;
        self.held.remove(&oldest.key);
        Ok(())
    }
}

impl Held {
    /// The serial number of the claim of a key.
    fn get(&self, key: &Fingerprint) -> Option<NonZeroU64> {
        self.0.find(key[0], |(held, _)| held == key).map(|(_, serial)| *serial)
    }

    fn insert(&mut self, key: Fingerprint, serial: NonZeroU64) {
        self.0.insert_unique(key[0], (key, serial), |(held, _)| held[0]);
    }

    fn remove(&mut self, key: &Fingerprint) {
        if let Ok(found) = self.0.find_entry(key[0], |(held, _)| held == key) {
            found.remove();
        }
    }
}

impl Queue {
    /// The oldest claim that is still held.
    fn oldest(&mut self, held: &Held) -> Option<Granted> {
        while let Some(oldest) = self.by_age.front() {
            if oldest.is_held(held) {
                return Some(*oldest);
            }
            self.by_age.pop_front();
        }
        None
    }

    /// A claim in it is held no more. Each look at all of them halves it at least.
    fn gave_back(&mut self, held: &Held) {
        self.held -= 1;
        if self.held <= self.by_age.len() / 2 {
            self.by_age.retain(|granted| granted.is_held(held));
        }
    }
}

impl Granted {
    fn is_held(&self, held: &Held) -> bool {
        held.get(&self.key) == Some(self.serial)
    }
}

fn fingerprint(key: &str) -> Fingerprint {
    let digest = mac::sha256(&[key.as_bytes()]);
    let half = |at: usize| digest[at..].first_chunk().map_or(0, |half| u64::from_le_bytes(*half));
    [half(0), half(8)]
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
