//! Where a receiver begins: with a webhook, or with a function that finds one.

use std::sync::Arc;

use twenty_webhook::Webhook;

use crate::{BoxError, Head, ReceiverBuilder, finder::Finder};

/// Begins a receiver of this webhook's deliveries.
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use twenty_webhook_axum::{Secret, Webhook, receive};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let receiver = receive(Webhook::new(Secret::new("a secret")?))
///     .on("person.*", async |delivery, _| println!("{:?}", delivery.event()))
///     .on_error(|error| eprintln!("{} {error}", error.code()))
///     .replay_ttl(Duration::from_secs(60 * 60))
///     .build()?;
///
/// let mistake = receive(Webhook::new(Secret::new("a secret")?)).on("person", async |_, _| ()).build();
/// assert_eq!(
///     mistake.unwrap_err().to_string(),
///     "The pattern \"person\" matches no event: write it like person.created, person.*, *.deleted, metadata.*.*, *.* or unknown."
/// );
/// # Ok(())
/// # }
/// ```
pub fn receive(webhook: impl Into<Arc<Webhook>>) -> ReceiverBuilder {
    ReceiverBuilder::new(Finder::Known(webhook.into()))
}

/// Begins a receiver that asks, for each request, which webhook it is for: for secrets that are known at run time only, and for
/// many workspaces on one endpoint.
///
/// The function is called with the head of a POST whose body is not compressed, before the body is read. It has two seconds.
/// `Ok(None)` is answered with `unknown_webhook` (404); an error, a panic, no answer in time, and a webhook whose tolerance is
/// too long for the life of a claim with `webhook_unavailable` (500).
///
/// Anyone can send a request, so keep the webhooks that were found. Name each after its workspace ([`Webhook::name`]): then none can
/// claim another's events. In the handler compare `event.workspace_id()` with the workspace that the request is for.
///
/// # Example
///
/// ```
/// use std::{collections::HashMap, convert::Infallible, sync::Arc};
/// use twenty_webhook_axum::{Secret, Webhook, receive_with};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut webhooks = HashMap::new();
/// webhooks.insert("acme", Arc::new(Webhook::new(Secret::new("the secret of Acme")?).name("acme")?));
/// let webhooks = Arc::new(webhooks);
///
/// let receiver = receive_with(move |head| {
///     let webhooks = Arc::clone(&webhooks);
///     async move {
///         let workspace = head.uri.path().strip_prefix("/webhooks/twenty/").unwrap_or_default();
///         Ok::<_, Infallible>(webhooks.get(workspace).cloned())
///     }
/// })
/// .on("person.*", async |delivery, head| println!("{} {}", head.uri.path(), delivery.id()))
/// .build()?;
/// # Ok(())
/// # }
/// ```
pub fn receive_with<F, R, E>(find: F) -> ReceiverBuilder
where
    F: Fn(Head) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Option<Arc<Webhook>>, E>> + Send + 'static,
    E: Into<BoxError>,
{
    ReceiverBuilder::new(Finder::asking(find))
}
