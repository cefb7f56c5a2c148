//! What only a receiver decides, and what can be said of `listen`.

use std::{net::IpAddr, path::PathBuf};

use clap::{
    Args,
    builder::{StringValueParser, TypedValueParser},
};

use super::WebhookArguments;
use crate::listen::Route;

/// How strict a receiver is.
#[derive(Debug, Args)]
pub(crate) struct ReceivingArguments {
    /// File with a secret that is being rotated out and still accepted (at most three)
    #[arg(long, value_name = "FILE")]
    pub(crate) previous_secret_file: Vec<PathBuf>,

    /// How many seconds the timestamp may be from the arrival, on either side
    #[arg(long, value_name = "SECONDS", allow_hyphen_values = true, value_parser = number())]
    pub(crate) tolerance_seconds: Option<f64>,

    /// The largest body that is looked at, in bytes
    #[arg(long, value_name = "BYTES", allow_hyphen_values = true, value_parser = number())]
    pub(crate) max_body_bytes: Option<f64>,
}

/// What is no number stays one that the core refuses under the option's own code.
fn number() -> impl TypedValueParser<Value = f64> {
    StringValueParser::new().map(|text| text.parse().unwrap_or(f64::NAN))
}

#[derive(Debug, Args)]
pub(crate) struct ListenArguments {
    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,

    #[command(flatten)]
    pub(crate) receiving: ReceivingArguments,

    /// The port; any that is free if it is 0
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    pub(crate) port: u16,

    /// The address of this machine to listen on; 0.0.0.0 for all of them
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,

    /// Forward what is authentic, byte for byte, to a URL; with a pattern before it (`person.*=http://127.0.0.1:3000`) only events
    /// that match; of several the first that matches is taken
    #[arg(long, value_name = "[PATTERN=]URL", value_parser = Route::parse)]
    pub(crate) forward_to: Vec<Route>,

    /// Save each request in this folder, readable by you alone, as `verify` and `replay` read it
    #[arg(long, value_name = "DIR")]
    pub(crate) save: Option<PathBuf>,

    /// Print the whole event, too
    #[arg(long)]
    pub(crate) full: bool,

    /// Print one line of JSON for each request
    #[arg(long)]
    pub(crate) json: bool,
}
