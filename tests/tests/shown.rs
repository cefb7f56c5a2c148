//! What the public types show: as text, in quotes for programmers, and as words that are read back.

use twenty_webhook::{
    Code, ConfigError, EventKind, Nonce, PayloadForm, Refusal, Secret, Timestamp, Webhook, canonicalize,
    receiver::{Body, Routes, SqlPlaceholders, SqlStatements},
};

fn webhook() -> Result<Webhook, ConfigError> {
    Ok(Webhook::new(Secret::new("a secret")?))
}

const SENT: Timestamp = Timestamp::from_unix_millis(1_735_066_639_761);

#[test]
fn words_are_read_back() {
    for form in PayloadForm::ALL {
        assert_eq!(form.to_string().parse(), Ok(*form));
        assert_eq!(form.to_string(), form.as_str());
    }
    for code in Code::ALL {
        assert_eq!(code.to_string().parse(), Ok(*code));
    }
    for kind in [EventKind::Record, EventKind::Metadata, EventKind::Unknown] {
        assert_eq!(kind.to_string().parse(), Ok(kind));
    }
    assert_eq!("shrug".parse(), Ok(EventKind::Unknown));
    let unknown = "shrug".parse::<Code>().unwrap_err();
    assert_eq!(unknown.to_string(), "The word is none of the codes.");
}

#[test]
fn nothing_shows_a_secret_or_a_body() {
    let shown =
        format!("{:?} {:?} {:?}", Secret::new("a secret").unwrap(), webhook().unwrap(), Body::Bytes(b"a secret"));
    assert!(
        !shown.contains("a secret") && shown.contains("Secret(..)") && shown.ends_with("Bytes(8 bytes)"),
        "{shown}"
    );
}

#[test]
fn ids_and_nonces_are_their_digits() {
    let nonce = Nonce::from_bytes([10; 16]);
    let digits = "0a".repeat(16);
    assert_eq!([nonce.to_string(), format!("{nonce:?}")], [digits.clone(), format!("Nonce({digits})")]);

    let headers = webhook().unwrap().sign(b"{}", SENT, nonce).unwrap();
    let headers = &headers;
    let delivery = webhook().unwrap().verify(b"{}", &headers, SENT).unwrap();
    let id = delivery.id();
    // sha256sum of the two bytes
    let digits = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert_eq!([id.as_ref(), id.as_str()], [digits; 2]);
    assert_eq!(format!("{id:?}"), format!("DeliveryId({digits})"));
}

#[test]
fn signed_headers_are_a_map() {
    let signed = webhook().unwrap().sign(b"{}", SENT, Nonce::from_bytes([10; 16])).unwrap();
    let pairs = signed.pairs().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    let map = http::HeaderMap::from(signed.clone());
    assert_eq!(map.len(), 3);
    for (name, value) in pairs {
        assert_eq!(map[&name], value);
    }
}

#[test]
fn what_is_refused_is_told_with_its_place() {
    let told = |refusal: &dyn Refusal| (refusal.code(), refusal.offset(), refusal.to_string());
    let (code, offset, text) = told(&Secret::new("").unwrap_err());
    assert_eq!((code, offset), (Code::SecretEmpty, None));
    assert_eq!(text, Code::SecretEmpty.meaning());

    let verify = webhook().unwrap().verify(b"{}", &[("a", "b")], SENT).unwrap_err();
    assert_eq!(told(&verify).1, None);

    let place = " The offence is at byte 3.";
    let signed =
        webhook().unwrap().payload_form(PayloadForm::Canonical).sign(b"[1,]", SENT, Nonce::from_bytes([0; 16]));
    for (code, offset, text) in [told(&canonicalize(b"[1,]").unwrap_err()), told(&signed.unwrap_err())] {
        assert_eq!((code, offset), (Code::PayloadNotJson, Some(3)));
        assert_eq!(text, [Code::PayloadNotJson.meaning(), place].concat());
    }
    let nonce = "short".parse::<Nonce>().unwrap_err();
    assert_eq!(told(&nonce), (Code::InvalidNonce, None, Code::InvalidNonce.meaning().to_owned()));
}

#[test]
fn mistakes_of_authors_name_what_was_given() {
    let none = Routes::of_patterns([""; 0]).unwrap_err().to_string();
    assert!(none.starts_with("A receiver needs at least one handler"), "{none}");
    let nothing = Routes::of_patterns(["persons"]).unwrap_err().to_string();
    assert!(nothing.starts_with("The pattern \"persons\" matches no event"), "{nothing}");
    let table = SqlStatements::new("a b", SqlPlaceholders::Numbered).unwrap_err().to_string();
    assert!(table.ends_with("not \"a b\"."), "{table}");
}
