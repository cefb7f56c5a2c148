//! Runs parts of the tests and reports on them.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
    time::Instant,
};

use anyhow::Context as _;

use crate::{
    parts::Part,
    provision,
    shell::Shell,
    workspace::{fresh_directory, path},
};

/// One line a part; the output of those that fail, or of all.
pub(crate) fn run(parts: &[&Part], verbose: bool) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(path("target"))?;
    let logs = fresh_directory("test-logs")?;
    let started = Instant::now();
    let mut failed = Vec::new();
    for part in parts {
        let log = logs.join(part.name).with_extension("log");
        if !run_part(part, &log, verbose)? {
            failed.push(part.name);
        }
    }

    println!("\n{:.0} s in all{}", started.elapsed().as_secs_f64(), list_of(&failed));
    println!("{} passed, {} failed", parts.len() - failed.len(), failed.len());
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run_part(part: &Part, log: &Path, verbose: bool) -> anyhow::Result<bool> {
    let started = Instant::now();
    announce(part.name, verbose)?;
    let shell = if verbose { Shell::loud() } else { Shell::logging_to(log)? };
    let result = provision::ensure(&shell, part.needs).and_then(|()| (part.run)(&shell));
    let verdict = if result.is_ok() { "ok" } else { "FAILED" };
    println!("{:7.1} s  {verdict}", started.elapsed().as_secs_f64());
    if let Err(error) = &result {
        if !verbose {
            let output = fs::read(log).with_context(|| format!("cannot read {}", log.display()))?;
            println!("{}", String::from_utf8_lossy(&output).trim_end());
        }
        println!("{}: {error:#}\n", part.name);
    }
    Ok(result.is_ok())
}

/// The beginning of the part's line, before what may take minutes.
fn announce(name: &str, verbose: bool) -> anyhow::Result<()> {
    print!("{name:12}{}", if verbose { "\n" } else { "" });
    Ok(io::stdout().flush()?)
}

fn list_of(failed: &[&str]) -> String {
    if failed.is_empty() { String::new() } else { format!("; FAILED: {}", failed.join(", ")) }
}
