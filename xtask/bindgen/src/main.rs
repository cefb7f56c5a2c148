//! Runs wasm-bindgen's library, of the version that the module is compiled with: `xtask-bindgen MODULE FOLDER NAME`. A crate of its
//! own, because it takes longer to compile than all the rest of xtask.
#![forbid(unsafe_code)]

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let module = arguments.next().context("no module is named")?;
    let folder = arguments.next().context("no folder is named")?;
    let name = arguments.next().context("no name is given")?;
    generate(&module, &folder, &name.to_string_lossy()).map_err(|error| anyhow!("{error:#}"))
}

fn generate(module: &Path, folder: &Path, name: &str) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)?
        .omit_default_module_path(true) // else it asks for import.meta, which CommonJS does not have
        .typescript(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
}
