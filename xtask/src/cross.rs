//! What is published for other platforms, built here: every Linux; and for Windows, that it compiles.

use anyhow::{Context as _, ensure};

use crate::{
    dist::{self, Platform},
    parts::artefacts,
    provision::Need,
    shell::Shell,
    workspace::fresh_directory,
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::PYTHON];

/// Fills `target/dist-cross` for the named platforms, or all that can be built here but this one, and looks at it.
pub(crate) fn run(shell: &Shell, names: &[String]) -> anyhow::Result<()> {
    let host = Platform::host()?;
    let platforms = Platform::all()?;
    for name in names {
        ensure!(platforms.iter().any(|platform| platform.name == *name), "there is no package for {name}");
    }
    let is_wanted = |platform: &Platform| match names {
        [] => platform.is_linux() && platform.name != host.name,
        names => names.contains(&platform.name),
    };
    let directory = fresh_directory("dist-cross")?;
    for platform in platforms.iter().filter(|platform| is_wanted(platform)) {
        shell.say(&platform.name)?;
        dist::native(shell, platform, &directory).with_context(|| format!("for {}", platform.name))?;
    }
    artefacts::check(shell, &directory)
}
