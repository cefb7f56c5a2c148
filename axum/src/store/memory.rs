//! Claims in the memory of one process.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    future::ready,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use twenty_webhook::ReceiverLimits;

use crate::{BoxError, BoxFuture, ReplayStore};

/// A store for a receiver that is one process: what another process handled it does not know, and what this one handled is
/// forgotten when it ends. Full of claims too young to be forgotten, it fails, as a store that does not answer does.
///
/// # Example
///
/// ```
/// use std::num::NonZeroUsize;
/// use twenty_webhook_axum::MemoryReplayStore;
///
/// let store = MemoryReplayStore::default(); // up to 100,000 claims
/// let larger = NonZeroUsize::new(1_000_000).map(MemoryReplayStore::with_max_entries);
/// ```
pub struct MemoryReplayStore {
    max_entries: usize,
    claims: Mutex<Claims>,
}

/// The two maps hold the same claims.
#[derive(Default)]
struct Claims {
    by_key: HashMap<Arc<str>, Claim>,
    /// The oldest first, by serial number.
    by_age: BTreeMap<u64, Arc<str>>,
    /// Claims live in this object only, so counting tells them apart.
    granted: u64,
}

struct Claim {
    serial: u64,
    claimed_at: Instant,
    /// `None` where that is beyond counting.
    expires_at: Option<Instant>,
}

impl MemoryReplayStore {
    /// Makes one that holds so many claims.
    pub fn with_max_entries(max_entries: NonZeroUsize) -> Self {
        Self { max_entries: max_entries.get(), claims: Mutex::default() }
    }

    fn with_claims<T>(&self, act: impl FnOnce(&mut Claims) -> T) -> T {
        act(&mut self.claims.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for MemoryReplayStore {
    fn default() -> Self {
        Self { max_entries: ReceiverLimits::default().memory_store_entries, claims: Mutex::default() }
    }
}

impl fmt::Debug for MemoryReplayStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryReplayStore").field("max_entries", &self.max_entries).finish_non_exhaustive()
    }
}

impl ReplayStore for MemoryReplayStore {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        Box::pin(ready(self.with_claims(|claims| claims.claim(key, ttl, window, self.max_entries))))
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        self.with_claims(|claims| claims.release(key, token));
        Box::pin(ready(Ok(())))
    }
}

impl Claims {
    fn claim(
        &mut self,
        key: &str,
        ttl: Duration,
        window: Duration,
        max_entries: usize,
    ) -> Result<Option<String>, BoxError> {
        let now = Instant::now();
        if let Some(held) = self.by_key.get(key) {
            if !held.has_expired(now) {
                return Ok(None);
            }
            self.forget(held.serial);
        }
        self.make_room(now, window, max_entries)?;
        let (key, serial) = (Arc::<str>::from(key), self.granted);
        self.granted += 1;
        self.by_age.insert(serial, Arc::clone(&key));
        self.by_key.insert(key, Claim { serial, claimed_at: now, expires_at: now.checked_add(ttl) });
        Ok(Some(serial.to_string()))
    }

    fn release(&mut self, key: &str, token: &str) {
        if let Some(serial) = self.by_key.get(key).map(|held| held.serial).filter(|serial| serial.to_string() == token)
        {
            self.forget(serial);
        }
    }

    /// The oldest that have expired, and if there is still no room, the oldest past the window.
    fn make_room(&mut self, now: Instant, window: Duration, max_entries: usize) -> Result<(), BoxError> {
        while let Some((&serial, key)) = self.by_age.first_key_value() {
            let is_full = self.by_age.len() >= max_entries;
            let is_due = self
                .by_key
                .get(key)
                .is_none_or(|claim| claim.has_expired(now) || is_full && now.duration_since(claim.claimed_at) > window);
            if !is_due {
                break;
            }
            self.forget(serial);
        }
        if self.by_age.len() < max_entries {
            return Ok(());
        }
        // Receivers with lives of claims of their own may share it, and then younger ones can have expired before older ones.
        self.by_key.retain(|_, claim| !claim.has_expired(now));
        let Self { by_key, by_age, .. } = self;
        by_age.retain(|_, key| by_key.contains_key(key));
        if by_age.len() < max_entries {
            return Ok(());
        }
        Err(format!("the replay store in memory is full: its {max_entries} claims are all too young to be forgotten")
            .into())
    }

    fn forget(&mut self, serial: u64) {
        if let Some(key) = self.by_age.remove(&serial) {
            self.by_key.remove(&key);
        }
    }
}

impl Claim {
    fn has_expired(&self, now: Instant) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}
