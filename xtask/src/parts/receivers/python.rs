//! The receivers of the Python package: its examples, each served by a real server, and its stores, against a real Redis.

use crate::{
    dist,
    parts::python::pytest,
    provision::{Venv, pythons},
    shell::Shell,
    workspace::path,
};

pub(super) fn run(shell: &Shell) -> anyhow::Result<()> {
    shell.run(pytest(&environment(shell)?).arg(path(TESTS)))
}

/// The wheel, and the frameworks with servers for them.
pub(crate) fn environment(shell: &Shell) -> anyhow::Result<Venv> {
    let wheel = dist::python(shell)?.wheel;
    let requirements = format!(
        "{FRAMEWORKS}
{PASSED}
{SERVERS}
pytest==9.2.0"
    );
    let venv = Venv::with(shell, &pythons()?[0], "receivers", &requirements)?;
    venv.install(shell, &wheel)?;
    Ok(venv)
}

pub(crate) const TESTS: &str = "tests/python/receivers";

/// In the versions that the examples name, which a test compares.
pub(crate) const FRAMEWORKS: &str = "django==5.2.19\nfastapi==0.165.0\nflask==3.1.3\nredis==8.1.0";
/// What else users pass to receivers, or would.
pub(crate) const PASSED: &str = "loguru==0.7.3\nupstash-redis==1.8.0";
const SERVERS: &str = "gevent==26.9.0\ngunicorn==27.0.1\nuvicorn==0.54.0";
