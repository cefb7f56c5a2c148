//! What can be said on the command line.

mod delivery;
mod receiving;
mod sending;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
pub(crate) use delivery::{DiagnoseArguments, VerifyArguments};
pub(crate) use receiving::{ListenArguments, ReceivingArguments};
pub(crate) use sending::{ReplayArguments, SendArguments, SendingArguments};
use twenty_webhook::{Nonce, PayloadForm, Timestamp};

use crate::moments;

/// Verify, diagnose, sign, send, receive and replay deliveries of Twenty CRM's webhooks.
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
    /// Find out why a delivery is refused, or what the refused ones of a folder have in common
    ///
    /// Name a folder of kept deliveries in place of the body, or a file that holds several, such as a HAR.
    #[command(after_help = EXIT_CODES)]
    Diagnose(DiagnoseArguments),
    /// Sign a payload as the sender does and print the three headers
    #[command(after_help = EXIT_CODES)]
    Sign(SignArguments),
    /// Print JSON text as JSON.stringify(JSON.parse(text)) would, and a line end
    #[command(after_help = EXIT_CODES)]
    Canonicalize(CanonicalizeArguments),
    /// Write the types of a workspace's records, its own objects and fields included
    #[command(after_help = EXIT_CODES)]
    Types(TypesArguments),
    /// Print a sample of an event, or the names of all samples
    #[command(after_help = EXIT_CODES)]
    Samples(SamplesArguments),
    /// Send a signed delivery to a receiver and show its answer
    #[command(after_help = EXIT_CODES)]
    Send(SendArguments),
    /// Send deliveries that were saved, signed anew
    #[command(after_help = EXIT_CODES)]
    Replay(ReplayArguments),
    /// Receive deliveries on this machine, verify them, and print, save or forward them
    #[command(after_help = EXIT_CODES)]
    Listen(ListenArguments),
    /// Print what a shell completes this program's arguments with
    Completions(CompletionsArguments),
    /// Print a page for man: of the program, or of a command
    Man(ManArguments),
}

#[derive(Debug, Args)]
pub(crate) struct SignArguments {
    /// File with the payload; standard input if none is named
    pub(crate) payload: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,

    /// When the delivery is sent: milliseconds since the Unix epoch, seconds, an ISO date, or how far from now (-5m); now if left
    /// out
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = moments::parse)]
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

    /// The language to write; there is no --json, because types are for a compiler, and json-schema is JSON already
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

#[derive(Debug, Args)]
pub(crate) struct SamplesArguments {
    /// The event's name, such as person.created; the names of all samples are printed if none is given
    pub(crate) name: Option<String>,

    /// Print the names as one line of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// The command
    pub(crate) command: Option<String>,
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
    /// File with the secret, one trailing line end dropped; if none is named, `TWENTY_WEBHOOK_SECRET` holds the secret
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,

    /// What the names of the three headers begin with, for rebranded servers
    #[arg(long, value_name = "PREFIX", allow_hyphen_values = true)]
    pub(crate) header_prefix: Option<String>,

    /// What is signed: raw (the bytes sent), canonical (the payload as `canonicalize` prints it, less the line end; when
    /// signing, that is then the body to send) or json-string (the payload quoted once more as a JSON string)
    #[arg(long, value_name = "FORM", visible_alias = "form", allow_hyphen_values = true, value_parser = payload_form)]
    pub(crate) payload_form: Option<PayloadForm>,
}

const EXIT_CODES: &str = "Exit codes: 0 authentic (or done), 1 refused, with a code and a reason on standard error (or a file \
                          that --check finds different, or an answer that is not 2xx), 2 a mistake in the call, such as no secret.";

fn nonce(text: &str) -> Result<Nonce, String> {
    text.parse().map_err(|error: twenty_webhook::SignError| format!("{}: {error}", error.code()))
}

fn payload_form(text: &str) -> Result<PayloadForm, String> {
    let name = if text == "json-string" { "json_string" } else { text };
    name.parse().map_err(|error: twenty_webhook::ConfigError| format!("{}: {error}", error.code()))
}
