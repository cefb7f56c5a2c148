//! Values built while an event is read, against the event's own JSON text.

use conformance::{
    documents::{self, Value},
    vectors::{Hex, load_plain},
};
use fastrand::Rng;
use serde::Deserialize;
use twenty_webhook::{
    Event, EventKind, canonicalize,
    host::{JsonText, ValueBuilder},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventTest {
    tc_id: u32,
    payload_hex: Hex,
}

/// Its values are JSON texts again, of the same spelling.
struct Texts;

impl ValueBuilder for Texts {
    type Value = String;

    fn null(&mut self) -> String {
        "null".into()
    }

    fn bool(&mut self, value: bool) -> String {
        value.to_string()
    }

    fn number(&mut self, digits: &str) -> String {
        digits.into()
    }

    fn text(&mut self, text: JsonText<'_>) -> String {
        assert_eq!(text.is_plain(), !text.contents().contains('\\'));
        format!("\"{}\"", text.contents())
    }

    fn array(&mut self, elements: impl ExactSizeIterator<Item = String>) -> String {
        format!("[{}]", elements.collect::<Vec<_>>().join(","))
    }

    fn object<'t>(&mut self, members: impl ExactSizeIterator<Item = (JsonText<'t>, String)>) -> String {
        let members = members.map(|(key, value)| format!("{}:{value}", self.text(key)));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

fn assert_built_as_printed(payload: &[u8]) {
    let built = format!("[{}]", Event::build(payload, &mut Texts).join(","));
    let printed = Event::read(payload).to_json_array();
    // The reader's white space is in the printed text only.
    assert_eq!(canonicalize(built.as_bytes()), canonicalize(printed.as_bytes()), "{}", payload.escape_ascii());
}

#[test]
fn every_vector_of_events_is_built_as_it_is_printed() -> anyhow::Result<()> {
    for test in load_plain::<EventTest>("events")? {
        println!("{}", test.tc_id);
        assert_built_as_printed(&test.payload_hex.0);
    }
    Ok(())
}

/// Members an envelope has, any number of times each, with any values.
fn envelope(rng: &mut Rng, names: &[&str], depth: usize) -> String {
    let members: Vec<_> = (0..rng.usize(..9)).map(|_| member(rng, names, depth)).collect();
    format!("{{{}}}", members.join(","))
}

fn member(rng: &mut Rng, names: &[&str], depth: usize) -> String {
    let name = rng.choice(names).copied().unwrap_or_default();
    let value = match rng.u8(..8) {
        0 => r#""person.created""#.into(),
        1 => r#"["a","b"]"#.into(),
        2..=5 if depth > 0 => {
            envelope(rng, &["metadataName", "properties", "updatedFields", "id", "recordId"], depth - 1)
        }
        _ => {
            let mut spelt = String::new();
            documents::spell(&documents::value(rng, 3), rng, &mut spelt);
            spelt
        }
    };
    format!("\"{name}\":{value}")
}

#[test]
fn generated_envelopes_are_built_as_they_are_printed() {
    let mut rng = Rng::with_seed(7);
    let mut kinds = [0; 3];
    for _ in 0..4_000 {
        let mut payload =
            envelope(&mut rng, &["eventName", "record", "record", "data", "event", "event", "updatedFields"], 2);
        if rng.bool() {
            payload.insert_str(1, r#""eventName":"person.created","record":{},"#);
            payload = payload.replacen("{},}", "{}}", 1);
        }
        assert_built_as_printed(payload.as_bytes());
        kinds[Event::read(payload.as_bytes()).kind() as usize] += 1;
    }
    assert!(kinds.into_iter().all(|count| count > 50), "{kinds:?}");
}

/// Its texts are what they stand for.
struct Bytes(Vec<u8>, bool);

impl ValueBuilder for Bytes {
    type Value = ();

    fn null(&mut self) {}
    fn bool(&mut self, _: bool) {}
    fn number(&mut self, _: &str) {}
    fn text(&mut self, text: JsonText<'_>) {
        self.0.clear();
        self.1 = text.push_wtf8(&mut self.0);
    }
    fn array(&mut self, _: impl ExactSizeIterator<Item = ()>) {}
    fn object<'t>(&mut self, _: impl ExactSizeIterator<Item = (JsonText<'t>, ())>) {}
}

/// Generalised UTF-8: what UTF-8 would be if it had surrogates.
fn wtf8(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok(character) => bytes.extend_from_slice(character.to_string().as_bytes()),
            Err(error) => {
                let unit = u32::from(error.unpaired_surrogate());
                bytes.extend(
                    [0xe0 | unit >> 12, 0x80 | unit >> 6 & 0x3f, 0x80 | unit & 0x3f]
                        .map(|byte| u8::try_from(byte).unwrap_or(0)),
                );
            }
        }
    }
    bytes
}

#[test]
fn texts_are_what_was_spelt() {
    let mut rng = Rng::with_seed(11);
    let (mut with_surrogates, mut without) = (0, 0);
    for _ in 0..4_000 {
        let units: Vec<u16> = (0..rng.u8(..4)).flat_map(|_| documents::text(&mut rng)).collect();
        let mut spelt = String::new();
        documents::spell(&Value::String(units.clone()), &mut rng, &mut spelt);
        let mut bytes = Bytes(Vec::new(), false);
        Event::build(spelt.as_bytes(), &mut bytes);
        assert_eq!(bytes.0, wtf8(&units), "{spelt}");
        assert_eq!(bytes.1, String::from_utf16(&units).is_ok(), "{spelt}");
        *(if bytes.1 { &mut without } else { &mut with_surrogates }) += 1;
    }
    assert!(with_surrogates > 400 && without > 400, "{with_surrogates} {without}");
}

#[test]
fn what_is_no_json_or_too_deep_has_no_payload() {
    for payload in
        [&b"\xff"[..], b"", b"[1,]", &[b'['; 300], &[br#"{"eventName":"a.b","record":"#, &[b'['; 300][..]].concat()]
    {
        let built = Event::build(payload, &mut Texts);
        assert_eq!((built[0].as_str(), built[16].as_str()), (r#""unknown""#, "null"));
        assert_eq!(Event::read(payload).kind(), EventKind::Unknown);
    }
}
