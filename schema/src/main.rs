//! Writes what is generated of the schema into the repository or, with `--check`, says what is not as it would be written.
#![forbid(unsafe_code)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use twenty_webhook_schema::{
    Wanted, Workspace, event, json_schema, metadata, pydantic, python, rust, sample, standard, typescript,
};

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

type Emitter = fn(&Workspace) -> String;

/// Folders with the metadata of a workspace, beside which its types are written for the tests.
const WORKSPACES: [&str; 2] = ["tests/workspaces/rockets", "tests/workspaces/hostile"];

const TYPES: [(&str, Emitter); 5] = [
    ("records.rs", rust::of_workspace),
    ("records.ts", typescript::of_workspace),
    ("records.py", python::of_workspace),
    ("models.py", pydantic::of_workspace),
    ("schema.json", json_schema::of_workspace),
];

/// Files with a part that is generated, between the two lines that mark it.
const PARTS: [Text; 4] = [
    ("core/src/event/fields.rs", event::rust),
    ("bindings-js/src/events.ts", event::typescript),
    ("bindings-python/src/event.rs", event::python_native),
    ("bindings-python/python/twenty_webhook/_core.pyi", event::python_stub),
];

const BEGIN: &str =
    "<generated> `cargo xtask generate` writes this part from schema/src/event.rs: change that, not this.";
const END: &str = "</generated>";

fn main() -> ExitCode {
    let result = match env::args().nth(1).as_deref() {
        None => write(),
        Some("--check") => check(),
        Some(other) => Err(format!("there is no {other}, only --check")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), String> {
    for (file, text) in generated()? {
        fs::write(path(&file), text).map_err(|error| format!("cannot write {file}: {error}"))?;
    }
    Ok(())
}

fn check() -> Result<(), String> {
    let mut differences = Vec::new();
    for (file, text) in generated()? {
        differences.extend(difference(&read(&file)?, &text).map(|line| format!("{file} differs in line {line}")));
    }
    if differences.is_empty() {
        return Ok(());
    }
    Err(format!("{}: run `cargo xtask generate` and commit what it writes", differences.join(", ")))
}

/// The number of the first line that is not the same.
fn difference(found: &str, expected: &str) -> Option<usize> {
    let mut lines = found.split('\n').map(Some).chain([None]).zip(expected.split('\n').map(Some).chain([None]));
    lines.position(|(found, expected)| found != expected).map(|place| place + 1)
}

/// What each file is to hold.
fn generated() -> Result<Vec<(String, String)>, String> {
    let mut generated: Vec<_> = FILES.iter().map(|(file, text)| ((*file).to_owned(), text())).collect();
    for (file, part) in PARTS {
        let text = with_part(&read(file)?, &part()).ok_or_else(|| {
            format!("{file} has no place for what is generated: one line that ends in {BEGIN:?}, then one in {END:?}")
        })?;
        generated.push((file.to_owned(), text));
    }
    for folder in WORKSPACES {
        let document = read(&format!("{folder}/metadata.json"))?;
        let described = metadata::read(document.as_bytes(), Wanted::default());
        let workspace = described.map_err(|error| format!("{folder}: {error}"))?.workspace;
        generated.extend(TYPES.map(|(file, types)| (format!("{folder}/{file}"), types(&workspace))));
    }
    Ok(generated)
}

/// The text with this part between the lines that mark it, if they are there once.
fn with_part(text: &str, part: &str) -> Option<String> {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let places =
        |mark| lines.iter().enumerate().filter(move |(_, line)| line.trim_end().ends_with(mark)).map(|(at, _)| at);
    let [begin, end] = [BEGIN, END].map(|mark| {
        let mut places = places(mark);
        places.next().filter(|_| places.next().is_none())
    });
    let (begin, end) = (begin?, end?);
    (begin < end).then(|| [&lines[..=begin].concat(), part, &lines[end..].concat()].concat())
}

fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(path(file)).map_err(|error| format!("cannot read {file}: {error}"))
}

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, difference, with_part};

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let text = |part: &str| format!("a\n  // {BEGIN}\n{part}  // {END}\nb\n");
        assert_eq!(with_part(&text("old\nold\n"), "new\n"), Some(text("new\n")));
        assert_eq!(with_part(&text(""), ""), Some(text("")));
        let [begin, end] = [BEGIN, END].map(|mark| format!("// {mark}\n"));
        for other in [String::new(), begin.clone(), format!("{end}{begin}"), text(&begin), text(&end)] {
            assert_eq!(with_part(&other, "new\n"), None, "{other}");
        }
    }

    #[test]
    fn the_first_line_that_differs_is_told() {
        for (found, line) in
            [("a\nb\n", None), ("a\nc\n", Some(2)), ("a\n", Some(2)), ("a\nb", Some(3)), ("a\r\nb\n", Some(1))]
        {
            assert_eq!(difference(found, "a\nb\n"), line, "{found:?}");
        }
    }
}
