//! Names of users that a generated module has for something of its own.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use twenty_webhook_schema::{Wanted, Workspace, metadata, pydantic, python, rust, typescript};

type Emitter = fn(&Workspace) -> String;

/// What each is called, what writes it, and how the definition of a type begins.
const MODULES: [(&str, Emitter, &str); 4] = [
    ("records.py", python::of_workspace, "class "),
    ("models.py", pydantic::of_workspace, "class "),
    ("records.rs", rust::of_workspace, "pub struct "),
    ("records.ts", typescript::of_workspace, "export interface "),
];

/// Everything a module has: each type of field, and one whose name no language takes, which needs an alias.
const KINDS: [&str; 8] = ["TEXT", "BOOLEAN", "NUMERIC", "ARRAY", "RAW_JSON", "ADDRESS", "FILES", "CURRENCY"];

fn workspace(objects: &BTreeSet<String>, fields: &BTreeSet<String>) -> Workspace {
    let kinds = KINDS.map(|kind| json!({ "name": format!("of{kind}"), "type": kind }));
    let own = fields.iter().map(|name| json!({ "name": name, "type": "TEXT" }));
    let fields: Vec<Value> = kinds.into_iter().chain([json!({ "name": "class", "type": "TEXT" })]).chain(own).collect();
    let names = objects.iter().map(String::as_str).chain(["rocket"]);
    let objects: Vec<_> = names.map(|name| json!({ "nameSingular": name, "fields": fields })).collect();
    metadata::read(json!(objects).to_string().as_bytes(), Wanted::default()).unwrap().workspace
}

/// The names that a module imports and defines, and those in its annotations and calls. Those of arguments are not its own.
fn names(module: &str) -> BTreeSet<String> {
    // Python's own begins with a text of many lines.
    let (_, module) = module.split_once("from __future__ import annotations").unwrap_or(("", module));
    let code = module.lines().map(str::trim_start).filter(|line| !line.starts_with(['#', '/', '*', '"']));
    let mut names = BTreeSet::new();
    for line in code {
        let line = line.split_once(" import ").map_or(line, |(_, imported)| imported);
        // A name behind a path is no name of the module.
        for piece in line.replace("fmt::Formatter", "").split('"').step_by(2) {
            let mut words = piece.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let used = words.by_ref().filter(|word| !word.ends_with('='));
            names.extend(used.map(|word| word.trim_end_matches(|end: char| !end.is_ascii_alphanumeric()).to_owned()));
        }
    }
    names.into_iter().filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic())).collect()
}

/// What stands at the beginning of a line between these two.
fn between(module: &str, start: &str, end: &[char]) -> BTreeSet<String> {
    let lines = module.lines().filter_map(|line| line.strip_prefix(start)?.split_once(end));
    let names = lines.map(|(name, _)| name.to_owned());
    names.filter(|name| name.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')).collect()
}

/// A field called `Field` was `None` where the class called it for the alias of the next field.
#[test]
fn a_field_hides_nothing_that_its_class_uses() {
    let none = BTreeSet::new();
    for (file, emit, _) in &MODULES[..2] {
        let without = emit(&workspace(&none, &none));
        let used: BTreeSet<_> = names(&without).difference(&between(&without, "    ", &[':'])).cloned().collect();
        for name in ["Any", "str", "list", "Address", "Rocket"] {
            assert!(used.contains(name), "{file}: {name} is not among {used:?}");
        }
        let attributes = between(&emit(&workspace(&none, &used)), "    ", &[':']);
        let hidden: Vec<_> = attributes.intersection(&used).collect();
        assert!(hidden.is_empty(), "{file}: {hidden:?}");
    }
}

/// An object called `required` took the place of `typing.Required`.
#[test]
fn a_type_replaces_nothing_that_its_module_uses() {
    let none = BTreeSet::new();
    for (file, emit, start) in MODULES {
        let without = emit(&workspace(&none, &none));
        let ends = ['(', ' ', ';'];
        let used: BTreeSet<_> = names(&without).difference(&between(&without, start, &ends)).cloned().collect();
        assert!(used.len() > 5, "{file}: {used:?}");
        let defined = between(&emit(&workspace(&used, &none)), start, &ends);
        let replaced: Vec<_> = defined.intersection(&used).collect();
        assert!(defined.len() >= used.len() && replaced.is_empty(), "{file}: {replaced:?}");
    }
}
