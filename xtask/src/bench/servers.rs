//! Frameworks of every language with a receiver and without.

use crate::{
    dist,
    parts::receivers,
    provision::npm,
    shell::{Shell, cargo, command},
    workspace::{SERVER_MANIFEST, fresh_directory, path},
};

pub(super) fn run(shell: &Shell, is_smoke: bool) -> anyhow::Result<()> {
    npm(shell, FOLDER)?;
    let folder = fresh_directory("bench-servers")?;
    dist::javascript(shell)?.install(shell, &folder)?;
    // Where nothing is timed, the build that takes minutes is not needed.
    let (profile, outputs) = if is_smoke { ("dev", "debug") } else { ("release", "release") };
    let build = format!("build --locked --profile {profile} --manifest-path {SERVER_MANIFEST} --target-dir {BUILT}");
    shell.run(cargo(&build).env("CARGO_PROFILE_DEV_DEBUG", "0"))?;
    let mut node = command("node", []);
    node.arg(path(FOLDER).join("servers.mjs"))
        .env("INSTALLED", folder)
        .env("PYTHON", receivers::python_environment(shell)?.program("python"))
        .env("AXUM", path(BUILT).join(outputs).join("bench-servers-axum"));
    if is_smoke {
        node.arg("--smoke");
    }
    shell.run(&mut node)
}

const FOLDER: &str = "benches/servers";
const BUILT: &str = "target/bench-servers-axum";
