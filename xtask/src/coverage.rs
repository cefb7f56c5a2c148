//! Coverage: which lines run while the tests do. Of Rust, beside its own tests, the native modules under the suites of Node and of
//! Python; of JavaScript and Python, what is installed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::{
    dist,
    parts::{js, receivers},
    provision::{Need, Venv, crate_program, npm_program, pythons},
    shell::{Shell, cargo, command},
    workspace::{fresh_directory, path, written_files},
};

pub(crate) const NEEDS: &[Need] = receivers::NEEDS;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// All if none is named
    languages: Vec<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    Rust,
    Javascript,
    Python,
}

/// Prints a table for each language, with the lines that do not run. That of Rust has what ran under the others, too.
pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> anyhow::Result<()> {
    let is_wanted = |language| arguments.languages.is_empty() || arguments.languages.contains(&language);
    let instrumented = Instrumented::new(shell)?;
    if is_wanted(Language::Rust) {
        instrumented.test(shell)?;
    }
    if is_wanted(Language::Javascript) {
        javascript(shell, &instrumented)?;
    }
    if is_wanted(Language::Python) {
        python(shell, &instrumented)?;
    }
    let mut report = instrumented.llvm_cov("report --show-missing-lines --ignore-filename-regex");
    shell.run(report.arg("/(tests|examples|schema|cli|xtask)/"))
}

/// What cargo-llvm-cov has compilers and programs count.
struct Instrumented {
    program: PathBuf,
    environment: Vec<(String, String)>,
}

impl Instrumented {
    fn new(shell: &Shell) -> anyhow::Result<Self> {
        let program = crate_program(shell, "cargo-llvm-cov", "0.9.1")?;
        let mut instrumented = Self { program, environment: Vec::new() };
        let printed = shell.read(&mut instrumented.llvm_cov("show-env"))?;
        let variables = printed.lines().filter_map(|line| line.split_once('='));
        instrumented.environment =
            variables.map(|(name, value)| (name.to_owned(), value.trim_matches('\'').to_owned())).collect();
        shell.run(&mut instrumented.llvm_cov("clean --workspace"))?;
        Ok(instrumented)
    }

    fn llvm_cov(&self, arguments: &str) -> Command {
        let mut llvm_cov = Command::new(&self.program);
        llvm_cov.arg("llvm-cov").args(arguments.split_whitespace());
        self.count(&mut llvm_cov);
        llvm_cov.env("CARGO_LLVM_COV_SETUP", "yes"); // It gets what it needs from rustup, unasked.
        llvm_cov
    }

    fn count(&self, command: &mut Command) {
        command.env("CARGO_TARGET_DIR", path(BUILD)).envs(self.environment.iter().map(|(name, value)| (name, value)));
    }

    fn test(&self, shell: &Shell) -> anyhow::Result<()> {
        for tests in [
            "-p twenty-webhook -p conformance",
            "-p twenty-webhook-cli",
            "-p twenty-webhook-axum --all-features",
            "-p twenty-webhook-wasm",
        ] {
            let mut test = cargo(&format!("test --tests {tests}"));
            self.count(&mut test);
            shell.run(&mut test)?;
        }
        Ok(())
    }

    /// The native module of this package, which counts.
    fn module(&self, shell: &Shell, package: &str, library: &str) -> anyhow::Result<PathBuf> {
        let mut build = cargo(&format!("build -p {package}"));
        self.count(&mut build);
        shell.run(&mut build)?;
        Ok(path(BUILD).join("debug").join(library))
    }
}

fn javascript(shell: &Shell, instrumented: &Instrumented) -> anyhow::Result<()> {
    let module = instrumented.module(shell, "twenty-webhook-node", "libtwenty_webhook_node.so")?;
    let counts = fresh_directory("coverage/v8")?;
    let app = js::install(shell, &dist::javascript(shell)?)?;
    receivers::install_javascript(shell)?;
    for packages in [app.join("node_modules"), path(receivers::INSTALLED).join("node_modules")] {
        replace(&packages, "twenty-webhook.node", &module)?;
        // Bundles that say which modules they are made of.
        let mut bundle = npm_program("bindings-js", "rollup");
        bundle.args(["--silent", "--sourcemap", "inline", "--config", "bindings-js/rollup.config.mjs", "--configFrom"]);
        shell.run(bundle.arg(path(COMPILED)).arg("--configTo").arg(packages.join("twenty-webhook/dist")))?;
    }
    let node = |folder: &Path, files: Vec<PathBuf>, backend: &str| {
        let mut node = command("node", ["--test", "--test-concurrency=1"]);
        instrumented.count(&mut node);
        node.env("NODE_V8_COVERAGE", &counts).env("BACKEND", backend);
        node.env("RECEIVERS", path(receivers::INSTALLED)).env("BUILT_EXAMPLES", path(receivers::BUILT_EXAMPLES));
        shell.run(node.args(files).current_dir(folder))
    };
    for backend in ["native", "wasm"] {
        node(&app, js::inside_tests()?, backend)?;
    }
    node(&path(""), js::test_files("tests/js/receivers")?, "native")?;
    shell.run(command("node", ["tests/js/coverage.mjs"]).arg(counts).arg(COMPILED))
}

fn python(shell: &Shell, instrumented: &Instrumented) -> anyhow::Result<()> {
    let module = instrumented.module(shell, "twenty-webhook-python", "lib_core.so")?;
    let requirements = format!("{}\ncoverage==7.17.5", receivers::python_requirements());
    let venv = Venv::with(shell, &pythons()?[0], "coverage", &requirements)?;
    venv.install(shell, &dist::python(shell)?.wheel)?;
    replace(&venv.program("../lib"), "twenty_webhook/_core.abi3.so", &module)?;
    let folder = fresh_directory("coverage/python")?;
    let run = |arguments: &[&str]| {
        let mut coverage = venv.python(&["-m", "coverage"]);
        instrumented.count(&mut coverage);
        coverage.env("COVERAGE_RCFILE", path("tests/python/coverage.ini")).current_dir(&folder);
        coverage.args(arguments);
        coverage
    };
    let pytest = ["run", "-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--import-mode=importlib"];
    shell.run(run(&pytest).arg(path("tests/python")))?;
    shell.run(&mut run(&["combine", "--quiet"]))?;
    shell.run(&mut run(&["report", "--show-missing", "--skip-covered"]))
}

/// Puts a module in the place of the installed one.
fn replace(packages: &Path, name: &str, module: &Path) -> anyhow::Result<()> {
    let packages = written_files(packages)?;
    let installed =
        packages.iter().find(|file| file.ends_with(name)).with_context(|| format!("no {name} is installed"))?;
    fs::copy(module, installed).with_context(|| installed.display().to_string())?;
    Ok(())
}

const BUILD: &str = "target/coverage/rust";
const COMPILED: &str = "target/npm/compiled";
