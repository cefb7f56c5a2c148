//! A store in memory as the hosts of JavaScript hold it.

use alloc::{
    rc::Rc,
    string::{String, ToString},
};
use core::{cell::RefCell, num::NonZeroUsize, time::Duration};

use super::{Failure, webhook::to_u64};
use crate::receiver::{Claimed, MemoryClaims, MemoryIsFull};

/// A store in memory, which its clones share. Its clock counts milliseconds and only goes forward.
#[derive(Clone, Debug)]
pub struct Memory(Rc<RefCell<MemoryClaims>>);

impl Memory {
    /// Makes one for so many claims, a whole number from 1; the core's number of them where there is none.
    pub fn open(max_entries: Option<f64>) -> Self {
        let most = max_entries.map(|most| usize::try_from(to_u64(most)).unwrap_or(usize::MAX));
        let claims =
            most.and_then(NonZeroUsize::new).map_or_else(MemoryClaims::default, MemoryClaims::with_max_entries);
        Self(Rc::new(RefCell::new(claims)))
    }

    /// See [`MemoryClaims::claim`].
    ///
    /// # Errors
    ///
    /// That it is full, without a code.
    pub fn claim(&self, key: &str, ttl_millis: f64, window_millis: f64, at: f64) -> Result<Option<String>, Failure> {
        self.ask(key, of_millis(ttl_millis), of_millis(window_millis), at).map_err(|full| Failure::mistake(&full))
    }

    /// See [`MemoryClaims::release`].
    pub fn release(&self, key: &str, token: &str) {
        self.0.borrow_mut().release(key, token);
    }

    /// What an exchange is told of a claim.
    pub(super) fn claimed(&self, key: &str, ttl: Duration, window: Duration, at: f64) -> Claimed {
        match self.ask(key, ttl, window, at) {
            Ok(Some(token)) => Claimed::Granted { token },
            Ok(None) => Claimed::Held,
            Err(full) => Claimed::Failed { cause: Some(full.to_string()) },
        }
    }

    fn ask(&self, key: &str, ttl: Duration, window: Duration, at: f64) -> Result<Option<String>, MemoryIsFull> {
        self.0.borrow_mut().claim(key, ttl, window, of_millis(at))
    }
}

/// Whole ones; what is left of one counts as one.
pub(super) fn millis(duration: Duration) -> u64 {
    duration.as_secs().saturating_mul(1_000).saturating_add(duration.subsec_nanos().div_ceil(1_000_000).into())
}

/// Whatever is beyond counting lasts as long as counting goes.
pub(super) fn of_millis(millis: f64) -> Duration {
    Duration::try_from_secs_f64(millis / 1_000.0).unwrap_or(Duration::MAX)
}
