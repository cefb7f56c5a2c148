//! Prints the inputs that the other languages' benches measure as one JSON object: events by their size, and the texts
//! whose canonical form is measured.

use bench_inputs::{EVENT_BYTES, canonical_texts, person_event};
use serde_json::{Map, Value};

fn main() {
    let events = EVENT_BYTES.map(|bytes| (bytes.to_string(), Value::from(person_event(bytes))));
    let canonical: Map<_, _> =
        canonical_texts().into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect();
    let all: Map<_, _> = events.into_iter().chain([("canonical".to_owned(), canonical.into())]).collect();
    println!("{}", Value::from(all));
}
