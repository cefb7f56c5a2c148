//! Bodies, from a file or standard input.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read, StdinLock, Write as _},
    path::Path,
};

use anyhow::Context as _;

/// Reads it whole.
pub(crate) fn read(file: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    read_until_over(file, u64::MAX)
}

/// Reads at most one byte more than `limit`, which is enough to know that there are more.
pub(crate) fn read_until_over(file: Option<&Path>, limit: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = limit.saturating_add(1);
    match file {
        Some(file) => File::open(file)
            .and_then(|file| file.take(most).read_to_end(&mut bytes))
            .with_context(|| format!("cannot read {}", file.display()))?,
        None => standard_input().take(most).read_to_end(&mut bytes).context("cannot read standard input")?,
    };
    Ok(bytes)
}

/// Who sees a terminal wait cannot know what for.
fn standard_input() -> StdinLock<'static> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        let _ = writeln!(io::stderr(), "reading standard input, because no file is named: {END} ends it");
    }
    stdin.lock()
}

const END: &str = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
