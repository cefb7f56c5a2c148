//! A request as somebody kept it: its headers, and the body where that was kept, too.

mod curl;
mod documents;
mod dump;
mod repeated;
mod shell_words;

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use twenty_webhook::Timestamp;

use crate::{header_lines::Header, input};

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) headers: Vec<Header>,
    pub(crate) body: Option<Vec<u8>>,
    /// When it arrived, as the file says.
    pub(crate) received_at: Option<Timestamp>,
}

/// The only request of a file.
pub(crate) fn read(file: &Path) -> anyhow::Result<Request> {
    let mut requests = read_all(file)?;
    let count = requests.len();
    match (requests.pop(), count) {
        (Some(request), 1) => Ok(request),
        _ => bail!("{} holds {count} requests: keep the one that is meant", file.display()),
    }
}

/// Every request of a file.
pub(crate) fn read_all(file: &Path) -> anyhow::Result<Vec<Request>> {
    let bytes = input::read_until_over(Some(file), MOST_BYTES)?;
    ensure!(bytes.len() as u64 <= MOST_BYTES, "{} has more than {MOST_BYTES} bytes", file.display());
    requests(&bytes).with_context(|| format!("in {}", file.display()))
}

/// The request that these bytes are as a whole, if they are one.
pub(crate) fn whole(bytes: &[u8]) -> Option<Request> {
    let mut requests = requests(bytes).ok()?;
    let request = requests.pop().filter(|request| request.body.is_some() && !request.headers.is_empty())?;
    requests.is_empty().then_some(request)
}

fn requests(bytes: &[u8]) -> anyhow::Result<Vec<Request>> {
    let decoded = utf8(bytes);
    let bytes = decoded.as_deref().unwrap_or(bytes);
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let text = bytes.trim_ascii_start();
    match text.first() {
        Some(b'{' | b'[') => {
            let document = serde_json::from_slice(text).context("it begins as JSON does, and is none")?;
            let repeated::Distinct = serde_json::from_slice(text).context("it cannot be read")?;
            documents::requests(&document)
        }
        _ if curl::is_command(text) => Ok(vec![curl::request(text)?]),
        _ => Ok(vec![dump::request(bytes)?]),
    }
}

/// As `PowerShell` writes a file that `>` names.
fn utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let units = bytes.strip_prefix(b"\xff\xfe")?.chunks_exact(2);
    let units: Vec<u16> = units.map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    Some(String::from_utf16(&units).ok()?.into_bytes())
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Of a session that a browser kept as a HAR.
pub(crate) const MOST_BYTES: u64 = 256 * 1024 * 1024;
