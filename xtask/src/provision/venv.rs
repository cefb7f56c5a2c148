//! Pythons, and virtual environments of theirs under target/.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context as _, ensure};

use crate::{
    shell::{Shell, command},
    workspace::path,
};

/// A Python that the package promises to run on.
#[derive(Clone, Debug)]
pub(crate) struct Python {
    pub(crate) version: String,
    program: PathBuf,
}

/// One for each minor version that can be had here, oldest first: those on the search path, and pyenv's.
pub(crate) fn pythons() -> anyhow::Result<Vec<Python>> {
    let mut candidates = vec![PathBuf::from("python3"), PathBuf::from("python")];
    candidates.extend((OLDEST_MINOR..OLDEST_MINOR + 10).map(|minor| PathBuf::from(format!("python3.{minor}"))));
    if let Some(root) = printed(Command::new("pyenv").arg("root")) {
        let versions = fs::read_dir(Path::new(&root).join("versions")).into_iter().flatten().flatten();
        candidates.extend(versions.map(|version| version.path().join("bin/python")));
    }
    let mut found: Vec<_> = candidates.into_iter().filter_map(look_at).collect();
    found.sort_by_key(|(minor, _)| *minor);
    found.dedup_by_key(|(minor, _)| *minor);
    ensure!(!found.is_empty(), "could not get Python: install Python 3.{OLDEST_MINOR} or newer, with venv");
    Ok(found.into_iter().map(|(_, python)| python).collect())
}

/// What `requires-python` says.
const OLDEST_MINOR: u32 = 11;

fn look_at(program: PathBuf) -> Option<(u32, Python)> {
    let print = "import ensurepip, platform, venv; print(platform.python_version())";
    let version = printed(Command::new(&program).args(["-c", print]))?;
    let minor = version.strip_prefix("3.")?.split('.').next()?.parse().ok().filter(|minor| *minor >= OLDEST_MINOR)?;
    Some((minor, Python { version, program }))
}

fn printed(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Parts that run side by side share environments.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A virtual environment.
pub(crate) struct Venv(PathBuf);

impl Venv {
    /// The one of this name with these requirements: made once, and anew when they change.
    pub(crate) fn with(shell: &Shell, python: &Python, name: &str, requirements: &str) -> anyhow::Result<Self> {
        let _installing = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        let directory = path("target/venvs").join(format!("{name}-{}", python.version));
        let (venv, stamp) = (Self(directory.clone()), directory.join("requirements.txt"));
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == requirements) {
            return Ok(venv);
        }
        let mut make = Command::new(&python.program);
        shell.run(make.args(["-m", "venv", "--clear"]).arg(&directory))?;
        if !requirements.is_empty() {
            let mut pip = venv.python(&["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
            shell.run(pip.args(requirements.lines())).context("could not get it from PyPI")?;
        }
        fs::write(stamp, requirements)?;
        Ok(venv)
    }

    /// Installs a wheel as it is: nothing else is asked for, whatever it names. One that is there stays, because another part of
    /// the tests may be running it.
    pub(crate) fn install(&self, shell: &Shell, wheel: &Path) -> anyhow::Result<()> {
        let _installing = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        let built = fs::metadata(wheel)?.modified()?;
        let (stamp, installed) = (self.0.join("wheel.txt"), format!("{} {built:?}", wheel.display()));
        if fs::read_to_string(&stamp).is_ok_and(|there| there == installed) {
            return Ok(());
        }
        let pip = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--force-reinstall"];
        shell.run(self.python(&pip).arg(wheel))?;
        Ok(fs::write(stamp, installed)?)
    }

    /// Its Python, which sees this environment only.
    pub(crate) fn python(&self, arguments: &[&str]) -> Command {
        let mut python = command(&self.program("python").to_string_lossy(), arguments.iter().copied());
        python.env_remove("PYTHONPATH").env("PYTHONDONTWRITEBYTECODE", "1");
        python
    }

    /// A program that was installed in it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.0.join(if cfg!(windows) { "Scripts" } else { "bin" }).join(name)
    }
}
