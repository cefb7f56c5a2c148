//! The list of codes: what its page says of it is what the core says, and the vectors cover it. And what every package
//! carries.

use std::collections::BTreeSet;

use twenty_webhook::{Code, host::codes_of};

#[test]
fn every_code_has_a_vector() {
    let vectors = [
        include_str!("../vectors/verify.json"),
        include_str!("../vectors/sign.json"),
        include_str!("../vectors/config.json"),
        include_str!("../vectors/receiver.json"),
    ];
    for code in Code::ALL {
        let wanted = format!("\"code\": \"{code}\"");
        assert!(vectors.iter().any(|file| file.contains(&wanted)), "{code}");
    }
}

#[test]
fn the_page_lists_every_code_with_its_status() {
    let page = include_str!("../../docs/codes.md");
    let listed: Vec<(&str, Option<u16>)> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .filter_map(|(code, rest)| Some((code, rest.split_once('|')?.0.trim())))
        .filter(|(code, _)| code.contains('_') || *code == "internal")
        .map(|(code, status)| (code, status.parse().ok()))
        .collect();
    let expected: Vec<(&str, Option<u16>)> = Code::ALL.iter().map(|code| (code.as_str(), code.status())).collect();
    assert_eq!(listed, expected);
}

#[test]
fn the_types_of_codes_are_those_of_the_core() {
    let typescript = include_str!("../../bindings-js/src/errors.ts");
    let python = include_str!("../../bindings-python/python/twenty_webhook/codes.py");
    for (kind, name) in [("verification", "Verification"), ("configuration", "Configuration"), ("receiver", "Receiver")]
    {
        let codes: Vec<_> = codes_of(kind).map(Code::as_str).collect();
        let shared = format!("(typeof {kind})[number] | \"internal\";");
        assert!(typescript.contains(&format!("export type {name}Code = {shared}")));
        assert_eq!([words(typescript, &format!("const {kind} = [")), vec!["internal"]].concat(), codes, "{kind}");
        let alias = between(python, &format!("{name}Code: TypeAlias = "), "\n\"\"\"");
        assert_eq!(alias.split('"').skip(1).step_by(2).collect::<Vec<_>>(), codes, "{kind}");
    }
    let statuses: Vec<_> =
        Code::ALL.iter().filter_map(|code| code.status()).collect::<BTreeSet<_>>().into_iter().collect();
    assert_eq!(numbers(typescript, "export type Status = ", ";"), statuses);
    assert_eq!(numbers(python, "Status: TypeAlias = ", "\n"), statuses);
}

/// The texts of a list that begins so.
fn words<'t>(source: &'t str, begin: &str) -> Vec<&'t str> {
    between(source, begin, "]").split('"').skip(1).step_by(2).collect()
}

fn numbers(source: &str, begin: &str, end: &str) -> Vec<u16> {
    between(source, begin, end)
        .split(|other: char| !other.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

fn between<'t>(source: &'t str, begin: &str, end: &str) -> &'t str {
    source.split_once(begin).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(between, _)| between)
}

#[test]
fn every_package_carries_the_licences() {
    let copies = [
        [include_str!("../../cli/LICENSE-APACHE"), include_str!("../../cli/LICENSE-MIT")],
        [include_str!("../../schema/LICENSE-APACHE"), include_str!("../../schema/LICENSE-MIT")],
        [include_str!("../../core/LICENSE-APACHE"), include_str!("../../core/LICENSE-MIT")],
        [include_str!("../../axum/LICENSE-APACHE"), include_str!("../../axum/LICENSE-MIT")],
        [include_str!("../../bindings-python/LICENSE-APACHE"), include_str!("../../bindings-python/LICENSE-MIT")],
    ];
    for copy in copies {
        assert_eq!(copy, [include_str!("../../LICENSE-APACHE"), include_str!("../../LICENSE-MIT")]);
    }
}
