//! What can be said of a delivery that was kept.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::Args;
use twenty_webhook::Timestamp;

use super::{ReceivingArguments, WebhookArguments};
use crate::moments;

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// File with the body, byte for byte as it arrived, or with the whole request if no headers are given; standard input if none
    /// is named
    pub(crate) body: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,

    #[command(flatten)]
    pub(crate) receiving: ReceivingArguments,

    /// One header of the request, 'Name: value'
    #[arg(short = 'H', long = "header", value_name = "HEADER", allow_hyphen_values = true)]
    pub(crate) headers: Vec<OsString>,

    /// File with the request's headers, or with the whole request: lines, a dump of HTTP or of `curl -v`, JSON as `sign --json` or
    /// a request bin gives it, a command of curl, a HAR, the event of a cloud function, a saved delivery
    #[arg(long, value_name = "FILE", visible_aliases = ["request", "curl", "har"])]
    pub(crate) headers_file: Option<PathBuf>,

    /// When the delivery arrived: milliseconds since the Unix epoch, seconds, an ISO date, or how far from now (-5m); what the
    /// request's file says if left out, else now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = moments::parse)]
    pub(crate) now: Option<Timestamp>,

    /// Print the verdict as one line of JSON, refused or not
    #[arg(long)]
    pub(crate) json: bool,
}

impl VerifyArguments {
    /// The folder that is named in place of a file.
    pub(crate) fn folder(&self) -> Option<&Path> {
        let is_alone = self.headers.is_empty() && !(self.headers_file.is_some() && self.body.is_some());
        Some(self.named()).filter(|named| is_alone && named.is_dir())
    }

    /// The file that holds the request.
    pub(crate) fn named(&self) -> &Path {
        self.headers_file.as_deref().or(self.body.as_deref()).unwrap_or(Path::new("standard input"))
    }
}

#[derive(Debug, Args)]
pub(crate) struct DiagnoseArguments {
    #[command(flatten)]
    pub(crate) delivery: VerifyArguments,

    /// File with the secret of another webhook, which may have signed it
    #[arg(long, value_name = "FILE")]
    pub(crate) other_secret_file: Vec<PathBuf>,

    /// The request's method
    #[arg(long, value_name = "METHOD")]
    pub(crate) method: Option<String>,

    /// The whole address that the request was sent to
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
}
