//! The npm package, as it is published, in every JavaScript runtime that can be had here.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    dist,
    provision::{Need, npm},
    shell::{Shell, command},
    workspace::{fresh_directory, path, root, written_files},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::Program("chromium")];

/// Those of nightly runs, too.
pub(crate) const BROWSER_NEEDS: &[Need] = &[
    Need::Rust,
    Need::NODE,
    Need::Program("chromium"),
    Need::Program("firefox-esr"),
    Need::Program("webkit2gtk-driver"),
    Need::Program("xvfb"),
];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let app = App::install(shell)?;
    for backend in ["native", "wasm"] {
        app.test_inside(shell, backend)?;
    }
    app.test_from_outside(shell, &test_files("tests/js/runtimes")?, "chromium")?;
    app.say_matrix(shell)
}

/// The other browsers, which take long to install.
pub(crate) fn browsers(shell: &Shell) -> anyhow::Result<()> {
    let app = App::install(shell)?;
    app.test_from_outside(shell, &[path("tests/js/runtimes/browsers.test.mjs")], "chromium,firefox,webkit")?;
    app.say_matrix(shell)
}

/// An empty folder with the two packages, and copies of the tests beside them: what they import is what is installed.
struct App {
    artefacts: dist::JavaScript,
    folder: PathBuf,
    /// A line for each runtime.
    matrix: PathBuf,
}

impl App {
    fn install(shell: &Shell) -> anyhow::Result<Self> {
        npm(shell, "tests/js")?;
        let artefacts = dist::javascript(shell)?;
        let around = fresh_directory("js")?;
        let (folder, matrix) = (around.join("app"), around.join("matrix.txt"));
        fs::create_dir(&folder)?;
        artefacts.install(shell, &folder)?;
        for tests in ["tests/js", "tests/oracle/shared", "tests/vectors"] {
            copy(&path(tests), &folder.join(tests))?;
        }
        fs::write(&matrix, "")?;
        Ok(Self { artefacts, folder, matrix })
    }

    /// What asks the package itself, under the machine's Node.
    fn test_inside(&self, shell: &Shell, backend: &str) -> anyhow::Result<()> {
        let mut files = test_files("tests/js")?;
        files.extend(test_files("tests/js/bad_input")?);
        let mut node = command("node", ["--test"]);
        node.env("BACKEND", backend).current_dir(&self.folder);
        for file in files {
            node.arg(file.strip_prefix(root()).unwrap_or(&file));
        }
        shell.run(&mut node)
    }

    /// What starts other runtimes, with the tools that npm installed in the checkout.
    fn test_from_outside(&self, shell: &Shell, files: &[PathBuf], browsers: &str) -> anyhow::Result<()> {
        let mut node = command("node", ["--test", "--test-concurrency=1"]);
        node.env("APP", &self.folder)
            .env("MATRIX", &self.matrix)
            .env("PACKAGE", &self.artefacts.package)
            .env("NATIVE", &self.artefacts.native)
            .env("BROWSERS", browsers);
        shell.run(node.args(files))
    }

    fn say_matrix(&self, shell: &Shell) -> anyhow::Result<()> {
        shell.say(fs::read_to_string(&self.matrix)?.trim_end())
    }
}

/// The files of tests in a folder, not in those below it.
pub(crate) fn test_files(folder: &str) -> anyhow::Result<Vec<PathBuf>> {
    let folder = path(folder);
    let files = written_files(&folder)?.into_iter();
    let is_test = |file: &Path| {
        let name = file.file_name().and_then(OsStr::to_str);
        file.parent() == Some(&folder) && name.is_some_and(|name| name.ends_with(".test.mjs"))
    };
    Ok(files.filter(|file| is_test(file)).collect())
}

pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in written_files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(&file, target)?;
    }
    Ok(())
}
