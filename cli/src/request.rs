//! Files in which requests were kept, and folders of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;
use twenty_webhook::diagnose::{CapturedRequest, captured_requests_with_files};

use crate::input;

/// A name and a value, as received.
pub(crate) type Header = (Vec<u8>, Vec<u8>);

/// The one of a file.
pub(crate) fn only(mut requests: Vec<CapturedRequest>, file: &Path) -> anyhow::Result<CapturedRequest> {
    let count = requests.len();
    match (requests.pop(), count) {
        (Some(request), 1) => Ok(request),
        _ => bail!("{} holds {count} requests: keep the one that is meant", file.display()),
    }
}

/// Every request of a file.
pub(crate) fn read_all(file: &Path) -> anyhow::Result<Vec<CapturedRequest>> {
    let bytes = input::read_until_over(Some(file), MOST_BYTES)?;
    ensure!(bytes.len() as u64 <= MOST_BYTES, "{} has more than {MOST_BYTES} bytes", file.display());
    requests(&bytes).with_context(|| format!("in {}", file.display()))
}

/// The requests that these bytes are as a whole, with their headers and bodies, if they are any. What has headers in it is no
/// body, so why it cannot be read is said.
pub(crate) fn whole(bytes: &[u8]) -> anyhow::Result<Vec<CapturedRequest>> {
    let requests = match requests(bytes) {
        Err(error) if has_headers(bytes) => return Err(error),
        requests => requests.unwrap_or_default(),
    };
    let is_whole = |request: &CapturedRequest| request.body.is_some() && !request.headers.is_empty();
    Ok(if requests.iter().all(is_whole) { requests } else { Vec::new() })
}

/// A command of curl, or the JSON of a request. Twenty sends no member of these names.
fn has_headers(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    let document: Value = serde_json::from_slice(text).unwrap_or_default();
    let has = |name| document.pointer(name).is_some();
    text.starts_with(b"curl ") || has("/headers") || has("/request/headers") || has("/log/entries")
}

fn requests(bytes: &[u8]) -> anyhow::Result<Vec<CapturedRequest>> {
    let mut read_file = |name: &str| fs::read(name).map_err(|error| error.to_string());
    Ok(captured_requests_with_files(bytes, &mut read_file)?)
}

/// The files of a folder by their names, which begin with the time where this program saved them. Folders and hidden files are
/// passed over.
pub(crate) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let cannot = || format!("cannot read {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !is_hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Of a session that a browser kept as a HAR.
pub(crate) const MOST_BYTES: u64 = 256 * 1024 * 1024;
