//! The parts of the tests: one table. A new binding adds its lines here.

pub(crate) mod artefacts;
pub(crate) mod bundlers;
pub(crate) mod command_line;
mod docs;
pub(crate) mod js;
mod lints;
pub(crate) mod playground;
mod policy;
pub(crate) mod python;
mod python_types;
pub(crate) mod receivers;
mod suites;
mod tree;

use clap::builder::PossibleValue;

use crate::{bench, demo, dist, fuzz, generate, provision::Need, shell::Shell, side_channels, vectors};

pub(crate) struct Part {
    pub(crate) name: &'static str,
    about: &'static str,
    /// Whether it serves everyday work.
    is_quick: bool,
    /// What has to be on the machine; installed if it is not.
    pub(crate) needs: &'static [Need],
    pub(crate) run: fn(&Shell) -> anyhow::Result<()>,
}

/// In an order in which what waits, or uses one processor, meets what builds.
const PARTS: &[Part] = &[
    quick("fmt", "every Rust file is formatted", &[], lints::format),
    quick("lints", "clippy finds nothing, and every member inherits the lint table", &[], lints::run),
    quick("tree", "no file is too long; the core builds bare, with alloc and for wasm", tree::NEEDS, tree::run),
    part("fuzz", "every fuzz target runs its seeds and some inputs more", fuzz::NEEDS, fuzz::briefly),
    quick("xtask", "this program's own tests", &[], |shell| suites::test(shell, "-p xtask")),
    quick("core", "the core's tests under every set of features", &[], suites::core),
    quick("cli", "the command line's tests", &[], |shell| suites::test(shell, "-p twenty-webhook-cli")),
    part(
        "cli-packages",
        "the command line, installed from the wheel and the tarballs",
        command_line::NEEDS,
        command_line::run,
    ),
    quick("axum", "the Rust receiver's tests under every set of features", &[], suites::axum),
    part("demo", "the demo's verdicts are the expected ones", demo::NEEDS, demo::run),
    part("js", "the npm package in every runtime, installed from the tarballs", js::NEEDS, js::run),
    part("playground", "the page for browsers, in Chromium", playground::NEEDS, playground::run),
    quick("generate", "what is generated is as it would be written", &[], generate::check),
    quick("vectors", "the vectors regenerate identically", vectors::NEEDS, vectors::check),
    quick("conformance", "vectors, properties, differential runs against Node", suites::NEEDS, suites::conformance),
    part("unified", "the same with serde_json's features forced on", suites::NEEDS, suites::unified),
    part("bundlers", "the npm package under bundlers and type checkers", bundlers::NEEDS, bundlers::run),
    part("artefacts", "what is published names all code in it and runs on an old glibc", dist::NEEDS, artefacts::run),
    part("docs", "the documentation builds and the README's commands run", docs::NEEDS, docs::run),
    part("python", "the Python package, installed from the wheel and the sdist", python::NEEDS, python::run),
    part(
        "side-channels",
        "nothing that is built depends on a secret but its verdict",
        side_channels::NEEDS,
        side_channels::check,
    ),
    quick("deps", "the dependencies are what deny.toml allows", &[], policy::dependencies),
    quick("ci", "actionlint and zizmor find nothing in the workflows", &[], policy::workflows),
    part("msrv", "the crates compile with the oldest Rust they name", &[], policy::oldest_rust),
    part("bench", "the benchmarks run once, and their results are right", bench::NEEDS, bench::smoke),
    part("receivers", "every receiver's example end to end, and the stores", receivers::NEEDS, receivers::run),
];

const QUICK: &str = "quick";

/// The parts that were named; all if none was.
pub(crate) fn selected(names: &[String]) -> Vec<&'static Part> {
    let is_named = |part: &Part| names.iter().any(|name| name == part.name || (name == QUICK && part.is_quick));
    PARTS.iter().filter(|part| names.is_empty() || is_named(part)).collect()
}

pub(crate) fn possible_values() -> Vec<PossibleValue> {
    let quick = PossibleValue::new(QUICK).help("the parts for everyday work, marked with a star");
    let parts = PARTS.iter().map(|part| {
        let star = if part.is_quick { "* " } else { "" };
        PossibleValue::new(part.name).help(format!("{star}{}", part.about))
    });
    std::iter::once(quick).chain(parts).collect()
}

type Run = fn(&Shell) -> anyhow::Result<()>;

const fn part(name: &'static str, about: &'static str, needs: &'static [Need], run: Run) -> Part {
    Part { name, about, is_quick: false, needs, run }
}

const fn quick(name: &'static str, about: &'static str, needs: &'static [Need], run: Run) -> Part {
    Part { is_quick: true, ..part(name, about, needs, run) }
}

#[cfg(test)]
mod tests {
    use super::{PARTS, selected};

    #[test]
    fn selects_all_the_quick_or_the_named() {
        let names = |names: &[&str]| -> Vec<_> {
            let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            selected(&names).iter().map(|part| part.name).collect()
        };
        assert_eq!(names(&[]).len(), PARTS.len());
        assert_eq!(names(&["demo", "core"]), ["core", "demo"]);
        let quick = names(&["quick", "demo"]);
        assert!(quick.contains(&"fmt") && quick.contains(&"demo") && !quick.contains(&"fuzz"));
    }
}
