//! The page for browsers, as its users open it.

use crate::{
    parts::js::test_files,
    playground,
    provision::Need,
    shell::{Shell, command},
};

pub(crate) const NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::Program("chromium")];

/// Those of nightly runs, too.
pub(crate) const FIREFOX_NEEDS: &[Need] = &[Need::Rust, Need::NODE, Need::Program("firefox-esr")];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    test(shell, "playground/tests")
}

pub(crate) fn firefox(shell: &Shell) -> anyhow::Result<()> {
    test(shell, "playground/tests/slow")
}

fn test(shell: &Shell, folder: &str) -> anyhow::Result<()> {
    let page = playground::build(shell)?;
    // Node has had a WebSocket without a flag since 22. The tests mostly wait for the browser.
    let mut node = command("node", ["--experimental-websocket", "--test", "--test-concurrency=3"]);
    shell.run(node.args(test_files(folder)?).env("PAGE", page))
}
