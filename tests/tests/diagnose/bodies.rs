//! What arrives in the place of a body, and what cannot be undone.

use data_encoding::BASE64;

use crate::delivery::{OTHER, SECRET, arrived, payload, told};

/// What Python's `encode("ascii", "replace")` and `encode("latin-1", "replace")` make of names.
#[test]
fn letters_that_became_question_marks() -> anyhow::Result<()> {
    for (name, lost) in [
        ("Zoé", "Zo?"),
        ("José", "Jos?"),
        ("Émile", "?mile"),
        ("Łukasz", "?ukasz"),
        ("MÜLLER", "M?LLER"),
        ("Ève Dupont", "?ve Dupont"),
        ("Привет!", "??????!"),
        ("Łódź", "?ód?"),
        ("Zoë and Łukasz", "Zoë and ?ukasz"),
        ("señor", "se?or"),
    ] {
        let sent = payload("firstName", name);
        let found = told(&arrived(&[SECRET], sent.as_bytes(), payload("firstName", lost).as_bytes())?);
        assert_eq!(found, ["other_secret likely", "body_letters_lost likely"], "{lost}");
    }
    Ok(())
}

/// People type them, and the secret may be another all the same.
#[test]
fn a_question_mark_hides_no_other_secret() -> anyhow::Result<()> {
    for text in ["Is this ok?yes", "Hello?world", "q?a session"] {
        let body = payload("title", text);
        let diagnosis = arrived(&[OTHER], body.as_bytes(), body.as_bytes())?;
        assert_eq!(told(&diagnosis)[0], "other_secret likely", "{text}");
        assert!(diagnosis.findings()[0].explanation().contains("The fingerprint of the secret in use is "));
    }
    for text in ["c++?d", "Why?", "Est-ce que ça va ? Oui", "What?! No!", "https://example.com/?a", "?page=2"] {
        let body = payload("title", text);
        assert_eq!(told(&arrived(&[OTHER], body.as_bytes(), body.as_bytes())?), ["other_secret likely"], "{text}");
    }
    Ok(())
}

/// V8 makes these of objects and of nothing.
#[test]
fn the_text_of_an_object_is_no_body() -> anyhow::Result<()> {
    let sent = payload("city", "Rome");
    for text in [
        "undefined",
        "null",
        "\"\"",
        "[object Object]",
        "[object Promise]",
        "[object ArrayBuffer]",
        "[object Uint8Array]",
    ] {
        let found = told(&arrived(&[SECRET], sent.as_bytes(), text.as_bytes())?);
        assert_eq!(found, ["body_is_object_object likely"], "{text}");
    }
    // Which a script may have signed.
    let found = told(&arrived(&[SECRET], sent.as_bytes(), b"{}")?);
    assert_eq!(found, ["other_secret likely", "body_is_object_object likely"]);
    Ok(())
}

/// The printed text is that of `JSON.stringify(value, null, 2)`.
#[test]
fn two_mistakes_of_a_body_show_beside_another_secret() -> anyhow::Result<()> {
    let sent = payload("city", "Rome");
    let indented = sent
        .replace("{\"", "{\n  \"")
        .replace(",\"", ",\n  \"")
        .replace("\":", "\": ")
        .replace("\"}", "\"\n}")
        .replace("}}", "}\n}");
    for (body, expected) in [
        (format!("\u{feff}{indented}"), ["body_has_byte_order_mark likely", "body_indented likely"]),
        (BASE64.encode(indented.as_bytes()), ["body_in_base64 likely", "body_indented likely"]),
    ] {
        // Both can be undone, so the secret must be another, too.
        let found = told(&arrived(&[OTHER], sent.as_bytes(), body.as_bytes())?);
        assert_eq!(found, [expected[0], expected[1], "other_secret likely"], "{body}");
        let quoted = format!("\"{SECRET}\"");
        let both = told(&arrived(&[&quoted], sent.as_bytes(), body.as_bytes())?);
        assert_eq!(both, [expected[0], expected[1], "secret_is_quoted likely"], "{body}");
    }
    Ok(())
}

#[test]
fn a_line_end_before_a_body_is_told_as_one() -> anyhow::Result<()> {
    let sent = payload("city", "Rome");
    for body in [format!("\n{sent}"), format!("\r\n{sent}\n")] {
        let diagnosis = arrived(&[SECRET], sent.as_bytes(), body.as_bytes())?;
        assert_eq!(told(&diagnosis), ["body_line_end_added proved"]);
        assert!(diagnosis.findings()[0].explanation().contains("before or after the body"));
    }
    Ok(())
}
