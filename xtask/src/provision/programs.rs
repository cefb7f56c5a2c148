//! Programs that other installers install.

use std::{env, process::Command};

use anyhow::{Context as _, ensure};

use crate::shell::{Shell, command};

/// A package of Debian, what it is wanted for, by any of its names, the oldest version if that matters, and why.
type Package = (&'static str, &'static [&'static str], Option<(u32, u32)>, &'static str);

const PACKAGES: [Package; 12] = [
    ("nodejs", &["node"], Some((20, 0)), "it runs the npm package and writes the test vectors"),
    ("python3", &["python3", "python"], Some((3, 9)), "it runs the Python package"),
    ("g++", &["c++"], None, "the fuzzer and the benchmarks compile C and C++"),
    ("redis-server", &["redis-server"], None, "replay stores are tested with a real Redis"),
    // Debian's server is not on the search path, but what starts it is.
    ("postgresql", &["pg_ctlcluster", "postgres"], None, "replay stores are tested with a real PostgreSQL"),
    ("valgrind", &["valgrind"], None, "it finds branches and addresses that depend on a secret"),
    ("chromium", &["chromium", "chromium-browser", "google-chrome"], None, "the npm package is tested in a browser"),
    ("firefox-esr", &["firefox-esr", "firefox"], None, "the npm package is tested in a second browser"),
    ("webkit2gtk-driver", &["WebKitWebDriver"], None, "the npm package is tested in a third browser"),
    ("qemu-user-static", &["qemu-aarch64-static"], None, "it runs what is built for arm64"),
    ("libstdc++6-arm64-cross", &["/usr/aarch64-linux-gnu/lib/libstdc++.so.6"], None, "Node for arm64 loads it"),
    ("xvfb", &["Xvfb"], None, "WebKit wants a display"),
];

/// The name by which a package's program can be run. Installs the package if it is missing and that can be done here.
pub(crate) fn program(shell: &Shell, package: &str) -> anyhow::Result<&'static str> {
    let known = PACKAGES.iter().find(|(name, ..)| *name == package);
    let &(name, programs, oldest, why) = known.context("no such package")?;
    let look = || programs.iter().copied().find(|program| is_there(program, oldest));
    if let Some(program) = look() {
        return Ok(program);
    }
    let version = oldest.map(|(major, minor)| format!(" {major}.{minor} or newer")).unwrap_or_default();
    let wanted = format!("install {}{version}: {why}", programs[0]);
    install(shell, name, why).with_context(|| wanted.clone())?;
    look().with_context(|| format!("Debian's {name} is not enough; {wanted}"))
}

fn install(shell: &Shell, name: &str, why: &str) -> anyhow::Result<()> {
    let can_install = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
        && Command::new("apt-get").arg("--version").output().is_ok();
    ensure!(can_install, "no root, or no apt-get, to install {name} with");
    // Not into a log: nobody should find it on their machine unannounced.
    eprintln!("installing Debian's package {name}: {why}");
    shell.run(&mut command("apt-get", ["update", "--quiet"]))?;
    let mut install = command("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", name]);
    shell.run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_there(program: &str, oldest: Option<(u32, u32)>) -> bool {
    let Some(oldest) = oldest else {
        return env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(program).exists());
    };
    let output = Command::new(program).arg("--version").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.split_whitespace().filter_map(|word| numbers(word.trim_start_matches('v'))).any(|version| version >= oldest)
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}
