//! What the README says of codes is what the core says.

use twenty_webhook::Code;

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
