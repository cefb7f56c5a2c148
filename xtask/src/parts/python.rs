//! The Python package, as it is published: installed from the wheel, and from the sdist. What needs a framework is a part
//! of its own.

use std::{path::Path, process::Command};

use super::{js::MANY, python_types, receivers};
use crate::{
    dist,
    provision::{Need, Python, Venv, pythons},
    shell::Shell,
    workspace::{fresh_directory, path},
};

/// Pyright runs on Node.
pub(crate) const NEEDS: &[Need] = &[Need::NODE];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let artefacts = dist::python(shell)?;
    let pythons = pythons()?;
    for python in &pythons {
        shell.say(&format!("Python {}: the wheel", python.version))?;
        test(shell, &environment(shell, python, "tests", &artefacts.wheel)?, "tests/python")?;
    }
    shell.say(&format!("Python {}: the sdist", pythons[0].version))?;
    let wheel = artefacts.wheel_of_sdist(shell, &fresh_directory("python-sdist")?)?;
    test(shell, &environment(shell, &pythons[0], "sdist", &wheel)?, "tests/python/test_conformance.py")?;
    python_types::check(shell, &pythons[0], &artefacts.wheel)
}

/// Nothing but the wheel and what runs the tests.
fn environment(shell: &Shell, python: &Python, name: &str, wheel: &Path) -> anyhow::Result<Venv> {
    let venv = Venv::with(shell, python, name, TESTING)?;
    venv.install(shell, wheel)?;
    Ok(venv)
}

/// Hypothesis is under the MPL, and a tool of the tests only.
const TESTING: &str = "hypothesis==6.170.17\npytest==9.2.0";

/// The wheel under the oldest Python that is found.
pub(crate) fn installed(shell: &Shell) -> anyhow::Result<Venv> {
    environment(shell, &pythons()?[0], "tests", &dist::python(shell)?.wheel)
}

/// What takes more inputs the longer it runs.
pub(crate) fn lasting(shell: &Shell) -> anyhow::Result<()> {
    let venv = installed(shell)?;
    let tests = ["tests/python/test_lasting.py", "tests/python/test_properties.py"].map(path);
    shell.run(pytest(&venv).envs(MANY).args(tests))
}

fn test(shell: &Shell, venv: &Venv, tests: &str) -> anyhow::Result<()> {
    let mut pytest = pytest(venv);
    shell.run(pytest.arg("--ignore").arg(path(receivers::PYTHON_TESTS)).arg(path(tests)))
}

/// Not in the checkout, whose sources must not be what is imported.
pub(super) fn pytest(venv: &Venv) -> Command {
    let mut pytest = venv.python(&["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--import-mode=importlib"]);
    pytest.current_dir(path("target"));
    pytest
}
