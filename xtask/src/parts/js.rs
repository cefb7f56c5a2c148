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
    let artefacts = dist::javascript(shell)?;
    let app = install(shell, &artefacts)?;
    test_from_inside(shell, &app, &inside_tests()?, &[])?;
    test_from_outside(shell, &artefacts, &app, &test_files("tests/js/runtimes")?, "chromium")
}

/// What asks the package itself, under the machine's Node; as the folder has them into which the package is installed.
pub(crate) fn inside_tests() -> anyhow::Result<Vec<PathBuf>> {
    let files = [test_files("tests/js")?, test_files("tests/js/bad_input")?].concat();
    Ok(files.iter().map(|file| file.strip_prefix(root()).unwrap_or(file).to_owned()).collect())
}

/// The other browsers, which take long to install.
pub(crate) fn browsers(shell: &Shell) -> anyhow::Result<()> {
    let artefacts = dist::javascript(shell)?;
    let tests = [path("tests/js/runtimes/browsers.test.mjs")];
    test_from_outside(shell, &artefacts, &install(shell, &artefacts)?, &tests, "chromium,firefox,webkit")
}

/// What takes more inputs the longer it runs.
pub(crate) fn lasting(shell: &Shell) -> anyhow::Result<()> {
    let app = install(shell, &dist::javascript(shell)?)?;
    let tests = ["tests/js/lasting.test.mjs", "tests/js/bad_input/properties.test.mjs"].map(PathBuf::from);
    test_from_inside(shell, &app, &tests, &MANY)
}

/// How many inputs a night has time for.
pub(super) const MANY: [(&str, &str); 2] = [("VERIFICATIONS", "1000000"), ("PROPERTY_RUNS", "20000")];

fn test_from_inside(shell: &Shell, app: &Path, files: &[PathBuf], many: &[(&str, &str)]) -> anyhow::Result<()> {
    for backend in ["native", "wasm"] {
        let mut node = command("node", ["--test"]);
        node.args(files);
        shell.run(node.env("BACKEND", backend).envs(many.iter().copied()).current_dir(app))?;
    }
    Ok(())
}

/// An empty folder with the two packages, and copies of the tests beside them: what they import is what is installed.
pub(crate) fn install(shell: &Shell, artefacts: &dist::JavaScript) -> anyhow::Result<PathBuf> {
    npm(shell, "tests/js")?;
    let app = fresh_directory("js/app")?;
    artefacts.install(shell, &app)?;
    for generator in ["fast-check", "pure-rand"] {
        copy(&path("tests/js/node_modules").join(generator), &app.join("node_modules").join(generator))?;
    }
    copy_tests(&app)?;
    Ok(app)
}

/// Into a folder where the package is installed.
pub(crate) fn copy_tests(app: &Path) -> anyhow::Result<()> {
    ["tests/js", "tests/oracle/shared", "tests/vectors"]
        .iter()
        .try_for_each(|tests| copy(&path(tests), &app.join(tests)))
}

/// What starts other runtimes, with the tools that npm installed in the checkout. Prints a line for each of them.
fn test_from_outside(
    shell: &Shell,
    artefacts: &dist::JavaScript,
    app: &Path,
    files: &[PathBuf],
    browsers: &str,
) -> anyhow::Result<()> {
    let matrix = path("target/js/matrix.txt");
    fs::write(&matrix, "")?;
    let mut node = command("node", ["--test", "--test-concurrency=1"]);
    node.env("APP", app).env("MATRIX", &matrix).env("BROWSERS", browsers);
    node.env("PACKAGE", &artefacts.package).env("NATIVE", &artefacts.native);
    shell.run(node.args(files))?;
    shell.say(fs::read_to_string(&matrix)?.trim_end())
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
