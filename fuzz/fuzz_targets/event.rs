//! Any payload, and generated envelopes: the event against a naive reading, and its JSON text is JSON.
#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use twenty_webhook::{Event, EventKind};
use twenty_webhook_fuzz::{document::Document, envelope::Envelope, event, reference};

#[derive(Debug)]
struct Input {
    payload: Vec<u8>,
    pattern: String,
}

impl<'a> Arbitrary<'a> for Input {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let pattern = u.choose(&["*.*", "person.*", "*.created", "metadata.*.*", "*", ""])?;
        let pattern = if u.ratio(1, 3)? { u.arbitrary()? } else { (*pattern).to_owned() };
        let payload = match u.int_in_range(0..=3)? {
            0 => u.bytes(u.len())?.to_vec(),
            1 => Document::arbitrary(u)?.0,
            _ => Envelope::arbitrary(u)?.0,
        };
        Ok(Self { payload, pattern })
    }
}

fuzz_target!(|input: Input| {
    let event = Event::read(&input.payload);
    let json = event.to_json();
    let read_again = reference::canonicalize(json.as_bytes()).expect("an event prints as JSON");
    assert_eq!(read_again, event::normalised(&input.payload));

    let matches = event.matches(&input.pattern);
    assert_eq!(event.matches("*.*"), event.kind() != EventKind::Unknown);
    if let (EventKind::Record, Some(object), Some(action)) = (event.kind(), event.object(), event.action()) {
        let patterns = [format!("{object}.{action}"), format!("{object}.*"), format!("*.{action}"), "*.*".to_owned()];
        assert!(patterns.iter().all(|pattern| event.matches(pattern)));
        assert_eq!(matches, patterns.contains(&input.pattern));
    }
});
