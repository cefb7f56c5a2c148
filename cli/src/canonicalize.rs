//! `twenty-webhook canonicalize`.

use twenty_webhook::canonicalize;

use crate::{arguments::CanonicalizeArguments, failure::Failure, input, output::Output};

pub(crate) fn run(arguments: &CanonicalizeArguments, output: &mut Output) -> Result<(), Failure> {
    let json = input::read(arguments.json.as_deref())?;
    output.print_json(&canonicalize(&json)?)?;
    Ok(())
}
