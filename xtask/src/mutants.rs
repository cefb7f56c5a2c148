//! Mutation testing of the Rust that decides: cargo-mutants changes one thing at a time, and the tests have to notice.
//! `.cargo/mutants.toml` names the changes that no test can notice, each with the reason.

use std::{ffi::OsString, fs, process::Command};

use anyhow::ensure;
use clap::{Args, builder::PossibleValuesParser};

use crate::{
    provision::crate_program,
    shell::{Shell, cargo},
    workspace::path,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// All, one after the other, if none is named
    #[arg(value_name = "AREA", value_parser = PossibleValuesParser::new(AREAS.iter().map(|area| area.name)))]
    areas: Vec<String>,
    /// For cargo-mutants, after `--`: `--shard 0/4`, or `--list`
    #[arg(last = true)]
    options: Vec<OsString>,
}

struct Area {
    name: &'static str,
    package: &'static str,
    /// The packages whose tests run.
    tested_by: &'static str,
    /// The files that are changed.
    files: &'static [&'static str],
    /// What `cargo test` runs: what is about these files, and quick.
    tests: &'static str,
}

/// Where a fault costs most comes first.
const AREAS: [Area; 7] = [
    Area {
        name: "verification",
        package: CORE,
        tested_by: VECTORS,
        files: &[
            "core/src/{delivery,error,headers,webhook,wire}/**",
            "core/src/{delivery,headers,mac,shown,signature,timestamp,wire}.rs",
        ],
        tests: "--lib --test verify --test sign --test config --test shown --test events --test host --test requests --test samples",
    },
    Area {
        name: "receiver",
        package: CORE,
        tested_by: VECTORS,
        files: &["core/src/receiver/**"],
        tests: "--lib --test receiver --test rules --test shown --test requests --test config --test host",
    },
    Area {
        name: "host",
        package: CORE,
        tested_by: VECTORS,
        files: &["core/src/host/**"],
        tests: "--lib --test host --test config --test values",
    },
    Area {
        name: "payloads",
        package: CORE,
        tested_by: VECTORS,
        files: &["core/src/{canonical,event,json,records,testing}/**"],
        tests: "--lib --test canonical --test events --test values --test records --test samples --test shown --test verify",
    },
    Area {
        name: "diagnosis",
        package: CORE,
        tested_by: VECTORS,
        files: &[
            "core/src/diagnose/[!c]*/**",
            "core/src/diagnose/[!c]*.rs",
            "core/src/diagnose/{charset,cause}.rs",
            "core/src/diagnose/cause/**",
        ],
        tests: "--lib --test diagnose --test host",
    },
    Area {
        name: "captures",
        package: CORE,
        tested_by: "twenty-webhook,twenty-webhook-cli",
        files: &["core/src/diagnose/captured/**", "core/src/diagnose/captured.rs"],
        tests: "--lib --test cli",
    },
    Area { name: "wasm", package: WASM, tested_by: WASM, files: &["bindings-wasm/src/latin1.rs"], tests: "" },
];

const CORE: &str = "twenty-webhook";
/// The core's own tests, and those against the vectors.
const VECTORS: &str = "twenty-webhook,conformance";
const WASM: &str = "twenty-webhook-wasm";

/// Tests what was not noticed when it ran last, and what was not tested. Fails when something stays unnoticed.
pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> anyhow::Result<()> {
    let program = crate_program(shell, "cargo-mutants", "27.1.0")?;
    let mut unnoticed = Vec::new();
    for area in AREAS {
        if !arguments.areas.is_empty() && !arguments.areas.iter().any(|name| name == area.name) {
            continue;
        }
        // What cargo-mutants would run before all changes are the tests of the changed package only.
        let packages = area.tested_by.replace(',', " -p ");
        shell.run(quickly(&mut cargo(&format!("test -p {packages} {}", area.tests))))?;
        let mut mutants = Command::new(&program);
        mutants.args(["mutants", "--baseline", "skip", "--timeout", "240", "--build-timeout", "1800"]);
        mutants.args(["--package", area.package, "--iterate", "--output"]).arg(path(OUTPUTS).join(area.name));
        mutants.args(area.files.iter().flat_map(|files| ["--file", files]));
        mutants.args(["--test-package", area.tested_by]).args(&arguments.options);
        mutants.arg("--").args(area.tests.split_whitespace());
        if let Err(error) = shell.run(quickly(&mut mutants)) {
            // It fails when one ran out of time, too, which is how a loop without an end is noticed.
            let list = |name| fs::read_to_string(path(OUTPUTS).join(area.name).join("mutants.out").join(name));
            let (missed, late) = (list("missed.txt")?, list("timeout.txt")?);
            ensure!(!missed.is_empty() || !late.is_empty(), error);
            unnoticed.extend(missed.lines().map(str::to_owned));
        }
    }
    ensure!(unnoticed.is_empty(), "no test notices:\n{}", unnoticed.join("\n"));
    Ok(())
}

/// Compiled once for all runs, and with nothing that only a debugger needs.
fn quickly(command: &mut Command) -> &mut Command {
    command.env("CARGO_TARGET_DIR", path(OUTPUTS)).env("CARGO_PROFILE_DEV_DEBUG", "false")
}

const OUTPUTS: &str = "target/mutants";
