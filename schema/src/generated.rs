//! Files that a program of this repository writes, as a whole or in part, and that are committed.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// A file of the repository, by its path there, and what it is to hold.
pub type File = (String, String);

/// Writes the files or, with the argument `--check`, says which are not as they would be written.
pub fn run(files: impl FnOnce() -> Result<Vec<File>, String>) -> ExitCode {
    let result = match env::args().nth(1).as_deref() {
        None => files().and_then(|files| write(&files)),
        Some("--check") => files().and_then(|files| check(&files)),
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

fn write(files: &[File]) -> Result<(), String> {
    files.iter().try_for_each(|(file, text)| {
        fs::write(path(file), text).map_err(|error| format!("cannot write {file}: {error}"))
    })
}

fn check(files: &[File]) -> Result<(), String> {
    let mut differences = Vec::new();
    for (file, text) in files {
        let found = if path(file).exists() { read(file)? } else { String::new() };
        differences.extend(difference(&found, text).map(|line| format!("{file} differs in line {line}")));
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

/// The text of this file with this part between the two lines that mark it: the first names what the part is made from.
///
/// # Errors
///
/// A sentence that shows the two lines, if they are not there once.
pub fn with_part(file: &str, text: &str, source: &str, part: &str) -> Result<String, String> {
    let begin = format!("<generated> `cargo xtask generate` writes this part from {source}: change that, not this.");
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let place = |mark: &str, from: usize| {
        let ends = |line: &str| line.trim_end().trim_end_matches("-->").trim_end().ends_with(mark);
        lines.iter().skip(from).position(|line| ends(line)).map(|at| at + from)
    };
    place(&begin, 0)
        .filter(|&at| place(&begin, at + 1).is_none())
        .and_then(|at| Some((at, place(END, at)?)))
        .filter(|&(begin, end)| !lines[begin + 1..end].iter().any(|line| line.contains("<generated>")))
        .map(|(begin, end)| [&lines[..=begin].concat(), part, &lines[end..].concat()].concat())
        .ok_or_else(|| {
            format!("{file} has no place for what is generated: one line that ends in {begin:?}, then one in {END:?}")
        })
}

/// # Errors
///
/// The cause in a sentence.
pub fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(path(file)).map_err(|error| format!("cannot read {file}: {error}"))
}

/// Where a file of the repository is on this machine.
pub fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

const END: &str = "</generated>";

#[cfg(test)]
mod tests {
    use super::{difference, with_part};

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let begin = |source: &str| {
            format!("// <generated> `cargo xtask generate` writes this part from {source}: change that, not this.\n")
        };
        let (a, b, end) = (begin("a"), begin("b"), "// </generated>\n");
        let text = |a_part: &str, b_part: &str| format!("1\n  {a}{a_part}  {end}2\n{b}{b_part}{end}");
        let with = |text: &str, source| with_part("f", text, source, "new\n").ok();
        assert_eq!(with(&text("old\nold\n", "x\n"), "a"), Some(text("new\n", "x\n")));
        assert_eq!(with(&text("", "x\n"), "b"), Some(text("", "new\n")));
        let markdown = |part: &str| format!("<!-- {} -->\n{part}<!-- </generated> -->\n", a.trim_end());
        assert_eq!(with(&markdown("old\n"), "a"), Some(markdown("new\n")));
        for other in [String::new(), a.clone(), format!("{end}{a}"), text(&a, ""), format!("{a}{b}{end}")] {
            assert_eq!(with(&other, "a"), None, "{other}");
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
