//! What can be said of sending.

use std::path::PathBuf;

use clap::Args;

use super::WebhookArguments;
use crate::{moments, payload::Change};

#[derive(Debug, Args)]
pub(crate) struct SendArguments {
    /// The name of a sample, such as person.created, or a file with a payload (- is standard input)
    #[arg(value_name = "NAME|FILE")]
    pub(crate) event: String,

    #[command(flatten)]
    pub(crate) sending: SendingArguments,

    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,

    /// Change a value of the payload: record.city=Berlin, record.employees=12, record.tags.0='"12"'
    #[arg(long, value_name = "PATH=VALUE", value_parser = Change::parse)]
    pub(crate) set: Vec<Change>,

    /// Sign for a time so far from now: -10m, +1h, 90s
    #[arg(long, value_name = "SPAN", allow_hyphen_values = true, value_parser = moments::span_millis, conflicts_with = "unsigned")]
    pub(crate) skew: Option<i64>,

    /// Change the body after it was signed
    #[arg(long, conflicts_with = "unsigned")]
    pub(crate) tamper: bool,

    /// Send no signature, as a webhook without a secret does
    #[arg(long)]
    pub(crate) unsigned: bool,

    /// How many to send; each sample has an id of its own
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) repeat: u64,
}

#[derive(Debug, Args)]
pub(crate) struct ReplayArguments {
    /// A saved delivery, or a folder of them; every form that `verify` reads with its body is taken
    #[arg(value_name = "DIR|FILE")]
    pub(crate) saved: PathBuf,

    #[command(flatten)]
    pub(crate) sending: SendingArguments,

    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,

    /// Send the headers that were saved, the old signature included; a secret is not needed
    #[arg(long)]
    pub(crate) as_saved: bool,
}

/// Where deliveries are sent, and how fast.
#[derive(Debug, Args)]
pub(crate) struct SendingArguments {
    /// The receiver's URL: https, or http with a warning if it is not on this machine
    #[arg(long, value_name = "URL")]
    pub(crate) to: String,

    /// The most deliveries to begin in a second
    #[arg(long, value_name = "NUMBER", value_parser = rate)]
    pub(crate) rate: Option<f64>,

    /// How many may be on their way at once
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) concurrency: u16,

    /// Print each answer as one line of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

fn rate(text: &str) -> Result<f64, &'static str> {
    let rate = text.parse().ok().filter(|rate| (0.001..=1e6).contains(rate));
    rate.ok_or("must be a number of deliveries a second, from 0.001 to 1000000")
}
