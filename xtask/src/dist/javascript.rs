//! The npm package, and the package of this platform's native module.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::{only_file, wasm, without_paths_of_this_machine};
use crate::{
    provision::{NPM, npm, npm_program},
    shell::{Shell, cargo, command},
    workspace::{fresh_directory, path, written_files},
};

pub(crate) struct JavaScript {
    pub(crate) package: PathBuf,
    pub(crate) native: PathBuf,
}

impl JavaScript {
    pub(super) fn build(shell: &Shell, directory: &Path) -> anyhow::Result<()> {
        npm(shell, "bindings-js")?;
        generate(shell)?;
        pack(shell, &stage_native(shell)?, directory)?;
        pack(shell, &stage(shell)?, directory)
    }

    pub(super) fn find(directory: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            package: only_file(directory, &format!("twenty-webhook-{VERSION}"), ".tgz")?,
            native: only_file(directory, &full_name(this_platform()), ".tgz")?,
        })
    }

    /// Installs both in an empty folder. npm looks for the packages of other platforms in vain, which are optional.
    pub(crate) fn install(&self, shell: &Shell, folder: &Path) -> anyhow::Result<()> {
        fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
        let mut install = command(NPM, ["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error"]);
        shell.run(install.args([&self.package, &self.native]).current_dir(folder))
    }
}

/// What the TypeScript takes from Rust: the module, the same bytes as text, and the version.
fn generate(shell: &Shell) -> anyhow::Result<()> {
    let generated = path("bindings-js/src/generated");
    if generated.exists() {
        fs::remove_dir_all(&generated)?;
    }
    fs::create_dir(&generated)?;
    wasm::build(shell, &generated)?;
    let mut base64 = command("node", ["-e", "process.stdout.write(fs.readFileSync(process.argv[1], 'base64'))"]);
    let base64 = shell.read(base64.arg(generated.join("module.wasm")))?;
    fs::write(generated.join("base64.ts"), format!("export const base64: string = \"{base64}\";\n"))?;
    fs::write(generated.join("version.ts"), format!("export const version = \"{VERSION}\";\n"))?;
    Ok(())
}

fn stage(shell: &Shell) -> anyhow::Result<PathBuf> {
    let (compiled, stage) = (fresh_directory("npm/compiled")?, fresh_directory("npm/twenty-webhook")?);
    let (sources, dist) = (path("bindings-js"), stage.join("dist"));
    shell.run(npm_program("bindings-js", "tsc").arg("--project").arg(&sources).arg("--outDir").arg(&compiled))?;
    let mut bundle = npm_program("bindings-js", "rollup");
    bundle.args(["--silent", "--failAfterWarnings", "--config"]).arg(sources.join("rollup.config.mjs"));
    shell.run(bundle.arg("--configFrom").arg(&compiled).arg("--configTo").arg(&dist))?;
    for (format, module_type, node) in [("esm", "module", "node.d.mts"), ("cjs", "commonjs", "node.d.cts")] {
        let out = dist.join(format);
        copy_declarations(&compiled, &out)?;
        fs::copy(compiled.join("node.d.mts"), out.join(node))?;
        fs::write(out.join("package.json"), format!("{{ \"type\": \"{module_type}\" }}\n"))?;
    }
    fs::copy(sources.join("src/generated/module.wasm"), dist.join("esm/module.wasm"))?;

    // As text: the order of the export conditions decides, and a JSON object has none here.
    let manifest = fs::read_to_string(path("bindings-js/npm/package.json"))?;
    finish(&stage, &manifest.replace("0.0.0", VERSION))?;
    write_stubs(&stage, &serde_json::from_str(&manifest)?)?;
    Ok(stage)
}

/// They stay as many files as they are written in, for compilers to look each thing up. What speaks to the modules is in none
/// of the public ones.
fn copy_declarations(compiled: &Path, out: &Path) -> anyhow::Result<()> {
    for file in written_files(compiled)? {
        let relative = file.strip_prefix(compiled)?;
        let is_inner =
            ["generated", "wasm", "native.d.ts", "node-commonjs.d.ts"].iter().any(|inner| relative.starts_with(inner));
        if !is_inner && relative.to_string_lossy().ends_with(".d.ts") {
            let target = out.join(relative);
            fs::create_dir_all(target.parent().unwrap_or(out))?;
            fs::copy(&file, target)?;
        }
    }
    Ok(())
}

/// For resolvers older than export conditions: a folder for each subpath, which says where the `CommonJS` is.
fn write_stubs(stage: &Path, manifest: &Value) -> anyhow::Result<()> {
    let exports = manifest["exports"].as_object().context("the manifest exports nothing")?;
    for (subpath, conditions) in exports {
        let conditions = conditions.get("default").unwrap_or(conditions);
        let (Some(name), Some(entry)) = (subpath.strip_prefix("./"), conditions.get("require")) else { continue };
        let relative = |key: &str| entry[key].as_str().map(|file| file.replacen("./", "../", 1));
        let stub = json!({ "main": relative("default"), "types": relative("types") });
        fs::create_dir(stage.join(name))?;
        fs::write(stage.join(name).join("package.json"), format!("{stub:#}\n"))?;
    }
    Ok(())
}

fn stage_native(shell: &Shell) -> anyhow::Result<PathBuf> {
    let mut build = cargo("build --release -p twenty-webhook-node");
    build.env("CARGO_ENCODED_RUSTFLAGS", without_paths_of_this_machine(shell)?);
    shell.run(build.env("CARGO_TARGET_DIR", path("target")))?;
    let stage = fresh_directory("npm/native")?;
    let library = ["libtwenty_webhook_node.so", "libtwenty_webhook_node.dylib", "twenty_webhook_node.dll"]
        .map(|name| path("target/release").join(name))
        .into_iter()
        .find(|library| library.exists())
        .context("cargo built no native module")?;
    fs::copy(library, stage.join("twenty-webhook.node"))?;
    let name = this_platform();
    let mut manifest = platforms()?.remove(name).with_context(|| format!("{name} is not listed"))?;
    for (key, value) in [
        ("name", json!(full_name(name))),
        ("version", json!(VERSION)),
        ("description", json!(format!("The native module of twenty-webhook for {name}."))),
        ("license", json!(env!("CARGO_PKG_LICENSE"))),
        ("main", json!("twenty-webhook.node")),
        ("files", json!(["LICENSE-*", "twenty-webhook.node"])),
        ("engines", json!({ "node": ">=20" })),
    ] {
        manifest[key] = value;
    }
    finish(&stage, &format!("{manifest:#}\n"))?;
    Ok(stage)
}

/// The platforms a native module is published for, with what npm needs to know to install the right one.
fn platforms() -> anyhow::Result<serde_json::Map<String, Value>> {
    match read_json("bindings-node/platforms.json")? {
        Value::Object(platforms) => Ok(platforms),
        _ => anyhow::bail!("bindings-node/platforms.json holds no object"),
    }
}

fn full_name(platform: &str) -> String {
    format!("twenty-webhook-{platform}")
}

const fn this_platform() -> &'static str {
    match (
        cfg!(target_os = "linux"),
        cfg!(target_os = "macos"),
        cfg!(target_arch = "aarch64"),
        cfg!(target_env = "musl"),
    ) {
        (true, _, false, false) => "linux-x64-gnu",
        (true, _, false, true) => "linux-x64-musl",
        (true, _, true, false) => "linux-arm64-gnu",
        (true, _, true, true) => "linux-arm64-musl",
        (_, true, false, _) => "darwin-x64",
        (_, true, true, _) => "darwin-arm64",
        (_, _, false, _) => "win32-x64-msvc",
        (_, _, true, _) => "win32-arm64-msvc",
    }
}

fn finish(stage: &Path, manifest: &str) -> anyhow::Result<()> {
    fs::write(stage.join("package.json"), manifest)?;
    for file in ["README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(path(file), stage.join(file))?;
    }
    Ok(())
}

fn pack(shell: &Shell, stage: &Path, directory: &Path) -> anyhow::Result<()> {
    let mut pack = command(NPM, ["pack", "--silent", "--pack-destination"]);
    let printed = shell.read(pack.arg(directory).current_dir(stage))?;
    let tarball = directory.join(printed.trim());
    ensure!(tarball.is_file(), "npm pack made no {}", tarball.display());
    Ok(())
}

fn read_json(file: &str) -> anyhow::Result<Value> {
    serde_json::from_str(&fs::read_to_string(path(file))?).with_context(|| file.to_owned())
}

const VERSION: &str = env!("CARGO_PKG_VERSION");
