//! The recipe of `docs/observation/rust.md`.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::program::Program;

fn body(record: &str) -> String {
    format!(r#"{{"eventName":"person.created","record":{{"id":"{record}"}}}}"#)
}

/// The next line, less what differs from run to run.
fn line(program: &Program) -> Value {
    let mut line: Value = serde_json::from_str(&program.logged()).expect("a line of JSON");
    let fields = line.as_object_mut().expect("an object");
    assert!(fields.remove("timestamp").is_some());
    if let Some(duration) = fields.remove("duration_ms") {
        assert!(duration.as_f64().is_some_and(|duration| duration > 0.0), "{duration}");
    }
    if let Some(id) = fields.get_mut("delivery_id") {
        assert_eq!(id.as_str().map(str::len), Some(64));
        *id = json!("its id");
    }
    line
}

#[test]
fn every_request_is_a_line_of_json_with_what_became_of_it() {
    let settings = [("TWENTY_WEBHOOK_SECRET", "the new secret"), ("TWENTY_WEBHOOK_OLD_SECRET", "the old secret")];
    let program = Program::begin(env!("CARGO_BIN_EXE_observed"), &settings);
    let deliver = |record, secret| program.deliver("/webhooks/twenty", &body(record), secret);
    let request = |outcome: &str, status: u16, record: &str, secret_index: usize| {
        json!({
            "level": "INFO", "target": "observed", "message": "request", "outcome": outcome, "status": status,
            "delivery_id": "its id", "secret_index": secret_index, "event_name": "person.created", "record_id": record,
        })
    };

    for (secret, index) in [("the new secret", 0), ("the old secret", 1)] {
        assert_eq!(deliver(secret, secret), "200 handled");
        let work = line(&program);
        assert_eq!((&work["message"], &work["span"]["name"]), (&json!("the work begins"), &json!("delivery")));
        assert_eq!(work["span"]["id"].as_str().map(str::len), Some(64));
        assert_eq!(line(&program), request("handled", 200, secret, index));
    }

    assert_eq!(deliver("8", "a secret of nobody's"), "401 signature_mismatch");
    let refusal = line(&program);
    assert_eq!((&refusal["level"], &refusal["target"]), (&json!("WARN"), &json!("twenty_webhook")));
    let refused = json!({
        "level": "INFO", "target": "observed", "message": "request",
        "outcome": "refused", "code": "signature_mismatch", "status": 401,
    });
    assert_eq!(line(&program), refused);

    assert_eq!(deliver("broken", "the new secret"), "500 handler_failed");
    assert_eq!(line(&program)["message"], "the work begins");
    let failure = line(&program);
    assert_eq!((&failure["level"], &failure["record_id"]), (&json!("ERROR"), &json!("broken")));
    assert_eq!(failure["message"], "handler_failed: The handler failed. (the database is away)");
    let mut failed = request("failed", 500, "broken", 0);
    failed["code"] = json!("handler_failed");
    assert_eq!(line(&program), failed);
}

#[test]
fn what_the_page_shows_is_the_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(folder.join("../../../docs/observation/rust.md")).unwrap();
    let example = fs::read_to_string(folder.join("src/bin/observed.rs")).unwrap();
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let blocks: Vec<_> = page.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 3);
    for block in blocks {
        assert!(squeezed(&example).contains(&squeezed(block)), "{block}");
    }
}
