//! Who verifies: one column of the table each.

use std::{fs, path::PathBuf, process::Command};

use serde::Deserialize;
use serde_json::json;
use twenty_webhook::{Secret, Timestamp, Webhook};

use super::deliveries::{Delivery, Verdict};
use crate::{
    dist::{self, Artefacts},
    provision::{Venv, pythons},
    shell::{Shell, command},
    workspace::fresh_directory,
};

/// All of them, on what is published.
pub(crate) struct Implementations<'s> {
    shell: &'s Shell,
    /// Where the npm package is installed.
    folder: PathBuf,
    python: Venv,
}

impl<'s> Implementations<'s> {
    pub(crate) const NAMES: [&'static str; 4] = ["rust", "node", "wasm", "python"];

    pub(crate) fn install(shell: &'s Shell) -> anyhow::Result<Self> {
        let Artefacts { javascript, python: wheel } = dist::artefacts(shell)?;
        let folder = fresh_directory("demo")?;
        javascript.install(shell, &folder)?;
        fs::write(folder.join("verify.mjs"), include_str!("verify.mjs"))?;
        fs::write(folder.join("verify.py"), include_str!("verify.py"))?;
        let python = Venv::with(shell, &pythons()?[0], "demo", "")?;
        python.install(shell, &wheel.wheel)?;
        Ok(Self { shell, folder, python })
    }

    /// What each says of each delivery, in the order of the names.
    pub(crate) fn verify(&self, deliveries: &[Delivery]) -> anyhow::Result<[Vec<Verdict>; 4]> {
        let file = self.folder.join("deliveries.json");
        fs::write(&file, deliveries.iter().map(as_json).collect::<serde_json::Value>().to_string())?;
        let node = |entry, backend| {
            let mut node = command("node", ["verify.mjs"]);
            node.current_dir(&self.folder).arg(&file).args([entry, backend]);
            node
        };
        let mut python = self.python.python(&["verify.py"]);
        python.arg(&file).current_dir(&self.folder);
        Ok([
            deliveries.iter().map(with_the_core).collect::<Result<_, _>>()?,
            self.verdicts(node("twenty-webhook", "native"))?,
            self.verdicts(node("twenty-webhook/wasm", "wasm"))?,
            self.verdicts(python)?,
        ])
    }

    fn verdicts(&self, mut command: Command) -> anyhow::Result<Vec<Verdict>> {
        let printed: Vec<Printed> = serde_json::from_str(&self.shell.read(&mut command)?)?;
        Ok(printed.into_iter().map(Printed::into_verdict).collect())
    }
}

fn with_the_core(delivery: &Delivery) -> anyhow::Result<Verdict> {
    let webhook = Webhook::new(Secret::from_utf8(&delivery.secret)?);
    let now = Timestamp::from_unix_millis(delivery.now_unix_millis);
    Ok(match webhook.verify(&delivery.body, &delivery.headers, now) {
        Ok(verified) => {
            let event = verified.event();
            Verdict::Authentic { kind: event.kind().as_str().to_owned(), event_name: event.name().map(str::to_owned) }
        }
        Err(error) => Verdict::Refused { code: error.code().as_str().to_owned() },
    })
}

fn as_json(delivery: &Delivery) -> serde_json::Value {
    let headers = delivery.headers.iter().map(|(name, value)| [hex::encode(name), hex::encode(value)]);
    json!({
        "secretHex": hex::encode(&delivery.secret),
        "headers": headers.collect::<Vec<_>>(),
        "bodyHex": hex::encode(&delivery.body),
        "now": delivery.now_unix_millis,
    })
}

#[derive(Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum Printed {
    Refused { code: String },
    Authentic { kind: String, event_name: Option<String> },
}

impl Printed {
    fn into_verdict(self) -> Verdict {
        match self {
            Self::Refused { code } => Verdict::Refused { code },
            Self::Authentic { kind, event_name } => Verdict::Authentic { kind, event_name },
        }
    }
}
