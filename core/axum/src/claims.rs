//! Claims on deliveries, in time.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;
use twenty_webhook::{Code, DeliveryId, ReceiverLimits, ReplayPolicy};

use crate::{BoxError, OnStoreFailure, ReceiverError, ReplayStore, log, report::Reporter, task::spawn};

/// The claims of one receiver in its store.
pub(crate) struct Claims {
    store: Arc<dyn ReplayStore>,
    policy: ReplayPolicy<String>,
    on_store_failure: OnStoreFailure,
    store_timeout: Duration,
}

/// A delivery that is this receiver's to handle.
pub(crate) struct Claim {
    store: Arc<dyn ReplayStore>,
    key: String,
    token: String,
    store_timeout: Duration,
}

/// What a receiver does with a delivery that it wanted to claim.
pub(crate) enum Taken {
    Claimed(Claim),
    /// There is nothing to release: no store, or one that failed.
    Unclaimed,
    Duplicate,
}

impl Claims {
    pub(crate) fn new(
        store: Arc<dyn ReplayStore>,
        policy: ReplayPolicy<String>,
        on_store_failure: OnStoreFailure,
    ) -> Self {
        Self { store, policy, on_store_failure, store_timeout: ReceiverLimits::default().store_timeout }
    }

    pub(crate) async fn take(&self, id: DeliveryId, reporter: &Reporter) -> Result<Taken, ReceiverError> {
        let cause = match self.ask(id).await {
            Ok(Some(claim)) => return Ok(Taken::Claimed(claim)),
            Ok(None) => return Ok(Taken::Duplicate),
            Err(cause) => cause,
        };
        let error = ReceiverError::new(Code::ReplayStoreUnavailable, cause);
        match self.on_store_failure {
            OnStoreFailure::Refuse => Err(error),
            OnStoreFailure::Handle => {
                reporter.report(&error);
                Ok(Taken::Unclaimed)
            }
        }
    }

    async fn ask(&self, id: DeliveryId) -> Result<Option<Claim>, BoxError> {
        let (store, store_timeout) = (Arc::clone(&self.store), self.store_timeout);
        let (key, ttl, window) = (self.policy.key(id).to_string(), self.policy.ttl(), self.policy.window());
        // A task of its own, so that a store's panic is a failure like others, and a late answer is not lost.
        let mut asking = spawn(async move {
            let token = store.claim(&key, ttl, window).await?;
            Ok(token.map(|token| Claim { store, key, token, store_timeout }))
        });
        match timeout(self.store_timeout, &mut asking).await {
            Ok(answer) => answer?,
            Err(elapsed) => {
                // It would keep out the same event sent again; of one that is handled, it should.
                if self.on_store_failure == OnStoreFailure::Refuse {
                    spawn(async move {
                        if let Ok(Ok(Some(late))) = asking.await {
                            late.release().await;
                        }
                    });
                }
                Err(elapsed.into())
            }
        }
    }
}

impl Claim {
    /// Gives it up; that it could not be is logged.
    pub(crate) async fn release(self) {
        let released = timeout(self.store_timeout, self.store.release(&self.key, &self.token)).await;
        if let Err(cause) = released.unwrap_or_else(|elapsed| Err(elapsed.into())) {
            log::unreleased(&self.key, &*cause);
        }
    }
}
