//! Every option of each language is in the tables, as its source names it.

use std::collections::BTreeSet;

use super::{Language, receiver, webhook};

#[test]
fn every_option_of_each_language_is_described() {
    let settings = include_str!("../../../../bindings-js/src/receiver/settings.ts");
    let options = include_str!("../../../../bindings-js/src/options.ts");
    let python = include_str!("../../../../bindings-python/python/twenty_webhook/_options.py");
    let python_webhook = include_str!("../../../../bindings-python/python/twenty_webhook/_webhook.py");
    let builder = include_str!("../../../../axum/src/builder.rs");
    let configuration = include_str!("../../../../core/src/webhook/configuration.rs");
    for (language, rows, written) in [
        (Language::JavaScript, receiver(), names(settings, "export const RECEIVE", ": true,", "});")),
        (
            Language::JavaScript,
            webhook(),
            names(&options.replace(", ", ",\n").replace("({ ", "\n"), "export const WEBHOOK", ": true", "});"),
        ),
        (
            Language::Python,
            receiver(),
            names(python, "total=False):", ": ", "class Options")
                .into_iter()
                .chain(["replay_store".to_owned()])
                .collect(),
        ),
        (Language::Python, webhook(), names(python_webhook, "*,\n", ": ", ") -> Self")),
        (Language::Rust, receiver(), names(builder, "impl ReceiverBuilder", "(mut self", "\n}\n")),
        (Language::Rust, webhook(), names(configuration, "impl Webhook", "(mut self", "\n}\n")),
    ] {
        let described: BTreeSet<_> =
            rows.iter().map(|row| row.name(language)).filter(|name| !name.is_empty()).map(bare).collect();
        let written: BTreeSet<_> =
            written.iter().map(|name| bare(name)).filter(|name| !OTHERS.contains(&name.as_str())).collect();
        assert_eq!(described, written, "{language:?}");
    }
}

/// Methods of the builders that are described elsewhere.
const OTHERS: [&str; 3] = ["also_accept", "no_replay_store", "route"];

/// The word before each of these marks, in the part of a source that begins and ends so.
fn names(source: &str, begin: &str, mark: &str, end: &str) -> Vec<String> {
    let part = source.split_once(begin).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(part, _)| part);
    let named = part.lines().filter_map(|line| Some(line.split_once(mark)?.0.trim().to_owned()));
    named
        .map(|name| name.rsplit(' ').next().unwrap_or_default().split('<').next().unwrap_or_default().to_owned())
        .collect()
}

fn bare(name: &str) -> String {
    name.trim_start_matches('.').split('(').next().unwrap_or_default().to_owned()
}
