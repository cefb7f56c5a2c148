//! Tables of options, with the core's defaults.

mod value;

use twenty_webhook::{
    Options,
    receiver::{OnStoreFailure, Routes, Rules},
};

use self::value::{Value, in_words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    JavaScript,
    Python,
    Rust,
}

/// An option, as each language names it; without a name the language has none of the kind.
pub(crate) struct Row {
    names: [&'static str; 3],
    default: Value,
    about: &'static str,
}

/// The options of a webhook.
pub(crate) fn webhook() -> Vec<Row> {
    let core = Options::default();
    vec![
        Row {
            names: ["toleranceSeconds", "tolerance", ".tolerance(duration)"],
            default: Value::Time(core.tolerance(), "s"),
            about: "How far the timestamp may be from this machine's clock, on either side.",
        },
        Row {
            names: ["maxBodyBytes", "max_body_bytes", ".max_body_bytes(bytes)"],
            default: Value::Text(core.max_body_bytes().to_string()),
            about: "The largest body that is read.",
        },
        Row {
            names: ["headerPrefix", "header_prefix", ".header_prefix(prefix)"],
            default: Value::Text(core.header_prefix().to_owned()),
            about: "What the names of the three headers begin with. A server under another brand may have its own.",
        },
        Row {
            names: ["payloadForm", "payload_form", ".payload_form(form)"],
            default: Value::Choice(format!("{:?}", core.payload_form())),
            about: "What was signed. `raw`: the body as it arrived. `canonical`: the body as `JSON.stringify` prints it, for \
                    when something on the way prints JSON anew. `jsonString`: the body in quotes, as Twenty's old documentation has it.",
        },
        Row {
            names: ["name", "name", ".name(name)"],
            default: Value::Words(["none"; 3]),
            about: "What the webhook is called, in the log and in the key of every claim. Name each webhook if you have several.",
        },
    ]
}

/// The options of a receiver.
pub(crate) fn receiver() -> Vec<Row> {
    let rules = Rules::new(Routes::every());
    let ttl = rules.lifetimes(&Options::default()).map(|(ttl, _)| ttl).unwrap_or_default();
    vec![
        Row {
            names: ["replayStore", "replay_store", ".replay_store(store)"],
            default: Value::Words(["memory"; 3]),
            about: "What remembers the deliveries that were claimed. Without one, every copy of a delivery is handled.",
        },
        Row {
            names: ["onStoreFailure", "on_store_failure", ".on_store_failure(choice)"],
            default: Value::Choice(format!("{:?}", OnStoreFailure::default())),
            about: "What to do if the store fails or does not answer within a second. `refuse`: answer 503, and the event is \
                    lost. `handle`: handle the event, perhaps twice.",
        },
        Row {
            names: ["replayTtlSeconds", "replay_ttl", ".replay_ttl(duration)"],
            default: Value::Time(ttl, "s"),
            about: "How long a claim is kept. At least twice the tolerance and ten seconds.",
        },
        Row {
            names: ["namespace", "namespace", ".namespace(text)"],
            default: Value::Text(Rules::DEFAULT_NAMESPACE.to_owned()),
            about: "What the keys in the store begin with. Receivers that share a store and do different things with the same \
                    deliveries need one each.",
        },
        Row {
            names: ["background", "background", ".background()"],
            default: Value::Words(["`false`", "`False`", "off"]),
            about: "Whether to answer as soon as the delivery is claimed, and to call the handler afterwards.",
        },
        Row {
            names: ["bodyTimeoutMs", "body_timeout", ".body_timeout(duration)"],
            default: Value::Time(rules.limits().body_timeout, "ms"),
            about: "How long a body may take to arrive.",
        },
        Row {
            names: ["onError", "on_error", ".on_error(function)"],
            default: Value::Words(["none"; 3]),
            about: "Called for every refusal and failure, with the error and what it is about: the whole delivery, once it is verified.",
        },
        Row {
            names: ["onOutcome", "on_outcome", ".on_outcome(function)"],
            default: Value::Words(["none"; 3]),
            about: "Called for every request once its answer is decided, for counting. In the background it is called a second \
                    time, when the handler has ended.",
        },
        Row {
            names: ["logger", "logger", ""],
            default: Value::Words(["`console`", "the logger `twenty_webhook` of `logging`", ""]),
            about: "Gets one line for every refusal and failure.",
        },
        Row {
            names: ["clock", "clock", ".clock(function)"],
            default: Value::Words(["`Date.now`", "`time.time`", "`Timestamp::now`"]),
            about: "Gives the time by which deliveries are fresh.",
        },
        Row {
            names: ["diagnose", "diagnose", ".diagnose()"],
            default: Value::Words(["`false`", "`False`", "off"]),
            about: "Whether to find out why a signature does not match, and to add that to the line of the log: for bodies of up to 64 kB, \
                    once in five seconds.",
        },
    ]
}

/// For readers of one language.
pub(crate) fn of(language: Language, rows: &[Row]) -> String {
    let rows = rows.iter().filter(|row| !row.name(language).is_empty()).map(|row| {
        let (name, default) = (row.name(language), row.default.text(language));
        format!("| `{name}` | {default} | {} |\n", row.about(language))
    });
    ["| option | default | what it sets |\n|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

/// For readers of any.
pub(crate) fn of_every_language(rows: &[Row]) -> String {
    let rows = rows.iter().map(|row| {
        let [script, python, rust] =
            row.names.map(|name| if name.is_empty() { String::new() } else { format!("`{name}`") });
        let default = match &row.default {
            Value::Words(words) => {
                let mut words: Vec<_> = words.iter().copied().filter(|word| !word.is_empty()).collect();
                words.dedup();
                words.join(", ")
            }
            Value::Time(time, _) => in_words(*time),
            default => default.text(Language::Python),
        };
        format!(
            "| {script} | {python} | {rust} | {default} | {} |\n",
            row.about(Language::JavaScript).replace("`jsonString`", "`jsonString` (`json_string`)")
        )
    });
    ["| TypeScript | Python | Rust | default | what it sets |\n|---|---|---|---|---|\n".to_owned()]
        .into_iter()
        .chain(rows)
        .collect()
}

impl Row {
    fn name(&self, language: Language) -> &'static str {
        self.names[language as usize]
    }

    /// With the words of the language.
    fn about(&self, language: Language) -> String {
        match language {
            Language::JavaScript => self.about.to_owned(),
            Language::Python => self.about.replace("jsonString", "json_string"),
            Language::Rust => [
                ("raw", "Raw"),
                ("canonical", "Canonical"),
                ("jsonString", "JsonString"),
                ("refuse", "Refuse"),
                ("handle", "Handle"),
            ]
            .iter()
            .fold(self.about.to_owned(), |about, (from, to)| about.replace(&format!("`{from}`"), &format!("`{to}`"))),
        }
    }
}

#[cfg(test)]
mod tests;
