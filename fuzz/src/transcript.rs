//! Random transcripts of the receiver's machine: what is told, and what may come of it.

mod telling;
mod told;

use std::{collections::BTreeMap, num::NonZeroUsize, sync::Arc, time::Duration};

use telling::Telling;
use twenty_webhook::{
    Secret, Timestamp, Webhook,
    receiver::{MemoryClaims, OnStoreFailure, Routes, Rules},
};

use crate::request::{Payload, ROUTES, Request, SECRET, TOLERANCE_MILLIS};

/// Plays a transcript: a byte of settings, two for each request, then two for each thing that happens. At the end every
/// exchange is brought to its own.
pub fn check(transcript: &[u8]) {
    let Some(([settings], rest)) = transcript.split_first_chunk() else { return };
    let Some((requests, rest)) = rest.split_first_chunk::<{ 2 * REQUESTS }>() else { return };
    let mut world = World::new(*settings);
    let mut tellings: Vec<_> = requests
        .chunks_exact(2)
        .map(|bytes| Telling::begin(&world, Request::read([bytes[0], bytes[1]], STARTED)))
        .collect();
    for happening in rest.chunks_exact(2).take(MOST) {
        let [what, how] = [happening[0], happening[1]];
        if what == 0xff {
            world.pass(how, tellings.iter().any(Telling::awaits_claim));
            continue;
        }
        tellings[usize::from(what) % REQUESTS].happen(&mut world, what / 4, how);
    }
    for telling in &mut tellings {
        telling.end(&mut world);
    }
}

const REQUESTS: usize = 4;
const MOST: usize = 200;
const STARTED: u64 = 1_735_066_639_761;

/// What exchanges share.
pub(crate) struct World {
    pub(crate) rules: Arc<Rules>,
    pub(crate) webhook: Arc<Webhook>,
    pub(crate) store: MemoryClaims,
    pub(crate) settings: Settings,
    pub(crate) now: u64,
    /// The key of each change.
    keys: BTreeMap<usize, String>,
    /// Under which claim a handler was called for a change, and when that was granted.
    granted: BTreeMap<usize, (String, u64)>,
}

#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) has_store: bool,
    pub(crate) is_background: bool,
    pub(crate) handles_without_claim: bool,
    pub(crate) has_routes: bool,
}

impl World {
    fn new(bits: u8) -> Self {
        let settings = Settings {
            has_store: bits & 7 != 0,
            is_background: bits & 8 != 0,
            handles_without_claim: bits & 16 != 0,
            has_routes: bits & 32 != 0,
        };
        let routes = if settings.has_routes { Routes::of_patterns(ROUTES).expect("patterns") } else { Routes::every() };
        let mut rules = Rules::new(routes).ttl(WINDOW);
        if !settings.has_store {
            rules = rules.no_store();
        }
        if settings.is_background {
            rules = rules.background();
        }
        if settings.handles_without_claim {
            rules = rules.on_store_failure(OnStoreFailure::Handle);
        }
        let webhook =
            Webhook::new(Secret::new(SECRET).expect("a secret")).tolerance(Duration::from_millis(TOLERANCE_MILLIS));
        let most = NonZeroUsize::new(usize::from(bits >> 6) + 1).expect("at least one");
        Self {
            rules: Arc::new(rules),
            webhook: Arc::new(webhook),
            store: MemoryClaims::with_max_entries(most),
            settings,
            now: STARTED,
            keys: BTreeMap::new(),
            granted: BTreeMap::new(),
        }
    }

    /// Lets time go by, but not between a verification and its claim, which hosts limit to a second.
    fn pass(&mut self, how: u8, is_claiming: bool) {
        if !is_claiming {
            self.now += u64::from(how) * 5_000;
        }
    }

    pub(crate) fn age(&self) -> Duration {
        Duration::from_millis(self.now - STARTED)
    }

    pub(crate) fn moment(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.now)
    }

    pub(crate) fn route(&self, payload: &Payload) -> Option<usize> {
        if self.settings.has_routes { payload.route } else { Some(0) }
    }

    /// A change has one key, and no other change has it.
    pub(crate) fn check_key(&mut self, change: usize, key: &str) {
        let mine = self.keys.entry(change).or_insert_with(|| key.to_owned());
        assert_eq!(mine, key);
        assert_eq!(self.keys.values().filter(|other| *other == key).count(), 1, "two changes share a key");
    }

    /// No handler is called twice for one claim, nor for one change while the first claim of it lives.
    pub(crate) fn call_under(&mut self, change: usize, token: &str) {
        let before = self.granted.insert(change, (token.to_owned(), self.now));
        let is_gone = |(_, at): &(String, u64)| Duration::from_millis(self.now - at) >= WINDOW;
        assert!(before.as_ref().is_none_or(is_gone), "a handler twice: {before:?}");
    }

    pub(crate) fn give_back(&mut self, change: usize, key: &str, token: &str) {
        self.store.release(key, token);
        self.granted.retain(|other, (held, _)| *other != change || held != token);
    }
}

/// The shortest life that a claim may have.
const WINDOW: Duration = Duration::from_millis(2 * TOLERANCE_MILLIS + 10_000);
