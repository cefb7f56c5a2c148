//! Saved deliveries: the one format of every tool, `{"headers", "body" or "bodyBase64", "receivedAt"}`, and
//! `"method"` where it is not POST.

use std::{
    collections::BTreeMap,
    fs::{DirBuilder, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use data_encoding::BASE64;
use serde::Serialize;
use twenty_webhook::Timestamp;

use crate::request::Header;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Saved {
    /// Unless it is POST.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    headers: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
    received_at: String,
}

/// Makes the folder, for nobody else to read.
pub(crate) fn make_folder(folder: &Path) -> anyhow::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
}

/// Writes a file that nobody else can read, named by the time, a number and some words, and says where it is.
pub(crate) fn write(
    folder: &Path,
    (received_at, number, words): (Timestamp, u64, &str),
    method: &str,
    headers: &[Header],
    body: Option<&[u8]>,
) -> anyhow::Result<PathBuf> {
    let mut by_name = BTreeMap::<String, Vec<String>>::new();
    for (name, value) in headers {
        let [name, value] = [name, value].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        by_name.entry(name).or_default().push(value);
    }
    let text = body.and_then(|body| std::str::from_utf8(body).ok()).map(str::to_owned);
    let body_base64 = if text.is_none() { body.map(|body| BASE64.encode(body)) } else { None };
    let method = Some(method).filter(|method| *method != "POST").map(str::to_owned);
    let saved = Saved { method, headers: by_name, body: text, body_base64, received_at: received_at.to_string() };

    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || ['.', '_', '-'].contains(letter);
    let words: String = words.chars().filter(is_plain).take(MOST_LETTERS).collect();
    let file = folder.join(format!("{:013}-{number:05}-{words}.json", received_at.unix_millis()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = serde_json::to_string_pretty(&saved).context("a delivery has no JSON")? + "\n";
    let written = options.open(&file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("cannot save {}", file.display()))?;
    Ok(file)
}

const MOST_LETTERS: usize = 80;
