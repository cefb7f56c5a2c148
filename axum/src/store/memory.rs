//! Claims in memory.

use std::{
    fmt,
    future::ready,
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use twenty_webhook::receiver::MemoryClaims;

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
    claims: Mutex<MemoryClaims>,
    begun: Instant,
}

impl MemoryReplayStore {
    /// Makes one that holds so many claims.
    pub fn with_max_entries(max_entries: NonZeroUsize) -> Self {
        Self::of(MemoryClaims::with_max_entries(max_entries))
    }

    fn of(claims: MemoryClaims) -> Self {
        Self { claims: claims.into(), begun: Instant::now() }
    }

    fn claims(&self) -> MutexGuard<'_, MemoryClaims> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryReplayStore {
    fn default() -> Self {
        Self::of(MemoryClaims::default())
    }
}

impl fmt::Debug for MemoryReplayStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryReplayStore").finish_non_exhaustive()
    }
}

impl ReplayStore for MemoryReplayStore {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        ttl: Duration,
        window: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, BoxError>> {
        let claimed = self.claims().claim(key, ttl, window, self.begun.elapsed());
        Box::pin(ready(claimed.map_err(BoxError::from)))
    }

    fn release<'a>(&'a self, key: &'a str, token: &'a str) -> BoxFuture<'a, Result<(), BoxError>> {
        self.claims().release(key, token);
        Box::pin(ready(Ok(())))
    }
}
