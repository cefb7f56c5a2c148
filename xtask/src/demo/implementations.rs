//! Who verifies: one column of the table each.

use std::{fs, path::Path, process::Command};

use serde::Deserialize;
use serde_json::json;
use twenty_webhook::{Secret, Timestamp, Webhook};

use super::{
    board::Board,
    deliveries::{Delivery, Verdict},
};
use crate::{
    dist,
    provision::{Venv, pythons},
    shell::{Shell, command},
    workspace::fresh_directory,
};

/// The core, which this program is compiled with.
pub(super) fn rust(deliveries: &[Delivery]) -> anyhow::Result<Vec<Verdict>> {
    deliveries.iter().map(with_the_core).collect()
}

/// The npm package, as it is published: natively in Node, and WebAssembly.
pub(super) fn javascript(shell: &Shell, board: &Board<'_>) -> anyhow::Result<()> {
    let folder = fresh_directory("demo-javascript")?;
    dist::javascript(shell)?.install(shell, &folder)?;
    fs::write(folder.join("verify.mjs"), include_str!("verify.mjs"))?;
    for (name, entry, backend) in [("node", "twenty-webhook", "native"), ("wasm", "twenty-webhook/wasm", "wasm")] {
        let node = command("node", ["verify.mjs", entry, backend]);
        board.take(name, &verdicts(shell, node, &folder, board.deliveries)?)?;
    }
    Ok(())
}

/// The wheel, likewise.
pub(super) fn python(shell: &Shell, board: &Board<'_>) -> anyhow::Result<()> {
    let folder = fresh_directory("demo-python")?;
    let venv = Venv::with(shell, &pythons()?[0], "demo", "")?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    fs::write(folder.join("verify.py"), include_str!("verify.py"))?;
    board.take("python", &verdicts(shell, venv.python(&["verify.py"]), &folder, board.deliveries)?)
}

/// What a program says of the deliveries in a file.
fn verdicts(
    shell: &Shell,
    mut program: Command,
    folder: &Path,
    deliveries: &[Delivery],
) -> anyhow::Result<Vec<Verdict>> {
    fs::write(folder.join(FILE), deliveries.iter().map(as_json).collect::<serde_json::Value>().to_string())?;
    let printed: Vec<Printed> = serde_json::from_str(&shell.read(program.arg(FILE).current_dir(folder))?)?;
    Ok(printed.into_iter().map(Printed::into_verdict).collect())
}

const FILE: &str = "deliveries.json";

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
