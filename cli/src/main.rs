//! `twenty-webhook`: verifies, diagnoses and signs deliveries of Twenty CRM's webhooks on the command line, and writes types of records.
//!
//! Exit codes: 0 authentic (or done), 1 refused (or different), 2 a mistake in how it was called.
#![forbid(unsafe_code)]

mod arguments;
mod canonicalize;
mod diagnose;
mod event_text;
mod failure;
mod http_client;
mod input;
mod json_text;
mod left_out;
mod listen;
mod metadata_request;
mod moments;
mod output;
mod output_file;
mod pages;
mod payload;
mod progress;
mod replay;
mod request;
mod samples;
mod saved;
mod secrets;
mod send;
mod sending;
mod sign;
mod surplus;
mod terminal;
mod types;
mod verify;
mod webhook;

use std::process::ExitCode;

use clap::Parser as _;

use crate::{
    arguments::{Arguments, Command},
    output::Output,
};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut output = Output::of_the_process();
    let result = match &arguments.command {
        Command::Verify(arguments) => verify::run(arguments, &mut output),
        Command::Diagnose(arguments) => diagnose::run(arguments, &mut output),
        Command::Sign(arguments) => sign::run(arguments, &mut output),
        Command::Canonicalize(arguments) => canonicalize::run(arguments, &mut output),
        Command::Types(arguments) => types::run(arguments, &mut output),
        Command::Samples(arguments) => samples::run(arguments, &mut output),
        Command::Send(arguments) => send::run(arguments, &mut output),
        Command::Replay(arguments) => replay::run(arguments, &mut output),
        Command::Listen(arguments) => listen::run(arguments, &mut output),
        Command::Completions(arguments) => pages::completions(arguments, &mut output),
        Command::Man(arguments) => pages::man(arguments, &mut output),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
