//! `twenty-webhook types`.

use std::{
    io::{self, Write as _},
    path::Path,
};

use anyhow::{Context as _, ensure};
use twenty_webhook_schema::{Wanted, Workspace, json_schema, metadata, pydantic, python, rust, typescript};

use crate::{
    arguments::{Language, TypesArguments},
    failure::Failure,
    input, metadata_request,
    output::Output,
    output_file,
};

pub(crate) fn run(arguments: &TypesArguments, output: &mut Output) -> Result<(), Failure> {
    let write = emitter(arguments)?;
    let document = match &arguments.url {
        Some(url) => metadata_request::answer(url)?,
        None => given(arguments.metadata.as_deref())?,
    };
    let wanted = Wanted { inactive: arguments.include_inactive, system: arguments.include_system };
    let described = metadata::read(&document, wanted).map_err(anyhow::Error::new)?;
    warn(&described.warnings);

    let types = write(&described.workspace);
    match (&arguments.check, &arguments.output) {
        (Some(file), _) => compare(file, &types),
        (None, Some(file)) => Ok(output_file::write(file, &types)?),
        (None, None) => Ok(output.print(&types)?),
    }
}

fn emitter(arguments: &TypesArguments) -> anyhow::Result<fn(&Workspace) -> String> {
    let is_python = arguments.lang == Language::Python;
    ensure!(is_python || !arguments.pydantic, "--pydantic is for --lang python");
    Ok(match arguments.lang {
        Language::Typescript => typescript::of_workspace,
        Language::Python if arguments.pydantic => pydantic::of_workspace,
        Language::Python => python::of_workspace,
        Language::Rust => rust::of_workspace,
        Language::JsonSchema => json_schema::of_workspace,
    })
}

/// Bounded, because nobody has so much metadata, and what is endless should end.
fn given(file: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    let document = input::read_until_over(file, MOST_BYTES)?;
    ensure!(document.len() as u64 <= MOST_BYTES, "the metadata has more than {MOST_BYTES} bytes");
    Ok(document)
}

pub(crate) const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// On standard error, which may be closed. No warning holds more of a name than a terminal can show.
fn warn(warnings: &[String]) {
    let mut stderr = io::stderr().lock();
    for warning in warnings.iter().take(MOST_WARNINGS) {
        let _ = writeln!(stderr, "warning: {warning}");
    }
    if let Some(more @ 1..) = warnings.len().checked_sub(MOST_WARNINGS) {
        let _ = writeln!(stderr, "warning: {more} more like these");
    }
}

const MOST_WARNINGS: usize = 20;

/// Line ends of Windows are those of a check-out there, and no difference.
fn compare(file: &Path, types: &str) -> Result<(), Failure> {
    let found = input::read(Some(file))?;
    let found = String::from_utf8(found).with_context(|| format!("{} is not UTF-8", file.display()))?;
    let found = found.replace("\r\n", "\n");
    if found == types {
        return Ok(());
    }
    let same = found.split('\n').zip(types.split('\n')).take_while(|(found, types)| found == types).count();
    Err(Failure::Different { file: file.to_owned(), line: same + 1 })
}
