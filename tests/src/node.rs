//! Node as a peer: it is sent documents or doubles and answers with what V8 makes of them.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, ensure};

/// Runs `tests/oracle/<script>` with `input` on its standard input and returns what it printed.
///
/// # Errors
///
/// When Node is missing or the script fails.
pub fn run(script: &str, input: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let mut node = command(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("Node 20 or newer is needed: https://nodejs.org")?;
    let mut stdin = node.stdin.take().context("no standard input")?;
    // Written from a thread of its own: both pipes fill up otherwise.
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = node.wait_with_output()?;
    ensure!(output.status.success(), "{script} ended with {}", output.status);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))??;
    Ok(output.stdout)
}

/// Node with `tests/oracle/<script>`.
pub fn command(script: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle").join(script));
    node
}

/// Bytes after their length, as `tests/oracle/shared/frames.mjs` takes them.
pub fn frame(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes(), bytes].concat()
}

/// Sends each document in a frame and returns the answers, one a document.
///
/// # Errors
///
/// Those of [`run`], or an answer that is not framed.
pub fn ask<D: AsRef<[u8]>>(script: &str, documents: &[D]) -> anyhow::Result<Vec<Vec<u8>>> {
    let input = documents.iter().flat_map(|document| frame(document.as_ref())).collect();
    let output = run(script, input)?;
    let mut rest = output.as_slice();
    let mut answers = Vec::with_capacity(documents.len());
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (answer, after) =
            after.split_at_checked(u32::from_le_bytes(*length) as usize).context("an answer is cut off")?;
        answers.push(answer.to_vec());
        rest = after;
    }
    ensure!(rest.is_empty() && answers.len() == documents.len(), "{} answers", answers.len());
    Ok(answers)
}
