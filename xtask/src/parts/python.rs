//! The Python package, as it is published: installed from the wheel, and from the sdist. What needs a framework is a part
//! of its own.

use std::{path::Path, process::Command};

use super::receivers;
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
    check_types(shell, &pythons[0], &artefacts.wheel)
}

/// Nothing but the wheel and what runs the tests.
fn environment(shell: &Shell, python: &Python, name: &str, wheel: &Path) -> anyhow::Result<Venv> {
    let venv = Venv::with(shell, python, name, "pytest==9.2.0")?;
    venv.install(shell, wheel)?;
    Ok(venv)
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

/// The stubs are what the native part has, and a file that uses everything fails exactly where it says it must.
fn check_types(shell: &Shell, python: &Python, wheel: &Path) -> anyhow::Result<()> {
    let requirements =
        format!("mypy==2.4.1\npyright==1.1.414\nruff==0.17.6\n{}\n{}", receivers::FRAMEWORKS, receivers::PASSED);
    let venv = Venv::with(shell, python, "types", &requirements)?;
    venv.install(shell, wheel)?;
    let own = "--no-cache --config ../bindings-python/pyproject.toml ../bindings-python/python ../bindings-python/examples \
               ../tests/python ../benches/python ../benches/servers/python";
    for check in [
        format!("ruff format --check {own}"),
        format!("ruff check {own}"),
        "mypy --strict --warn-unreachable --cache-dir mypy -p twenty_webhook".to_owned(),
        // Two files of one name, each a module of its own.
        format!("mypy --strict --cache-dir mypy {}", TYPED[0]),
        format!("mypy --strict --cache-dir mypy {}", TYPED[1]),
        "mypy.stubtest twenty_webhook".to_owned(),
    ] {
        let mut check = venv.python(&["-m"].into_iter().chain(check.split_whitespace()).collect::<Vec<_>>());
        shell.run(check.current_dir(path("target")))?;
    }
    let mut pyright = venv.python(&["-m", "pyright", "--pythonpath"]);
    pyright.arg(venv.program("python")).args(TYPED).current_dir(path("target"));
    shell.run(pyright.env("PYRIGHT_PYTHON_IGNORE_WARNINGS", "1"))
}

/// As seen from target/.
const TYPED: [&str; 2] = ["../tests/python/typing_test.py", "../tests/python/receivers/typing_test.py"];
