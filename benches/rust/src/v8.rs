//! V8's `JSON.stringify(JSON.parse(text))`, measured by Node in its own process.

use std::{
    env, fs,
    io::{self, ErrorKind, Write},
    process::{self, Command, Stdio},
};

use serde_json::Value;

use crate::harness::Mode;

pub struct Case {
    pub name: &'static str,
    pub text: String,
}

pub struct Answer {
    pub engine: String,
    pub ns: f64,
    pub text: String,
}

/// One answer per case; none, and a line that says so, where there is no Node.
pub fn measure(mode: Mode, cases: &[Case]) -> io::Result<Option<Vec<Answer>>> {
    let file = env::temp_dir().join(format!("bench-rust-{}.json", process::id()));
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    fs::write(&file, serde_json::to_vec(&texts)?)?;
    let batches = if mode == Mode::Smoke { "0" } else { "41" };
    let script = Command::new("node")
        .args(["--input-type=module", "-"])
        .arg(&file)
        .arg(batches)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let output = match script {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("V8 is left out: there is no node on the path");
            fs::remove_file(&file)?;
            return Ok(None);
        }
        Err(error) => return Err(error),
        Ok(mut node) => {
            // Taken, so that it is closed and Node sees the end of the script.
            node.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(SCRIPT))?;
            node.wait_with_output()?
        }
    };
    fs::remove_file(&file)?;
    if !output.status.success() {
        return Err(io::Error::other(format!("node ended with {}", output.status)));
    }
    read_answers(&output.stdout).map(Some).ok_or_else(|| io::Error::other("node's answer is not as agreed"))
}

const SCRIPT: &[u8] = include_bytes!("v8.mjs");

fn read_answers(output: &[u8]) -> Option<Vec<Answer>> {
    let answer: Value = serde_json::from_slice(output).ok()?;
    let engine = answer["engine"].as_str()?;
    let read = |case: &Value| {
        Some(Answer { engine: engine.to_owned(), ns: case["ns"].as_f64()?, text: case["text"].as_str()?.to_owned() })
    };
    answer["cases"].as_array()?.iter().map(read).collect()
}
