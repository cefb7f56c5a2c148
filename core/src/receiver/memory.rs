//! Claims in the memory of one process.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
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

#[derive(Debug)]
struct Queue {
    lifetimes: Lifetimes,
    by_age: BTreeMap<u64, (Fingerprint, Duration)>,
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
        if self.by_key.contains_key(&key) {
            return Ok(None);
        }
        if self.by_key.len() >= self.most {
            self.forget_oldest(now)?;
        }
        let (lifetimes, serial) = (Lifetimes { ttl, window }, self.granted);
        self.granted += 1;
        self.queue(lifetimes).by_age.insert(serial, (key, now));
        self.by_key.insert(key, Claim { serial, lifetimes });
        Ok(Some(format!("{serial}")))
    }

    /// Gives a claim back, if it is still held by this token.
    pub fn release(&mut self, key: &str, token: &str) {
        let key = fingerprint(key);
        let Some(&Claim { serial, lifetimes }) = self.by_key.get(&key) else { return };
        if token.parse() == Ok(serial) {
            self.by_key.remove(&key);
            self.queue(lifetimes).by_age.remove(&serial);
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

    fn queue(&mut self, lifetimes: Lifetimes) -> &mut Queue {
        let known = self.queues.iter().position(|queue| queue.lifetimes == lifetimes);
        let at = known.unwrap_or_else(|| {
            self.queues.push(Queue { lifetimes, by_age: BTreeMap::new() });
            self.queues.len() - 1
        });
        &mut self.queues[at]
    }

    fn forget_expired(&mut self, now: Duration) {
        for queue in &mut self.queues {
            while let Some(oldest) = queue.by_age.first_entry() {
                if now.saturating_sub(oldest.get().1) < queue.lifetimes.ttl {
                    break;
                }
                self.by_key.remove(&oldest.remove().0);
            }
        }
        self.queues.retain(|queue| !queue.by_age.is_empty());
    }

    /// Forgets the oldest claim that is past its own window.
    fn forget_oldest(&mut self, now: Duration) -> Result<(), MemoryIsFull> {
        let heads = self.queues.iter_mut().filter_map(|queue| {
            let window = queue.lifetimes.window;
            queue.by_age.first_entry().filter(|oldest| now.saturating_sub(oldest.get().1) > window)
        });
        let oldest = heads.min_by_key(|head| *head.key()).ok_or(MemoryIsFull { most: self.most })?;
        self.by_key.remove(&oldest.remove().0);
        Ok(())
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
