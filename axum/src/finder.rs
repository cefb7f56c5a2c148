//! Which webhook a request is for.

use std::{future::poll_fn, sync::Arc, time::Duration};

use twenty_webhook::{Webhook, receiver::NoWebhook};

use crate::{
    BoxError, BoxFuture, Head,
    error::Causes,
    task::{Report, Running, abandon},
};

pub(crate) enum Finder {
    Known(Arc<Webhook>),
    /// A function of the user's.
    Asked(Arc<Find>),
}

type Find = dyn Fn(Head) -> BoxFuture<'static, Result<Option<Arc<Webhook>>, BoxError>> + Send + Sync;

impl Finder {
    pub(crate) fn asking<F, R, E>(find: F) -> Self
    where
        F: Fn(Head) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Option<Arc<Webhook>>, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::Asked(Arc::new(move |head| {
            let found = find(head);
            Box::pin(async move { found.await.map_err(Into::into) })
        }))
    }

    pub(crate) async fn find(
        &self,
        head: &Head,
        within: Duration,
        causes: &mut Causes,
    ) -> Result<Arc<Webhook>, NoWebhook> {
        let find = match self {
            Self::Known(webhook) => return Ok(Arc::clone(webhook)),
            Self::Asked(find) => Arc::clone(find),
        };
        let head = Arc::clone(head);
        let mut finding = Some(Running::new(Some(within), async move { find(head).await }));
        match poll_fn(|context| Running::poll(&mut finding, context)).await {
            Report::Ended { result: Ok(found), .. } => found.ok_or(NoWebhook::Unknown),
            Report::Ended { result: Err(error), .. } => Err(NoWebhook::Failed { cause: causes.keep(error) }),
            Report::TakesLong => {
                abandon(finding);
                Err(NoWebhook::Late)
            }
        }
    }
}
