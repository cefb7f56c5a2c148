//! The WebAssembly modules and what wasm-bindgen makes to call them.

use std::path::{Path, PathBuf};

use crate::{
    provision::npm_program,
    shell::{Shell, cargo},
    workspace::path,
};

/// A module, by the name of its files.
pub(super) struct Module {
    pub(super) name: &'static str,
    features: &'static str,
}

/// Who only verifies should not have to load what diagnosis takes, which is three times as much.
pub(super) const MODULES: [Module; 2] =
    [Module { name: "module", features: "" }, Module { name: "diagnose", features: "--features diagnose" }];

/// Builds it into `directory` as `NAME.js`, `NAME.d.ts` and `NAME.wasm`.
pub(super) fn build(shell: &Shell, module: &Module, directory: &Path) -> anyhow::Result<()> {
    let name = module.name;
    // Compiled here rather than with xtask, which nobody should wait for.
    shell.run(cargo("run --quiet -p xtask-bindgen --").arg(compile(shell, module)?).arg(directory).arg(name))?;
    let raw = directory.join(format!("{name}_bg.wasm"));
    let mut wasm_opt = npm_program("bindings-js", "wasm-opt");
    shell.run(wasm_opt.args(OPTIMISATIONS).arg(&raw).arg("-o").arg(directory.join(format!("{name}.wasm"))))?;
    std::fs::remove_file(raw)?;
    Ok(())
}

pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// The standard library is built along: without the texts of panics, which nobody could read, and without what it
/// does for speed, the module is three quarters of the size. Cargo takes these flags from a stable toolchain only if told
/// that it may, and the toolchain is pinned.
fn compile(shell: &Shell, module: &Module) -> anyhow::Result<PathBuf> {
    let mut build = cargo(
        "build --locked -p twenty-webhook-wasm --profile wasm --target wasm32-unknown-unknown \
         -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size -Zprofile-rustflags",
    );
    build.args(module.features.split_whitespace());
    build.args(FLAGS_OF_CRATES.iter().flat_map(|flags| ["--config", flags]));
    shell.run(
        build
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", RUST_FLAGS)
            .env("CARGO_TARGET_DIR", path("target/wasm"))
            .env_remove("CARGO_ENCODED_RUSTFLAGS"),
    )?;
    // The one that was asked for last: the other is linked anew, and all that is below them is kept.
    Ok(path("target/wasm/wasm32-unknown-unknown/wasm/twenty_webhook_wasm.wasm"))
}

/// sha2 has a backend for simd128 and takes it where the target says it has it. Where the target may have it, wasm-bindgen
/// makes functions of several results; of each kind V8 11 compiles an optimised wrapper before anything runs, which took
/// longer than all the rest of loading the module.
const RUST_FLAGS: &str = "-C target-feature=+simd128,-multivalue -Z unstable-options -C panic=immediate-abort -Z location-detail=none -Z fmt-debug=none";

/// LLVM leaves four rounds of the hash in a loop, which moves the state about: all 64 in a row take 0.86 of the time. And
/// for size it inlines next to nothing; what that gives the core is in benches/NOTES.md, as a table.
const FLAGS_OF_CRATES: [&str; 2] = [
    "profile.wasm.package.sha2.rustflags = ['-Cllvm-args=-unroll-threshold=10000']",
    "profile.wasm.package.twenty-webhook.rustflags = ['-Cllvm-args=-inline-threshold=100']",
];

/// The features Rust's target has by default, and simd128. At the lowest addresses is the end of the stack, so nothing is
/// addressed from below them.
const OPTIMISATIONS: [&str; 10] = [
    "-Oz",
    "--converge",
    "--low-memory-unused",
    "--strip-debug",
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
];
