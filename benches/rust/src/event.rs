//! Reading an event and printing it normalised, against only parsing the body into a tree; the id, against nothing but the
//! hash.

use std::hint::black_box;

use bench_inputs as inputs;
use serde_json::Value;
use twenty_webhook::{DeliveryId, Event};

use crate::report::Report;

pub fn run(report: &mut Report) {
    for bytes in [1_400, 20_000] {
        let body = inputs::person_event(bytes);
        check(body.as_bytes());
        let case = format!("event {} kB", inputs::kilobytes(bytes));
        let ours = || drop(black_box(Event::read(black_box(body.as_bytes())).to_json()));
        let peer = || drop(black_box(tree(black_box(body.as_bytes()))));
        report.compare(&case, body.len(), "serde_json Value, parsing alone", ours, peer);

        let case = format!("id {} kB", inputs::kilobytes(bytes));
        let ours = || drop(black_box(DeliveryId::of(black_box(body.as_bytes()))));
        let peer = || {
            black_box(ring::digest::digest(&ring::digest::SHA256, black_box(body.as_bytes())));
        };
        report.compare(&case, body.len(), "ring, SHA-256 alone", ours, peer);
    }
}

fn check(body: &[u8]) {
    let sent = tree(body);
    let read = tree(Event::read(body).to_json().as_bytes());
    assert_eq!(read["kind"], "record");
    assert_eq!(read["name"], sent["eventName"]);
    assert_eq!(read["record"], sent["record"]);
    assert_eq!(read["updatedFields"], sent["updatedFields"]);
    assert_eq!(read["workspaceMemberId"], sent["workspaceMemberId"]);
}

fn tree(text: &[u8]) -> Value {
    serde_json::from_slice(text).expect("JSON")
}
