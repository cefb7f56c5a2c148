//! The list of codes: what the README says of it is what the core says, and the vectors cover it. And what every package
//! carries.

use twenty_webhook::Code;

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
fn the_readme_lists_every_code_with_its_status() {
    let readme = include_str!("../../README.md");
    let listed: Vec<(&str, Option<u16>)> = readme
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
fn every_package_carries_the_licences() {
    let copies = [
        [include_str!("../../core/LICENSE-APACHE"), include_str!("../../core/LICENSE-MIT")],
        [include_str!("../../axum/LICENSE-APACHE"), include_str!("../../axum/LICENSE-MIT")],
        [include_str!("../../bindings-python/LICENSE-APACHE"), include_str!("../../bindings-python/LICENSE-MIT")],
    ];
    for copy in copies {
        assert_eq!(copy, [include_str!("../../LICENSE-APACHE"), include_str!("../../LICENSE-MIT")]);
    }
}
