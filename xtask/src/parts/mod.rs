//! The parts of the tests: one table. A new binding adds its lines here.

pub(crate) mod bundlers;
mod dependencies;
mod docs;
pub(crate) mod js;
mod lints;
mod python;
pub(crate) mod receivers;
mod suites;
mod tree;

use clap::builder::PossibleValue;

use crate::{bench, demo, fuzz, miri, provision::Need, shell::Shell, vectors};

pub(crate) struct Part {
    pub(crate) name: &'static str,
    about: &'static str,
    /// Whether it serves everyday work.
    quick: bool,
    /// What has to be on the machine; installed if it is not.
    pub(crate) needs: &'static [Need],
    pub(crate) run: fn(&Shell) -> anyhow::Result<()>,
    /// Whether nothing may run beside it: it judges how long something takes.
    pub(crate) alone: bool,
}

/// In an order in which what waits, or uses one processor, meets what builds.
const PARTS: &[Part] = &[
    part("fmt", "every Rust file is formatted", true, &[], lints::format),
    part("lints", "clippy finds nothing, and every member inherits the lint table", true, &[], lints::run),
    part("miri", "the core's unit tests in Miri", false, miri::NEEDS, |shell| miri::run(shell, false)),
    part("tree", "no file is too long; the core builds bare, with alloc and for wasm", true, tree::NEEDS, tree::run),
    part("fuzz", "every fuzz target runs for some seconds", false, fuzz::NEEDS, fuzz::briefly),
    part("xtask", "this program's own tests", true, &[], |shell| suites::test(shell, "-p xtask")),
    part("core", "the core's tests under every set of features", true, &[], suites::core),
    part("cli", "the command line's tests", true, &[], |shell| suites::test(shell, "-p twenty-webhook-cli")),
    part("demo", "the demo's verdicts are the expected ones", true, demo::NEEDS, demo::run),
    part("axum", "the Rust receiver's tests under every set of features", true, &[], suites::axum),
    part("js", "the npm package in every runtime, installed from the tarballs", false, js::NEEDS, js::run),
    part("vectors", "the vectors regenerate identically", true, vectors::NEEDS, vectors::check),
    part(
        "conformance",
        "vectors, properties, and differential runs against Node",
        true,
        suites::NEEDS,
        suites::conformance,
    ),
    part("unified", "the same with serde_json's features forced on", false, suites::NEEDS, suites::unified),
    part(
        "bundlers",
        "the npm package under bundlers and type checkers, installed from the tarballs",
        false,
        bundlers::NEEDS,
        bundlers::run,
    ),
    part("docs", "the documentation builds and the README's commands run", false, docs::NEEDS, docs::run),
    part("python", "the Python package, installed from the wheel and the sdist", false, python::NEEDS, python::run),
    part("deps", "the dependencies are what deny.toml allows", true, &[], dependencies::check),
    part("msrv", "the crates compile with the oldest Rust they name", false, &[], dependencies::oldest_rust),
    part("bench", "the benchmarks run once, and their results are right", false, bench::NEEDS, bench::smoke),
    Part {
        alone: true,
        ..part(
            "receivers",
            "every example of a receiver in every language, end to end, and the stores",
            false,
            receivers::NEEDS,
            receivers::run,
        )
    },
];

const QUICK: &str = "quick";

/// The parts that were named; all if none was.
pub(crate) fn selected(names: &[String]) -> Vec<&'static Part> {
    let is_named = |part: &Part| names.iter().any(|name| name == part.name || (name == QUICK && part.quick));
    PARTS.iter().filter(|part| names.is_empty() || is_named(part)).collect()
}

pub(crate) fn possible_values() -> Vec<PossibleValue> {
    let quick = PossibleValue::new(QUICK).help("the parts for everyday work, marked with a star");
    let parts = PARTS.iter().map(|part| {
        let star = if part.quick { "* " } else { "" };
        PossibleValue::new(part.name).help(format!("{star}{}", part.about))
    });
    std::iter::once(quick).chain(parts).collect()
}

const fn part(
    name: &'static str,
    about: &'static str,
    quick: bool,
    needs: &'static [Need],
    run: fn(&Shell) -> anyhow::Result<()>,
) -> Part {
    Part { name, about, quick, needs, run, alone: false }
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
        let quick = names(&["quick", "miri"]);
        assert!(quick.contains(&"fmt") && quick.contains(&"miri") && !quick.contains(&"fuzz"));
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PARTS.len());
    }
}
