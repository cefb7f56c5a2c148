//! The command line as npm and pip install it: it does what the program that cargo builds does.

use std::{
    env::consts::EXE_SUFFIX,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use anyhow::{Context as _, ensure};

use crate::{
    dist,
    provision::{NPM, Need, Venv, pythons},
    shell::{Shell, cargo, command},
    workspace::{fresh_directory, path},
};

pub(crate) const NEEDS: &[Need] = &[Need::NODE, Need::PYTHON];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    test(shell, &dist::CommandLine::build_for_tests(shell, &fresh_directory("command-line/dist")?)?)
}

/// The files as they are published.
pub(crate) fn released(shell: &Shell) -> anyhow::Result<()> {
    test(shell, &dist::command_line(shell)?)
}

fn test(shell: &Shell, artefacts: &dist::CommandLine) -> anyhow::Result<()> {
    let folder = fresh_directory("command-line/installed")?;
    fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let mut install = command(NPM, ["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error"]);
    shell.run(install.args([&artefacts.package, &artefacts.program]).current_dir(&folder))?;
    let venv = Venv::with(shell, &pythons()?[0], "command-line", "")?;
    venv.install(shell, &artefacts.wheel)?;
    let npx = if cfg!(windows) { "npx.cmd" } else { "npx" };
    let from_npm = || command(npx, ["--no-install", PROGRAM]);
    compare(shell, &folder, &[&from_npm, &|| Command::new(venv.program(PROGRAM))])?;
    every_file_says_what_it_is(&folder, &venv)
}

/// What installed programs do, with what the one does that cargo builds.
pub(crate) fn compare(shell: &Shell, folder: &Path, programs: &[&dyn Fn() -> Command]) -> anyhow::Result<()> {
    shell.run(&mut cargo("build --package twenty-webhook-cli"))?;
    let cargos = path("target/debug").join(PROGRAM).with_extension(EXE_SUFFIX.trim_start_matches('.'));
    let metadata = path("tests/workspaces/rockets/metadata.json").to_string_lossy().into_owned();
    write_a_delivery(folder, &cargos)?;
    for arguments in CALLS {
        let arguments: Vec<_> = arguments.iter().map(|&one| if one == METADATA { &*metadata } else { one }).collect();
        let expected = output(Command::new(&cargos).args(&arguments), folder)?;
        for program in programs {
            let mut installed = program();
            shell.say(&format!("{} {}", installed.get_program().to_string_lossy(), arguments.join(" ")))?;
            let found = output(installed.args(&arguments), folder)?;
            ensure!(found == expected, "{installed:?}: {found:?}, and the program that cargo built: {expected:?}");
        }
    }
    Ok(())
}

/// For `verify`: its headers are of long ago, so the calls say when it arrived.
fn write_a_delivery(folder: &Path, program: &Path) -> anyhow::Result<()> {
    fs::write(folder.join("delivery.json"), r#"{"eventName":"person.created","record":{"id":"7"}}"#)?;
    let signed = output(Command::new(program).args(["sign", "--timestamp", MOMENT, "delivery.json"]), folder)?;
    ensure!(signed.status.success(), "{signed:?}");
    Ok(fs::write(folder.join("delivery.headers"), signed.stdout)?)
}

fn output(program: &mut Command, folder: &Path) -> anyhow::Result<Output> {
    let program = program.current_dir(folder).env("TWENTY_WEBHOOK_SECRET", "not-a-real-secret").stdin(Stdio::piped());
    let mut running = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    // One that reads none may have ended.
    let _ = running.stdin.take().context("no standard input")?.write_all(br#"{"b":1.0,"1":2}"#);
    Ok(running.wait_with_output()?)
}

fn every_file_says_what_it_is(folder: &Path, venv: &Venv) -> anyhow::Result<()> {
    let packages = fs::read_dir(folder.join("node_modules"))?.filter_map(Result::ok).map(|entry| entry.path());
    let packages: Vec<_> = packages.filter(|package| package.join("package.json").exists()).collect();
    ensure!(packages.len() == 2, "{packages:?}");
    for file in ["README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        for package in &packages {
            ensure!(package.join(file).exists(), "{} has no {file}", package.display());
        }
    }
    let noted = packages.iter().filter(|package| package.join("LICENSE-THIRD-PARTY").exists());
    ensure!(noted.count() == 1, "the package of the program has to name all code in it");
    let script = "import importlib.metadata as m; d = m.metadata('twenty-webhook-cli'); \
                  assert len(d.get_all('License-File')) == 3 and d.get_payload().startswith('# twenty-webhook-cli')";
    let status = venv.python(&["-c", script]).status()?;
    ensure!(status.success(), "the wheel lacks its README or a licence");
    Ok(())
}

const PROGRAM: &str = "twenty-webhook";
const METADATA: &str = "METADATA";
const MOMENT: &str = "1735066639761";
const CALLS: [&[&str]; 12] = [
    &["--version"],
    &["types", "--lang", "typescript", METADATA],
    &["types", "--lang", "python", "--pydantic", METADATA],
    &["types", "--lang", "rust", METADATA, "--check", "no-such-file"],
    &["sign", "--timestamp", MOMENT, "--nonce", "00112233445566778899aabbccddeeff", "delivery.json"],
    &["verify", "--now", MOMENT, "--headers-file", "delivery.headers", "delivery.json"],
    &["verify", "--now", "1", "--headers-file", "delivery.headers", "delivery.json"],
    &["canonicalize"],
    &["samples"],
    &["completions", "bash"],
    &["man", "verify"],
    &["no-such-command"],
];
