//! Whether a replay store keeps to the rules.

use std::{
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::timeout;

use super::rules;
use crate::{ReplayStore, store::new_token};

/// Whether a replay store of your own keeps to the rules by which each event is handled once. It claims some hundred keys, all of
/// which begin with `test:` and a random text, and takes a second or two, because claims have to expire.
///
/// Several stores must share their claims: two connections to one database, for instance. They are then asked in turn.
///
/// # Errors
///
/// [`StoreFaults`] names each rule that is broken, and what happened.
///
/// # Example
///
/// ```
/// use twenty_webhook_axum::{MemoryReplayStore, testing::check_store};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), twenty_webhook_axum::testing::StoreFaults> {
/// check_store([MemoryReplayStore::default()]).await?;
/// # Ok(())
/// # }
/// ```
pub async fn check_store<S: ReplayStore>(stores: impl IntoIterator<Item = S>) -> Result<(), StoreFaults> {
    let stores = Stores::of(stores.into_iter().map(|store| Arc::new(store) as Arc<dyn ReplayStore>).collect())?;
    let mut faults = Vec::new();
    for (rule, found) in [
        (rules::FIRST, rules::first(&stores).await),
        (rules::TOKENS, rules::tokens(&stores).await),
        (rules::RELEASE, rules::release(&stores).await),
        (rules::FOREIGN_RELEASE, rules::foreign_release(&stores).await),
        (rules::LIFE, rules::life(&stores).await),
        (rules::WINDOW_RULE, rules::window(&stores).await),
        (rules::LONGEST_LIFE, rules::longest_life(&stores).await),
        (rules::KEYS, rules::keys(&stores).await),
        (rules::AT_ONCE, rules::at_once(&stores).await),
    ] {
        faults.extend(found.err().map(|what| format!("{rule}: {what}.")));
    }
    if faults.is_empty() { Ok(()) } else { Err(StoreFaults(faults)) }
}

/// The rules that a store breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreFaults(Vec<String>);

impl StoreFaults {
    /// A sentence for each.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for StoreFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Error for StoreFaults {}

/// Stores that are asked in turn.
pub(super) struct Stores {
    all: Vec<Arc<dyn ReplayStore>>,
    prefix: String,
    asked: AtomicUsize,
}

pub(super) type Found<T> = Result<T, String>;

impl Stores {
    fn of(stores: Vec<Arc<dyn ReplayStore>>) -> Result<Self, StoreFaults> {
        if stores.is_empty() {
            return Err(StoreFaults(vec!["There is no store to check.".to_owned()]));
        }
        let token = new_token().map_err(|error| StoreFaults(vec![error.to_string()]))?;
        Ok(Self { all: stores, prefix: format!("test:{token}"), asked: AtomicUsize::new(0) })
    }

    pub(super) fn next(&self) -> Arc<dyn ReplayStore> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        Arc::clone(&self.all[asked % self.all.len()])
    }

    pub(super) fn key(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    pub(super) async fn claim(&self, name: &str, ttl: Duration, window: Duration) -> Found<Option<String>> {
        let (store, key) = (self.next(), self.key(name));
        match timeout(PATIENCE, store.claim(&key, ttl, window)).await {
            Ok(Ok(claimed)) => Ok(claimed),
            Ok(Err(error)) => Err(format!("a claim failed with {error:?}")),
            Err(_) => Err(format!("a claim was not answered within {} s", PATIENCE.as_secs())),
        }
    }

    /// That it is granted.
    pub(super) async fn grant(&self, name: &str, ttl: Duration, window: Duration) -> Found<String> {
        match self.claim(name, ttl, window).await? {
            Some(token) if token.is_empty() => Err(format!("the token of {name:?} was empty")),
            Some(token) => Ok(token),
            None => Err(format!("{name:?} was refused, though nobody held it")),
        }
    }

    /// That somebody holds it.
    pub(super) async fn refuse(&self, name: &str) -> Found<()> {
        match self.claim(name, DAY, WINDOW).await? {
            Some(_) => Err(format!("{name:?} was granted again, though somebody held it")),
            None => Ok(()),
        }
    }

    pub(super) async fn release(&self, name: &str, token: &str) -> Found<()> {
        let (store, key) = (self.next(), self.key(name));
        match timeout(PATIENCE, store.release(&key, token)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(format!("a release failed with {error:?}")),
            Err(_) => Err(format!("a release was not answered within {} s", PATIENCE.as_secs())),
        }
    }
}

pub(super) const DAY: Duration = Duration::from_secs(24 * 60 * 60);
pub(super) const WINDOW: Duration = Duration::from_secs(10 * 60);
/// A store that has not answered by then has none.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
