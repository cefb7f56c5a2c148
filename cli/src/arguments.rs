//! What can be said on the command line.

use std::{ffi::OsString, path::PathBuf};

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{StringValueParser, TypedValueParser},
};
use twenty_webhook::{Nonce, PayloadForm, Timestamp};

/// Verify and sign deliveries of Twenty CRM's webhooks.
#[derive(Debug, Parser)]
#[command(name = "twenty-webhook", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Verify one delivery and show its event
    #[command(after_help = EXIT_CODES)]
    Verify(VerifyArguments),
    /// Sign a payload as the sender does and print the three headers
    #[command(after_help = EXIT_CODES)]
    Sign(SignArguments),
    /// Print JSON text as JSON.stringify(JSON.parse(text)) would, and a line end
    #[command(after_help = EXIT_CODES)]
    Canonicalize(CanonicalizeArguments),
    /// Write the types of a workspace's records, its own objects and fields included
    #[command(after_help = EXIT_CODES)]
    Types(TypesArguments),
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// File with the body, byte for byte as it arrived; standard input if none is named
    pub(crate) body: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,

    /// File with a secret that is being rotated out and still accepted (at most three)
    #[arg(long, value_name = "FILE")]
    pub(crate) previous_secret_file: Vec<PathBuf>,

    /// One header of the request, 'Name: value'
    #[arg(short = 'H', long = "header", value_name = "HEADER", allow_hyphen_values = true)]
    pub(crate) headers: Vec<OsString>,

    /// File with the request's headers, one a line
    #[arg(long, value_name = "FILE")]
    pub(crate) headers_file: Option<PathBuf>,

    /// When the delivery arrived, in milliseconds since the Unix epoch; now if left out
    #[arg(long, value_name = "MILLISECONDS", value_parser = timestamp)]
    pub(crate) now: Option<Timestamp>,

    /// How many seconds the timestamp may be from then, on either side
    #[arg(long, value_name = "SECONDS", allow_hyphen_values = true, value_parser = number())]
    pub(crate) tolerance_seconds: Option<f64>,

    /// The largest body that is looked at, in bytes
    #[arg(long, value_name = "BYTES", allow_hyphen_values = true, value_parser = number())]
    pub(crate) max_body_bytes: Option<f64>,

    /// Print the verdict as one line of JSON, refused or not
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SignArguments {
    /// File with the payload; standard input if none is named
    pub(crate) payload: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,

    /// When the delivery is sent, in milliseconds since the Unix epoch; now if left out
    #[arg(long, value_name = "MILLISECONDS", value_parser = timestamp)]
    pub(crate) timestamp: Option<Timestamp>,

    /// The nonce, 32 lowercase hex digits; random if left out
    #[arg(long, value_name = "HEX", allow_hyphen_values = true, value_parser = nonce)]
    pub(crate) nonce: Option<Nonce>,

    /// Print the headers as one line of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CanonicalizeArguments {
    /// File with JSON text; standard input if none is named
    pub(crate) json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct TypesArguments {
    /// File with the workspace's metadata: the answer of GraphQL at /metadata or of REST at /rest/metadata/objects, or the
    /// OpenAPI document of /open-api/core; standard input if none is named
    #[arg(conflicts_with = "url")]
    pub(crate) metadata: Option<PathBuf>,

    /// The language to write
    #[arg(long, value_enum)]
    pub(crate) lang: Language,

    /// Models of pydantic 2, which check a record, in place of `TypedDict`s; Python only
    #[arg(long)]
    pub(crate) pydantic: bool,

    /// The workspace's server, asked in place of a file: https, or http on this machine; `TWENTY_API_KEY` holds an API key
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,

    /// Inactive objects and fields, too
    #[arg(long)]
    pub(crate) include_inactive: bool,

    /// The system's objects, too
    #[arg(long)]
    pub(crate) include_system: bool,

    /// Write this file in place of standard output; if the call fails, the file stays as it is
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    pub(crate) output: Option<PathBuf>,

    /// Write nothing; exit with 1 if this file is not what would be written
    #[arg(long, value_name = "FILE")]
    pub(crate) check: Option<PathBuf>,
}

/// What types are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// A module whose types become those of the package
    Typescript,
    /// A module of `TypedDict`s
    Python,
    /// A module of structs that serde reads
    Rust,
    /// A schema of 2020-12 with a definition for each object
    JsonSchema,
}

/// What both sides of a webhook have to agree on.
#[derive(Debug, Args)]
pub(crate) struct WebhookArguments {
    /// File with the secret, one trailing line end dropped; else `TWENTY_WEBHOOK_SECRET` holds the secret
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,

    /// What the names of the three headers begin with, for rebranded servers
    #[arg(long, value_name = "PREFIX", allow_hyphen_values = true)]
    pub(crate) header_prefix: Option<String>,

    /// What is signed: raw (the bytes sent), canonical (the payload as `canonicalize` prints it, less the line end; when
    /// signing, that is then the body to send) or json-string (the payload quoted once more as a JSON string)
    #[arg(long, value_name = "FORM", allow_hyphen_values = true, value_parser = payload_form)]
    pub(crate) payload_form: Option<PayloadForm>,
}

const EXIT_CODES: &str = "Exit codes: 0 authentic (or done), 1 refused, with a code and a reason on standard error (or a file \
                          that --check finds different), 2 a mistake in the call, such as no secret or two.";

fn timestamp(text: &str) -> Result<Timestamp, String> {
    let millis = text.parse().map_err(|_| "must be a whole number of milliseconds since the Unix epoch")?;
    Ok(Timestamp::from_unix_millis(millis))
}

fn nonce(text: &str) -> Result<Nonce, String> {
    text.parse().map_err(|error: twenty_webhook::SignError| format!("{}: {error}", error.code()))
}

fn payload_form(text: &str) -> Result<PayloadForm, String> {
    let name = if text == "json-string" { "json_string" } else { text };
    name.parse().map_err(|error: twenty_webhook::ConfigError| format!("{}: {error}", error.code()))
}

/// What is no number stays one that the core refuses under the option's own code.
fn number() -> impl TypedValueParser<Value = f64> {
    StringValueParser::new().map(|text| text.parse().unwrap_or(f64::NAN))
}
