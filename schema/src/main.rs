//! Writes what is generated of the schema into the repository or, with `--check`, says what is not as it would be written.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use twenty_webhook_schema::{
    Wanted, Workspace, event,
    generated::{self, File, read, with_part},
    json_schema, metadata, pydantic, python, rust, sample, standard, typescript,
};

fn main() -> ExitCode {
    generated::run(files)
}

/// What each file is to hold.
fn files() -> Result<Vec<File>, String> {
    let mut files: Vec<_> = FILES.iter().map(|(file, text)| ((*file).to_owned(), text())).collect();
    for (file, part) in PARTS {
        files.push((file.to_owned(), with_part(file, &read(file)?, "schema/src/event.rs", &part())?));
    }
    for folder in WORKSPACES {
        let document = read(&format!("{folder}/metadata.json"))?;
        let described = metadata::read(document.as_bytes(), Wanted::default());
        let workspace = described.map_err(|error| format!("{folder}: {error}"))?.workspace;
        files.extend(TYPES.map(|(file, types)| (format!("{folder}/{file}"), types(&workspace))));
    }
    Ok(files)
}

/// Where it goes, and what makes it.
type Text = (&'static str, fn() -> String);

/// Files that are generated as a whole.
const FILES: [Text; 6] = [
    ("core/src/records/types.rs", || rust::records(&standard())),
    ("bindings-js/src/records.ts", || typescript::records(&standard())),
    ("bindings-python/python/twenty_webhook/records.py", || python::records(&standard())),
    ("core/src/testing/samples.rs", || sample::rust(&standard())),
    ("bindings-js/src/testing/samples.ts", || sample::typescript(&standard())),
    ("bindings-python/python/twenty_webhook/_samples.py", || sample::python(&standard())),
];

/// Files with a part that is generated.
const PARTS: [Text; 4] = [
    ("core/src/event/fields.rs", event::rust),
    ("bindings-js/src/events.ts", event::typescript),
    ("bindings-python/src/event.rs", event::python_native),
    ("bindings-python/python/twenty_webhook/_core.pyi", event::python_stub),
];

/// Folders with the metadata of a workspace, beside which its types are written for the tests.
const WORKSPACES: [&str; 2] = ["tests/workspaces/rockets", "tests/workspaces/hostile"];

type Emitter = fn(&Workspace) -> String;

const TYPES: [(&str, Emitter); 5] = [
    ("records.rs", rust::of_workspace),
    ("records.ts", typescript::of_workspace),
    ("records.py", python::of_workspace),
    ("models.py", pydantic::of_workspace),
    ("schema.json", json_schema::of_workspace),
];
