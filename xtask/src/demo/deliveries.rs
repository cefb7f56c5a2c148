//! What is delivered, and what is to be said of it.

use std::{fs, path::Path};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::{
    provision::program,
    shell::{Shell, command},
    vectors,
};

/// As it stands in the vectors.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delivery {
    pub(super) name: String,
    pub(super) headers: Vec<Header>,
    pub(super) body_hex: String,
    /// In milliseconds.
    pub(super) now: String,
    pub(super) secret_hex: String,
    #[serde(flatten)]
    pub(super) expected: Verdict,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Header {
    pub(super) name_hex: String,
    pub(super) value_hex: String,
}

/// A code if it is refused, else the kind of its event and the name, if it has one.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Verdict {
    pub(super) code: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) event_name: Option<String>,
}

impl Verdict {
    /// Verdict, code and event, for a table.
    pub(super) fn cells(&self) -> [String; 3] {
        let or_dash = |text: Option<&String>| text.map_or_else(|| "-".to_owned(), String::clone);
        let event = self.event_name.clone().or_else(|| self.kind.as_ref().map(|kind| format!("({kind})")));
        let verdict = if self.code.is_none() { "authentic" } else { "refused" };
        [verdict.to_owned(), or_dash(self.code.as_ref()), or_dash(event.as_ref())]
    }
}

/// Has Node make them in this folder, and the Python of this machine one more.
pub(super) fn make(shell: &Shell, folder: &Path) -> anyhow::Result<Vec<Delivery>> {
    shell.read(&mut vectors::oracle(folder))?;
    let vectors: VectorFile = serde_json::from_str(&fs::read_to_string(folder.join("deliveries.json"))?)?;
    let mut deliveries: Vec<_> = vectors.test_groups.into_iter().flat_map(|group| group.tests).collect();
    let genuine = deliveries.iter().find(|delivery| delivery.expected.code.is_none());
    let printed_anew = printed_anew(shell, folder, genuine.context("no delivery is genuine")?)?;
    deliveries.push(printed_anew);
    Ok(deliveries)
}

/// A genuine delivery behind a middleware that parses the body and prints it with Python's own json.
fn printed_anew(shell: &Shell, folder: &Path, genuine: &Delivery) -> anyhow::Result<Delivery> {
    let received = folder.join("received");
    fs::write(&received, hex::decode(&genuine.body_hex)?)?;
    let mut middleware = command(program(shell, "python3")?, ["-c", PRINT_ANEW]);
    Ok(Delivery {
        name: "re-serialised-by-this-python".to_owned(),
        body_hex: hex::encode(shell.read(middleware.arg(received))?),
        expected: Verdict { code: Some("signature_mismatch".to_owned()), ..Verdict::default() },
        ..genuine.clone()
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
    tests: Vec<Delivery>,
}
