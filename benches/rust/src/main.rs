//! Side by side with peers: verification, canonical text, events, and hostile input against benign.
//!
//! `cargo run --release` prints the tables; `--only PART,PART` (verify, libraries, canonical, event, hostile) some of them;
//! `--json FILE` also writes the rows; `--smoke` runs everything once, checks every result and times nothing. The checks are made before timing too: the speed of a wrong answer is no figure.

mod canonical;
mod event;
mod harness;
mod hostile;
mod libraries;
mod report;
mod v8;
mod verify;

use std::{error::Error, path::PathBuf};

use harness::Mode;
use report::Report;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read()?;
    let mut report = Report::new(arguments.mode);
    println!("{}", report::header());
    for part in arguments.parts.split(',') {
        match part {
            "verify" => verify::run(&mut report),
            "libraries" => libraries::run(&mut report)?,
            "canonical" => canonical::run(&mut report)?,
            "event" => event::run(&mut report),
            "hostile" => hostile::run(&mut report)?,
            _ => return Err(format!("{part} is no part; {PARTS} are").into()),
        }
    }
    report.print();
    if let Some(file) = arguments.json {
        report.write_json(&file)?;
    }
    Ok(())
}

const PARTS: &str = "verify,libraries,canonical,event,hostile";

struct Arguments {
    mode: Mode,
    parts: String,
    json: Option<PathBuf>,
}

impl Arguments {
    fn read() -> Result<Self, String> {
        let mut arguments = Self { mode: Mode::Timed, parts: PARTS.to_owned(), json: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--smoke" => arguments.mode = Mode::Smoke,
                "--only" => arguments.parts = words.next().ok_or("--only needs names")?,
                "--json" => arguments.json = Some(words.next().ok_or("--json needs a file")?.into()),
                _ => {
                    return Err(format!(
                        "unknown argument {word}; usage: bench-rust [--smoke] [--only PARTS] [--json FILE]"
                    ));
                }
            }
        }
        if arguments.mode == Mode::Smoke && arguments.json.is_some() {
            return Err("--smoke times nothing, so --json has nothing to write".to_owned());
        }
        Ok(arguments)
    }
}
