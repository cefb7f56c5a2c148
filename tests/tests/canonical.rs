//! Canonical text against the vectors, and against a reference that is too simple to be wrong in the same way.

use conformance::{
    documents::{self, Value},
    reference::{self, Refusal},
    vectors::{Hex, load_plain},
};
use proptest::prelude::{ProptestConfig, TestCaseError, any, prop_assert_eq, proptest};
use serde::Deserialize;
use twenty_webhook::{CanonicalizeError, Code, MAX_DEPTH, canonicalize};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    tc_id: u32,
    comment: String,
    input_hex: Hex,
    output_hex: Option<Hex>,
    code: Option<String>,
    offset: Option<usize>,
}

#[test]
fn every_vector_of_canonical_text() -> anyhow::Result<()> {
    for test in load_plain::<Test>("canonical")? {
        test.check();
    }
    Ok(())
}

#[test]
fn every_vector_of_numbers() -> anyhow::Result<()> {
    for test in load_plain::<Test>("numbers")? {
        test.check();
    }
    Ok(())
}

impl Test {
    fn check(&self) {
        let expected = match (&self.output_hex, &self.code) {
            (Some(output), None) => Ok(output.0.clone()),
            (None, code) => Err((code.clone(), self.offset)),
            (Some(_), Some(_)) => Err((None, None)),
        };
        let found = canonicalize(&self.input_hex.0).map(String::into_bytes);
        let found = found.map_err(|error| (Some(error.code().to_string()), Some(error.offset())));
        assert_eq!(found, expected, "{}: {}", self.tc_id, self.comment);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_spelling_of_a_value_has_the_reference_text(seed in any::<u64>()) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let spelt = spelt(&documents::value(&mut rng, 5), &mut rng);
        let expected = reference::canonicalize(spelt.as_bytes()).map_err(|refusal| TestCaseError::fail(format!("{refusal:?}")))?;
        prop_assert_eq!(canonicalize(spelt.as_bytes()), Ok(expected.clone()));
        prop_assert_eq!(canonicalize(expected.as_bytes()), Ok(expected));
    }

    #[test]
    fn what_is_broken_is_refused_where_the_reference_refuses_it(seed in any::<u64>()) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let spelt = spelt(&documents::value(&mut rng, 4), &mut rng);
        let broken = documents::broken(&spelt, &mut rng);
        let found = canonicalize(&broken).map_err(place);
        let expected = reference::canonicalize(&broken).map_err(|refusal| match refusal {
            Refusal::NotUtf8(offset) => (Code::PayloadNotUtf8, offset),
            Refusal::NotJson(offset) => (Code::PayloadNotJson, offset),
            Refusal::TooDeep(offset) => (Code::PayloadTooDeep, offset),
        });
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn what_is_cut_off_is_offended_at_the_cut(seed in any::<u64>()) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let spelt = spelt(&Value::Array(vec![documents::value(&mut rng, 4)]), &mut rng);
        let whole = spelt.trim_end();
        let mut cut = rng.usize(..whole.len());
        while !whole.is_char_boundary(cut) {
            cut -= 1;
        }
        let error = canonicalize(&whole.as_bytes()[..cut]).map_err(place);
        prop_assert_eq!(error, Err((Code::PayloadNotJson, cut)));
    }
}

fn spelt(value: &Value, rng: &mut fastrand::Rng) -> String {
    let mut text = String::new();
    documents::spell(value, rng, &mut text);
    text
}

#[test]
fn nesting_ends_at_the_limit() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let inner = if open == "[" { "" } else { "0" };
        let nested = |levels: usize| [open.repeat(levels), inner.into(), close.repeat(levels)].concat();
        assert_eq!(canonicalize(nested(MAX_DEPTH).as_bytes()).as_deref(), Ok(nested(MAX_DEPTH).as_str()));
        let error = canonicalize(nested(MAX_DEPTH + 1).as_bytes());
        let offset = open.len() * MAX_DEPTH;
        assert_eq!(error.map_err(place), Err((Code::PayloadTooDeep, offset)));
    }
}

/// Objects of many sizes around the one from which names are sorted rather than compared.
#[test]
fn repeats_are_found_among_any_number_of_names() {
    for size in [1, 2, 7, 8, 31, 32, 33, 34, 64, 100, 1000] {
        for repeated in [0, size / 2, size - 1] {
            let names: Vec<String> = (0..size).chain([repeated]).map(|name| format!("\"key{name}\"")).collect();
            let members: Vec<String> = names.iter().zip(0..).map(|(name, value)| format!("{name}:{value}")).collect();
            let mut expected = members[..size].to_vec();
            expected[repeated] = format!("{}:{size}", names[repeated]);
            let text = canonicalize(format!("{{{}}}", members.join(",")).as_bytes());
            assert_eq!(text, Ok(format!("{{{}}}", expected.join(","))));
        }
    }
}

#[test]
fn an_error_says_where() {
    let error = canonicalize(b"[1,]").map_err(|error| error.to_string());
    assert_eq!(error, Err("The payload is not JSON. The offence is at byte 3.".into()));
}

fn place(error: CanonicalizeError) -> (Code, usize) {
    (error.code(), error.offset())
}
