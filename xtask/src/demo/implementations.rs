//! Who verifies: one column of the table each.

use std::{fs, path::Path, process::Command};

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
pub(super) fn rust(delivery: &Delivery) -> anyhow::Result<Verdict> {
    let decoded =
        delivery.headers.iter().map(|header| Ok((hex::decode(&header.name_hex)?, hex::decode(&header.value_hex)?)));
    let headers: Vec<(Vec<u8>, Vec<u8>)> = decoded.collect::<anyhow::Result<_>>()?;
    let webhook = Webhook::new(Secret::from_utf8(&hex::decode(&delivery.secret_hex)?)?);
    let now = Timestamp::from_unix_millis(delivery.now.parse()?);
    let body = hex::decode(&delivery.body_hex)?;
    let (mut code, mut kind, mut event_name) = (None, None, None);
    match webhook.verify(&body, &headers, now) {
        Ok(verified) => {
            let event = verified.event();
            kind = Some(event.kind().as_str().to_owned());
            event_name = event.name().map(str::to_owned);
        }
        Err(error) => code = Some(error.code().as_str().to_owned()),
    }
    Ok(Verdict { code, kind, event_name })
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
    fs::write(folder.join("deliveries.json"), serde_json::to_string(deliveries)?)?;
    Ok(serde_json::from_str(&shell.read(program.arg("deliveries.json").current_dir(folder))?)?)
}
