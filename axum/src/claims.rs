//! Claims on deliveries, in time.

use std::{sync::Arc, time::Duration};

use tokio::{task::JoinHandle, time::timeout};
use twenty_webhook::{Code, DeliveryId, ReceiverLimits, ReplayPolicy};

use crate::{
    BoxError, OnStoreFailure, ReceiverError, ReplayStore, log,
    report::Reporter,
    task::{Begun, begin, guarded, spawn},
};

/// The claims of one receiver in its store.
pub(crate) struct Claims {
    store: Arc<dyn ReplayStore>,
    policy: ReplayPolicy<String>,
    on_store_failure: OnStoreFailure,
    store_timeout: Duration,
}

/// What there is to give up if a delivery is not handled after all.
pub(crate) enum Claim {
    Held(Held),
    /// The store did not answer in time, and may have granted it.
    Late(Asking),
    /// There is no store, or it failed.
    Nothing,
}

pub(crate) struct Held {
    store: Arc<dyn ReplayStore>,
    key: Arc<str>,
    token: String,
    store_timeout: Duration,
}

type Asking = JoinHandle<Result<Option<Held>, BoxError>>;

impl Claims {
    pub(crate) fn new(
        store: Arc<dyn ReplayStore>,
        policy: ReplayPolicy<String>,
        on_store_failure: OnStoreFailure,
    ) -> Self {
        Self { store, policy, on_store_failure, store_timeout: ReceiverLimits::default().store_timeout }
    }

    /// `None` for a duplicate.
    pub(crate) async fn take(&self, id: DeliveryId, reporter: &Reporter) -> Result<Option<Claim>, ReceiverError> {
        let (cause, claim) = match self.ask(id).await {
            Ok(held) => return Ok(held.map(Claim::Held)),
            Err(unanswered) => unanswered,
        };
        let error = ReceiverError::new(Code::ReplayStoreUnavailable, cause);
        match self.on_store_failure {
            OnStoreFailure::Refuse => {
                claim.release().await;
                Err(error)
            }
            OnStoreFailure::Handle => {
                reporter.report(&error);
                Ok(Some(claim))
            }
        }
    }

    /// Fails with why there is no answer, and what may still come of it.
    async fn ask(&self, id: DeliveryId) -> Result<Option<Held>, (BoxError, Claim)> {
        let (store, store_timeout) = (Arc::clone(&self.store), self.store_timeout);
        let (key, ttl, window) =
            (Arc::<str>::from(self.policy.key(id).to_string()), self.policy.ttl(), self.policy.window());
        let asking = Box::pin(guarded(async move {
            let token = store.claim(&key, ttl, window).await?;
            Ok(token.map(|token| Held { store, key, token, store_timeout }))
        }));
        // What waits is a task of its own, so that a late answer is not lost.
        let answered = match begin(asking).await {
            Begun::Ended(answered) => answered,
            Begun::Running(mut asking) => match timeout(store_timeout, &mut asking).await {
                Ok(answered) => answered.unwrap_or_else(|cancelled| Err(cancelled.into())),
                Err(elapsed) => return Err((elapsed.into(), Claim::Late(asking))),
            },
        };
        answered.map_err(|cause| (cause, Claim::Nothing))
    }
}

impl Claim {
    /// Gives it up, for the same event sent again; one that is late when it comes. That it could not be is logged.
    pub(crate) async fn release(self) {
        match self {
            Self::Held(held) => held.release().await,
            Self::Late(asking) => {
                spawn(async move {
                    if let Ok(Ok(Some(late))) = asking.await {
                        late.release().await;
                    }
                });
            }
            Self::Nothing => {}
        }
    }
}

impl Held {
    async fn release(self) {
        let Self { store, key, token, store_timeout } = self;
        // It goes on when it is no longer waited for.
        let releasing = spawn({
            let key = Arc::clone(&key);
            async move { store.release(&key, &token).await }
        });
        let cause = match timeout(store_timeout, releasing).await {
            Ok(Ok(Ok(()))) => return,
            Ok(Ok(Err(cause))) => cause,
            Ok(Err(panic)) => panic.into(),
            Err(elapsed) => elapsed.into(),
        };
        log::unreleased(&key, &*cause);
    }
}
