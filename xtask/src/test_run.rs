//! Runs parts of the tests and reports on them.

use std::{
    fs,
    path::Path,
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use anyhow::anyhow;

use crate::{
    parts::Part,
    provision,
    shell::Shell,
    workspace::{fresh_directory, path},
};

/// One line a part, when it ends; the output of those that fail, or of all.
pub(crate) fn run(parts: &[&Part], verbose: bool) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(path("target"))?;
    let logs = &*fresh_directory("test-logs")?;
    let started = Instant::now();
    let failed = Mutex::new(Vec::new());
    let test = |part: &Part| -> anyhow::Result<()> {
        if !run_part(part, &logs.join(part.name).with_extension("log"), verbose)? {
            failed.lock().unwrap_or_else(PoisonError::into_inner).push(part.name);
        }
        Ok(())
    };
    side_by_side(parts, if verbose { 1 } else { LANES }, &test)?;

    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    let list = if failed.is_empty() { String::new() } else { format!("; FAILED: {}", failed.join(", ")) };
    println!("\n{:.0} s in all{list}", started.elapsed().as_secs_f64());
    println!("{} passed, {} failed", parts.len() - failed.len(), failed.len());
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Each lane takes the next part when it is done with one: many are a single program that one processor runs.
fn side_by_side(
    parts: &[&Part],
    lanes: usize,
    test: &(impl Fn(&Part) -> anyhow::Result<()> + Sync),
) -> anyhow::Result<()> {
    let next = AtomicUsize::new(0);
    let lane = || -> anyhow::Result<()> {
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            test(part)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(lane)).collect();
        let results = lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|_| Err(anyhow!("a part panicked"))));
        results.collect()
    })
}

const LANES: usize = 3;

fn run_part(part: &Part, log: &Path, verbose: bool) -> anyhow::Result<bool> {
    let started = Instant::now();
    let shell = if verbose { Shell::loud() } else { Shell::logging_to(log)? };
    let result = provision::ensure(&shell, part.needs).and_then(|()| (part.run)(&shell));
    let verdict = if result.is_ok() { "ok" } else { "FAILED" };
    let mut said = format!("{:12}{:7.1} s  {verdict}", part.name, started.elapsed().as_secs_f64());
    if let Err(error) = &result {
        let output = if verbose { Vec::new() } else { fs::read(log)? };
        let output = String::from_utf8_lossy(&output);
        said = format!("{said}\n{}\n{}: {error:#}\n", output.trim_end(), part.name);
    }
    println!("{said}"); // In one call, so that what other parts say does not come between.
    Ok(result.is_ok())
}
