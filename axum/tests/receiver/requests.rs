//! What is answered to which request.

use http::{HeaderValue, Method};
use twenty_webhook_axum::{Code, Head};

use crate::support::{Seen, answer, builder, person, send, signed, words};

#[tokio::test]
async fn an_event_is_handled_once_and_others_are_ignored() {
    let seen = Seen::default();
    let receiver = builder().on("person.*", seen.ids()).build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 handled");
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 duplicate");
    assert_eq!(send(&receiver.clone(), signed(&person("1"))).await, "200 duplicate");
    assert_eq!(send(&receiver, signed(&person("2"))).await, "200 handled");
    let company = person("3").replace("person", "company");
    assert_eq!(send(&receiver, signed(&company)).await, "200 ignored");
    assert_eq!(send(&receiver, signed(&company)).await, "200 ignored");
    assert_eq!(send(&receiver, signed("hello")).await, "200 ignored");
    assert_eq!(seen.lines(), ["1", "2"]);
}

#[tokio::test]
async fn without_a_store_everything_is_handled() {
    let seen = Seen::default();
    let receiver = builder().on_every(seen.ids()).no_replay_store().build().unwrap();
    for body in [person("1"), person("1"), "hello".to_owned()] {
        assert_eq!(send(&receiver, signed(&body)).await, "200 handled");
    }
    assert_eq!(seen.lines(), ["1", "1", "unknown"]);
}

#[tokio::test]
async fn what_is_not_authentic_is_refused_and_told() {
    let (seen, told) = (Seen::default(), Seen::default());
    let receiver = builder().on_every(seen.ids()).on_error(told.errors()).build().unwrap();
    let mut tampered = signed(&person("1"));
    *tampered.body_mut() = person("2").into();
    assert_eq!(send(&receiver, tampered).await, "401 signature_mismatch");
    let mut stale = signed(&person("1"));
    stale.headers_mut().insert("x-twenty-webhook-timestamp", HeaderValue::from_static("1735066639761"));
    assert_eq!(send(&receiver, stale).await, "401 timestamp_too_old");
    let mut repeated = signed(&person("1"));
    let value = repeated.headers()["x-twenty-webhook-signature"].clone();
    repeated.headers_mut().append("x-twenty-webhook-signature", value);
    assert_eq!(send(&receiver, repeated).await, "401 repeated_header");
    for codings in [&["gzip"][..], &["identity", "br"], &["identity, gzip"]] {
        let mut encoded = signed(&person("1"));
        for coding in codings {
            encoded.headers_mut().append("content-encoding", HeaderValue::from_str(coding).unwrap());
        }
        assert_eq!(send(&receiver, encoded).await, "415 unsupported_content_encoding");
    }
    assert_eq!(seen.lines(), [""; 0]);
    let told = told.lines();
    assert_eq!(told.len(), 6);
    assert_eq!(told[0], format!("401 signature_mismatch: {}", Code::SignatureMismatch.meaning()));
}

#[tokio::test]
async fn a_repeated_or_malformed_content_length_is_refused_unread() {
    let receiver = builder().on_every(Seen::default().ids()).build().unwrap();
    let length = person("1").len().to_string();
    for lengths in [&[&*length, &length][..], &["many"], &["-1"], &[""], &["2, 2"]] {
        let mut malformed = signed(&person("1"));
        malformed.headers_mut().remove("content-length");
        for length in lengths {
            malformed.headers_mut().append("content-length", HeaderValue::from_str(length).unwrap());
        }
        assert_eq!(send(&receiver, malformed).await, "400 malformed_content_length", "{lengths:?}");
    }
}

#[tokio::test]
async fn identity_is_no_coding() {
    let seen = Seen::default();
    let receiver = builder().on_every(seen.ids()).build().unwrap();
    let mut plain = signed(&person("1"));
    plain.headers_mut().insert("content-encoding", HeaderValue::from_static("identity"));
    assert_eq!(send(&receiver, plain).await, "200 handled");
}

#[tokio::test]
async fn other_methods_are_told_which_is_allowed() {
    let receiver = builder().on_every(|_, _| async {}).build().unwrap();
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::OPTIONS] {
        let mut request = signed(&person("1"));
        *request.method_mut() = method;
        let response = answer(&receiver, request).await;
        assert_eq!(response.headers()["allow"], "POST");
        assert_eq!(words(response).await, "405 method_not_allowed");
    }
}

#[test]
fn mistakes_of_the_author_are_found_when_it_is_made() {
    let error = |builder: twenty_webhook_axum::ReceiverBuilder| builder.build().unwrap_err().to_string();
    assert!(error(builder()).starts_with("A receiver needs at least one handler"));
    for pattern in ["", "person", "person.", "a.b.c", "metadata.*.*.*"] {
        let reason = error(builder().on("*.*", |_, _| async {}).on(pattern, |_, _| async {}));
        assert!(reason.starts_with(&format!("The pattern {pattern:?} matches no event")), "{reason}");
    }
    let every = || builder().on_every(|_, _| async {});
    assert!(error(every().body_timeout(std::time::Duration::ZERO)).contains("body_timeout"));
    // Twice the tolerance of five minutes, and ten seconds.
    let ttl = std::time::Duration::from_secs(610);
    assert!(every().replay_ttl(ttl).build().is_ok());
    assert!(error(every().replay_ttl(ttl - std::time::Duration::from_nanos(1))).contains("twice the tolerance"));
}

#[tokio::test]
async fn the_body_that_was_read_is_gone_while_handlers_run() {
    struct Held(Seen);
    impl AsRef<[u8]> for Held {
        fn as_ref(&self) -> &[u8] {
            PERSON.as_bytes()
        }
    }
    impl Drop for Held {
        fn drop(&mut self) {
            self.0.note("dropped");
        }
    }
    const PERSON: &str = r#"{"eventName":"person.created","record":{"id":"1"}}"#;

    let seen = Seen::default();
    let receiver = builder().on_every(seen.ids()).build().unwrap();
    let body = http_body_util::Full::new(bytes::Bytes::from_owner(Held(seen.clone())));
    assert_eq!(send(&receiver, signed(PERSON).map(|_| body)).await, "200 handled");
    assert_eq!(seen.lines(), ["dropped", "1"]);
}

#[tokio::test]
async fn the_head_of_the_request_reaches_its_handler() {
    let seen = Seen::default();
    let noted = seen.clone();
    let receiver = builder()
        .on_every(move |_, head: Head| {
            noted.note(format!("{} {:?} {:?}", head.uri, head.headers.get("x-other"), head.extensions.get::<u32>()));
            std::future::ready(())
        })
        .build()
        .unwrap();
    let mut request = signed(&person("1"));
    request.headers_mut().insert("x-other", HeaderValue::from_static("theirs"));
    request.extensions_mut().insert(7_u32);
    assert_eq!(send(&receiver, request).await, "200 handled");
    assert_eq!(seen.lines(), [r#"/webhooks/twenty Some("theirs") Some(7)"#]);
}
