//! The webhook that the command line describes.

use twenty_webhook::Webhook;

use crate::{
    arguments::{ReceivingArguments, WebhookArguments},
    failure::Failure,
    secrets,
};

/// What sender and receiver agree on.
pub(crate) fn agreed(arguments: &WebhookArguments) -> Result<Webhook, Failure> {
    let mut webhook = Webhook::new(secrets::current(arguments.secret_file.as_deref())?);
    if let Some(prefix) = &arguments.header_prefix {
        webhook = webhook.header_prefix(prefix)?;
    }
    if let Some(form) = arguments.payload_form {
        webhook = webhook.payload_form(form);
    }
    Ok(webhook)
}

/// The same with what only a receiver decides.
pub(crate) fn receiving(agreed_on: &WebhookArguments, arguments: &ReceivingArguments) -> Result<Webhook, Failure> {
    let mut webhook = agreed(agreed_on)?;
    for file in &arguments.previous_secret_file {
        webhook = webhook.also_accept(secrets::from_file(file)?)?;
    }
    if let Some(seconds) = arguments.tolerance_seconds {
        webhook = webhook.tolerance_seconds(seconds)?;
    }
    if let Some(bytes) = arguments.max_body_bytes {
        webhook = webhook.max_body_bytes_number(bytes)?;
    }
    Ok(webhook)
}
