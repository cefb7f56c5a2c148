//! Writes what documents take from the core and from the manifest into the repository or, with `--check`, says what is not as it
//! would be written: tables of codes, causes and options, the causes as a type, the addresses of the packages, the list of pages.
#![forbid(unsafe_code)]

mod addresses;
mod causes;
mod codes;
mod options;
mod pages;
mod scheme;

use std::process::ExitCode;

use twenty_webhook_schema::{
    event,
    generated::{self, File, read, with_part},
};

use crate::{
    addresses::{PACKAGES, project_urls, with_addresses},
    options::Language::{JavaScript, Python, Rust},
};

fn main() -> ExitCode {
    generated::run(files)
}

fn files() -> Result<Vec<File>, String> {
    let mut files =
        vec![with_parts("docs/codes.md")?, with_parts("docs/diagnosis.md")?, with_parts("docs/receivers.md")?];
    for package in PACKAGES {
        let (file, text) = with_parts(&format!("{package}/README.md"))?;
        files.push((file, with_addresses(&text, package, REPOSITORY)));
    }
    for file in
        ["bindings-python/pyproject.toml", "bindings-python/python/twenty_webhook/codes.py", "cli/pyproject.toml"]
    {
        files.push(with_parts(file)?);
    }
    files.push(("bindings-js/src/diagnose/causes.ts".to_owned(), causes::union()));
    files.push(("docs/llms.txt".to_owned(), pages::list()?));
    Ok(files)
}

fn with_parts(file: &str) -> Result<File, String> {
    let mut text = read(file)?;
    for (_, source, part) in PARTS.iter().filter(|(place, ..)| *place == file) {
        text = with_part(file, &text, source, &part()?)?;
    }
    Ok((file.to_owned(), text))
}

/// The file, what the part is made from, and the part.
type Part = (&'static str, &'static str, fn() -> Result<String, String>);

const PARTS: [Part; 23] = [
    ("docs/codes.md", CODES, || Ok(codes::explained())),
    ("docs/diagnosis.md", causes::LIST, || Ok(causes::table())),
    ("bindings-python/python/twenty_webhook/codes.py", causes::LIST, || Ok(causes::python())),
    ("docs/receivers.md", WEBHOOK, || Ok(options::of_every_language(&options::webhook()))),
    ("docs/receivers.md", RECEIVER, || Ok(options::of_every_language(&options::receiver()))),
    ("docs/receivers.md", EVENT, || Ok(event::table(false))),
    ("bindings-js/README.md", EVENT, || Ok(event::table(false))),
    ("bindings-python/README.md", EVENT, || Ok(event::table(true))),
    ("core/README.md", EVENT, || Ok(event::table(true))),
    ("bindings-js/README.md", CODES, || Ok(codes::table())),
    ("bindings-js/README.md", WEBHOOK, || Ok(options::of(JavaScript, &options::webhook()))),
    ("bindings-js/README.md", RECEIVER, || Ok(options::of(JavaScript, &options::receiver()))),
    ("bindings-js/README.md", scheme::PAGE, scheme::sections),
    ("bindings-python/README.md", scheme::PAGE, scheme::sections),
    ("core/README.md", scheme::PAGE, scheme::sections),
    ("bindings-python/README.md", CODES, || Ok(codes::table())),
    ("bindings-python/README.md", WEBHOOK, || Ok(options::of(Python, &options::webhook()))),
    ("bindings-python/README.md", RECEIVER, || Ok(options::of(Python, &options::receiver()))),
    ("core/README.md", CODES, || Ok(codes::table())),
    ("core/README.md", WEBHOOK, || Ok(options::of(Rust, &options::webhook()))),
    ("axum/README.md", RECEIVER, || Ok(options::of(Rust, &options::receiver()))),
    ("bindings-python/pyproject.toml", "the workspace's Cargo.toml", || Ok(project_urls(REPOSITORY))),
    ("cli/pyproject.toml", "the workspace's Cargo.toml", || Ok(project_urls(REPOSITORY))),
];

const CODES: &str = "core/src/error/code.rs";
const EVENT: &str = "schema/src/event.rs";
const WEBHOOK: &str = "core/src/webhook/options.rs";
const RECEIVER: &str = "core/src/receiver/rules.rs";

/// Empty while the workspace's manifest names none.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
