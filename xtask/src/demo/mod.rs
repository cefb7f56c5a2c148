//! The demo: genuine deliveries and the classic mistakes, each verified, in one table.

mod board;

use std::{fs, path::Path, process::Command, thread};

use anyhow::anyhow;
use serde_json::Value;

use crate::{
    dist,
    provision::{Need, Venv, program, pythons},
    shell::{Shell, cargo, command},
    workspace::{fresh_directory, path},
};
use board::Board;

/// Node is the sender, too, and Python a middleware that prints JSON anew.
pub(crate) const NEEDS: &[Need] = dist::NEEDS;

/// Shows what Rust says at once, and the rest when it is built. Fails if any verdict is not the expected one.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let mut node = command("node", ["xtask/demo/deliveries.mjs", program(shell, "python3")?]);
    let board = &Board::new(shell, serde_json::from_str(&shell.read(&mut node)?)?);
    let folder = &fresh_directory("demo")?;
    fs::write(folder.join(DELIVERIES), serde_json::to_string(&board.deliveries)?)?;

    let rust = cargo("run --quiet -p xtask-demo --");
    board.take("rust", verdicts(shell, rust, &path(""), folder)?)?;
    board.show()?;
    board.say("building the npm package and the wheel, which verify the same")?;
    thread::scope(|scope| {
        let builds = [javascript, python].map(|verify| scope.spawn(move || verify(shell, board, folder)));
        let results = builds.map(|build| build.join().unwrap_or_else(|_| Err(anyhow!("a build panicked"))));
        results.into_iter().collect::<anyhow::Result<()>>()
    })?;
    board.show()?;
    board.check()
}

/// The npm package, as it is published: natively in Node, and WebAssembly.
fn javascript(shell: &Shell, board: &Board<'_>, folder: &Path) -> anyhow::Result<()> {
    dist::javascript(shell)?.install(shell, folder)?;
    fs::copy(path("xtask/demo/verify.mjs"), folder.join("verify.mjs"))?; // What it imports is what is beside it.
    for (name, entry, backend) in [("node", "twenty-webhook", "native"), ("wasm", "twenty-webhook/wasm", "wasm")] {
        board.take(name, verdicts(shell, command("node", ["verify.mjs", entry, backend]), folder, folder)?)?;
    }
    Ok(())
}

/// The wheel, likewise.
fn python(shell: &Shell, board: &Board<'_>, folder: &Path) -> anyhow::Result<()> {
    let venv = Venv::with(shell, &pythons()?[0], "demo", "")?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    board.take("python", verdicts(shell, venv.python(&["xtask/demo/verify.py"]), &path(""), folder)?)
}

/// What a program says of the deliveries.
fn verdicts(shell: &Shell, mut program: Command, directory: &Path, folder: &Path) -> anyhow::Result<Vec<Value>> {
    let printed = shell.read(program.arg(folder.join(DELIVERIES)).current_dir(directory))?;
    Ok(serde_json::from_str(&printed)?)
}

const DELIVERIES: &str = "deliveries.json";
