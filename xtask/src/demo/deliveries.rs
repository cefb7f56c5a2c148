//! What is delivered, and what is to be said of it.

use std::{fs, path::Path};

use anyhow::Context as _;
use serde::Deserialize;

use crate::{
    provision::python,
    shell::{Shell, command},
};

pub(crate) struct Delivery {
    pub(crate) name: String,
    pub(crate) headers: Vec<(Vec<u8>, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) now_unix_millis: u64,
    pub(crate) secret: Vec<u8>,
    pub(crate) expected: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Authentic { kind: String, event_name: Option<String> },
    Refused { code: String },
}

impl Verdict {
    /// Verdict, code and event, for a table.
    pub(crate) fn cells(&self) -> [String; 3] {
        match self {
            Self::Authentic { kind, event_name } => {
                ["authentic".to_owned(), "-".to_owned(), event_name.clone().unwrap_or_else(|| format!("({kind})"))]
            }
            Self::Refused { code } => ["refused".to_owned(), code.clone(), "-".to_owned()],
        }
    }
}

/// Reads the file of vectors.
pub(crate) fn read(file: &Path) -> anyhow::Result<Vec<Delivery>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let vectors: VectorFile = serde_json::from_str(&text)?;
    vectors.test_groups.into_iter().flat_map(|group| group.tests).map(Test::into_delivery).collect()
}

/// The first genuine delivery behind a middleware that parses the body and prints it with Python's own json.
pub(crate) fn printed_anew_by_python(
    shell: &Shell,
    scratch: &Path,
    deliveries: &[Delivery],
) -> anyhow::Result<Delivery> {
    let genuine = |delivery: &&Delivery| matches!(delivery.expected, Verdict::Authentic { .. });
    let genuine = deliveries.iter().find(genuine).context("no delivery is genuine")?;
    let mut middleware = command(python(shell)?, ["-c", PRINT_ANEW]);
    let received = scratch.join("received");
    fs::write(&received, &genuine.body)?;
    let printed = shell.read(middleware.arg(received))?;
    Ok(Delivery {
        name: "re-serialised-by-this-python".to_owned(),
        headers: genuine.headers.clone(),
        body: printed.into_bytes(),
        now_unix_millis: genuine.now_unix_millis,
        secret: genuine.secret.clone(),
        expected: Verdict::Refused { code: "signature_mismatch".to_owned() },
    })
}

/// Nothing but ASCII comes out, so no encoding can interfere.
const PRINT_ANEW: &str = "import json, sys; print(json.dumps(json.load(open(sys.argv[1], 'rb'))), end='')";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VectorFile {
    test_groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    tests: Vec<Test>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    name: String,
    headers: Vec<Header>,
    body_hex: String,
    now: String,
    secret_hex: String,
    code: Option<String>,
    kind: Option<String>,
    event_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    name_hex: String,
    value_hex: String,
}

impl Test {
    fn into_delivery(self) -> anyhow::Result<Delivery> {
        let expected = match self.code {
            Some(code) => Verdict::Refused { code },
            None => {
                Verdict::Authentic { kind: self.kind.context("neither code nor kind")?, event_name: self.event_name }
            }
        };
        let headers =
            self.headers.iter().map(|header| Ok((hex::decode(&header.name_hex)?, hex::decode(&header.value_hex)?)));
        Ok(Delivery {
            headers: headers.collect::<anyhow::Result<_>>()?,
            body: hex::decode(self.body_hex)?,
            now_unix_millis: self.now.parse()?,
            secret: hex::decode(self.secret_hex)?,
            name: self.name,
            expected,
        })
    }
}
