//! The vectors, as the files hold them.

mod transcripts;
mod verify;

use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, de::DeserializeOwned};
use twenty_webhook::{PayloadForm, Secret, Webhook};

pub use transcripts::{ReceiverOptions, Step, Transcript, Transcripts, comparable, head};
pub use verify::{VerifyGroup, VerifyTest};

/// One file of vectors.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "G: DeserializeOwned")]
pub struct Vectors<G> {
    number_of_tests: usize,
    test_groups: Vec<G>,
}

/// A group that knows how many tests it holds.
pub trait Group {
    /// The number of its tests.
    fn len(&self) -> usize;

    /// Whether it holds none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Reads `tests/vectors/<name>.json` and makes sure that every test of it was read.
///
/// # Errors
///
/// When the file is missing, of another shape, or does not hold as many tests as it says.
pub fn load<G: Group + DeserializeOwned>(name: &str) -> anyhow::Result<Vec<G>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name).with_extension("json");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let vectors: Vectors<G> = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    let found: usize = vectors.test_groups.iter().map(Group::len).sum();
    anyhow::ensure!(found == vectors.number_of_tests && found > 0, "{name}: {found} of {}", vectors.number_of_tests);
    Ok(vectors.test_groups)
}

/// A group without options.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub struct Plain<T> {
    /// Its tests.
    pub tests: Vec<T>,
}

impl<T> Group for Plain<T> {
    fn len(&self) -> usize {
        self.tests.len()
    }
}

/// All tests of a file whose groups have no options.
///
/// # Errors
///
/// Those of [`load`].
pub fn load_plain<T: DeserializeOwned>(name: &str) -> anyhow::Result<Vec<T>> {
    Ok(load::<Plain<T>>(name)?.into_iter().flat_map(|group| group.tests).collect())
}

/// Bytes, written as hex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Hex(#[serde(with = "hex")] pub Vec<u8>);

/// A body of one byte repeated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BodyRepeat {
    /// The byte.
    pub byte_hex: Hex,
    /// How often.
    pub count: usize,
}

/// A header.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// Its name.
    pub name_hex: Hex,
    /// Its value.
    pub value_hex: Hex,
}

/// Headers as the core takes them.
pub fn pairs(headers: &[Header]) -> Vec<(&[u8], &[u8])> {
    headers.iter().map(|header| (header.name_hex.0.as_slice(), header.value_hex.0.as_slice())).collect()
}

/// The webhook a group of vectors is about.
///
/// # Errors
///
/// When the vectors name what cannot be made.
pub fn webhook(secrets: &[Hex], prefix: Option<&str>, form: &str) -> anyhow::Result<Webhook> {
    let secrets: Vec<Secret> = secrets.iter().map(|hex| Secret::from_utf8(&hex.0)).collect::<Result<_, _>>()?;
    let webhook = Webhook::from_secrets(secrets)?.payload_form(form.parse::<PayloadForm>()?);
    Ok(match prefix {
        Some(prefix) => webhook.header_prefix(prefix)?,
        None => webhook,
    })
}
