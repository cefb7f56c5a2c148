//! The page that says in a browser why a delivery was refused: one file, with the packed package inlined.

use std::path::PathBuf;

use crate::{
    dist,
    parts::js::copy,
    provision::{Need, npm, npm_program},
    shell::{Shell, command},
    workspace::{fresh_directory, path},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE];

/// Builds it as target/playground/index.html.
pub(crate) fn build(shell: &Shell) -> anyhow::Result<PathBuf> {
    npm(shell, "playground")?;
    let folder = fresh_directory("playground")?;
    // The sources find the package beside them.
    let app = fresh_directory("playground/app")?;
    dist::javascript(shell)?.install(shell, &app)?;
    copy(&path("playground"), &app.join("playground"))?;
    shell.run(npm_program("playground", "tsc").arg("--project").arg(app.join("playground")))?;
    let page = folder.join("index.html");
    shell.run(command("node", ["playground/build.mjs"]).arg(&app).arg(&page))?;
    Ok(page)
}
