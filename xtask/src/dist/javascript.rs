//! The npm package, and the package of this platform's native module.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};

use super::{bill, linked::Linked, notices, only_file, platform::Platform, wasm};
use crate::{
    provision::{NPM, npm, npm_program},
    shell::{Shell, command},
    workspace::{fresh_directory, path},
};

pub(crate) struct JavaScript {
    pub(crate) package: PathBuf,
    pub(crate) native: PathBuf,
}

impl JavaScript {
    pub(super) fn build(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
        npm(shell, "bindings-js")?;
        generate(shell)?;
        Self::build_native(shell, &Platform::host()?, directory)?;
        let linked = Linked::to(shell, "twenty-webhook-wasm", wasm::TARGET, "diagnose")?;
        pack(
            shell,
            &stage(shell, &notices::write(shell, &linked, &fresh_directory("npm/notices/package")?)?)?,
            directory,
            &linked,
        )
    }

    pub(super) fn build_native(shell: &Shell, platform: &Platform, directory: &Path) -> anyhow::Result<()> {
        shell.run(&mut platform.library(shell, "twenty-webhook-node")?)?;
        let library = ["libtwenty_webhook_node.so", "libtwenty_webhook_node.dylib", "twenty_webhook_node.dll"]
            .map(|name| platform.libraries().join(name))
            .into_iter()
            .find(|library| library.exists())
            .context("cargo built no native module")?;
        let linked = Linked::to(shell, "twenty-webhook-node", &platform.target, "")?;
        pack_for(shell, "--native", platform, &library, directory, &linked)
    }

    pub(super) fn find(directory: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            package: only_file(directory, &format!("twenty-webhook-{VERSION}"), ".tgz")?,
            native: only_file(directory, &format!("twenty-webhook-{}-", Platform::host()?.name), ".tgz")?,
        })
    }

    /// Installs both in an empty folder. npm looks for the packages of other platforms in vain, which are optional.
    pub(crate) fn install(&self, shell: &Shell, folder: &Path) -> anyhow::Result<()> {
        fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
        let mut install = command(NPM, ["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error"]);
        shell.run(install.args([&self.package, &self.native]).current_dir(folder))
    }
}

/// What the TypeScript takes from Rust: the modules, the same bytes as text, and the version.
fn generate(shell: &Shell) -> anyhow::Result<()> {
    let generated = path("bindings-js/src/generated");
    if generated.exists() {
        fs::remove_dir_all(&generated)?;
    }
    fs::create_dir(&generated)?;
    for module in &wasm::MODULES {
        let name = module.name;
        wasm::build(shell, module, &generated)?;
        shorten(&generated.join(format!("{name}.js")))?;
        let mut base64 = command("node", ["-e", "process.stdout.write(fs.readFileSync(process.argv[1], 'base64'))"]);
        let base64 = shell.read(base64.arg(generated.join(format!("{name}.wasm"))))?;
        let text = format!("export const base64: string = \"{base64}\";\n");
        fs::write(generated.join(format!("{name}.base64.ts")), text)?;
    }
    Ok(fs::write(generated.join("version.ts"), format!("export const version = \"{VERSION}\";\n"))?)
}

/// What wasm-bindgen writes makes a `TextEncoder` and a `TextDecoder` when it is loaded, and jsdom has none. Its comments on
/// parameters are a sixth of it, and say what the declarations say.
fn shorten(module: &Path) -> anyhow::Result<()> {
    let mut text = without_comments(&fs::read_to_string(module)?);
    for (made, late) in [
        ("new TextDecoder('utf-8', { ignoreBOM: true })", "new LateDecoder()"),
        ("new TextEncoder()", "new LateEncoder()"),
    ] {
        ensure!(text.contains(made), "wasm-bindgen writes no {made}");
        text = text.replace(made, late);
    }
    Ok(fs::write(module, format!("import {{ LateDecoder, LateEncoder }} from \"../coders.js\";\n{text}"))?)
}

/// Those that begin with two asterisks on a line of their own.
fn without_comments(script: &str) -> String {
    let mut is_comment = false;
    let mut kept = String::new();
    for line in script.lines() {
        is_comment |= line.trim_start().starts_with("/**");
        if !is_comment {
            kept += line;
            kept.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    kept
}

fn stage(shell: &Shell, notices: &Path) -> anyhow::Result<PathBuf> {
    let (compiled, stage) = (fresh_directory("npm/compiled")?, fresh_directory("npm/twenty-webhook")?);
    shell.run(npm_program("bindings-js", "tsc").args(["--project", "bindings-js", "--outDir"]).arg(&compiled))?;
    let mut bundle = npm_program("bindings-js", "rollup");
    bundle.args(["--silent", "--failAfterWarnings", "--config", "bindings-js/rollup.config.mjs"]);
    shell.run(bundle.arg("--configFrom").arg(&compiled).arg("--configTo").arg(stage.join("dist")))?;
    shell.run(command("node", ["bindings-js/pack.mjs", VERSION, REPOSITORY]).args([notices, &compiled, &stage]))?;
    Ok(stage)
}

/// Packs what was built for a platform: the native module, or the command line.
pub(super) fn pack_for(
    shell: &Shell,
    kind: &str,
    platform: &Platform,
    built: &Path,
    directory: &Path,
    linked: &Linked,
) -> anyhow::Result<()> {
    // What is built at the same time has folders of its own.
    let stage = fresh_directory(&format!("npm/platform{kind}"))?;
    let notices = notices::write(shell, linked, &fresh_directory(&format!("npm/notices/platform{kind}"))?)?;
    let mut stages = command("node", ["bindings-js/pack.mjs", VERSION, REPOSITORY, kind, &platform.name]);
    shell.run(stages.args([&notices, built, &stage]))?;
    pack(shell, &stage, directory, linked)
}

pub(super) fn pack(shell: &Shell, stage: &Path, directory: &Path, linked: &Linked) -> anyhow::Result<()> {
    let mut pack = command(NPM, ["pack", "--silent", "--pack-destination"]);
    let printed = shell.read(pack.arg(directory).current_dir(stage))?;
    let tarball = directory.join(printed.trim());
    ensure!(tarball.is_file(), "npm pack made no {}", tarball.display());
    bill::write(linked, &tarball)
}

pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Empty while the workspace's manifest names none.
pub(super) const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
