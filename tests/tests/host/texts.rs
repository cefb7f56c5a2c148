//! What hosts get as texts, and what they are refused.

use serde_json::{Value, json};
use twenty_webhook::{
    Code, Secret,
    host::{
        Failure, Receiver, ReceiverSettings, RefusedRequest, Settings, SqlPlaceholders, SqlStatements, Wants, Webhook,
        ask_again_after, captured, check_kept, codes_of, constants, diagnose, signed_parts, sql_failure,
        sql_statements, whole, without_user,
    },
};

/// `null` for what is no JSON.
fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[test]
fn constants_have_every_code_and_every_answer() {
    let constants = read(&constants());
    let codes = constants["codes"].as_object().unwrap();
    assert_eq!(codes.len(), Code::ALL.len());
    for code in Code::ALL {
        let told = &codes[code.as_str()];
        assert_eq!(told["code"], code.as_str());
        assert_eq!(told["status"].as_u64(), code.status().map(u64::from), "{code}");
        assert_eq!(told["message"], code.meaning());
    }
    let answers = constants["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 4 + Code::ALL.len());
    assert_eq!(constants["unreadable"]["too large"], "payload_too_large");
    assert_eq!(constants["unreadable"]["silent and gone"], "body_timeout");
}

#[test]
fn codes_come_by_what_they_are_of() {
    let configuration: Vec<_> = codes_of("configuration").collect();
    assert!(configuration.contains(&Code::SecretEmpty) && configuration.contains(&Code::Internal));
    assert!(!configuration.contains(&Code::SignatureMismatch));
    assert_eq!(codes_of("nothing").count(), 0);
}

#[test]
fn a_lost_answer_is_asked_for_in_growing_pauses() {
    let pauses = [0, 1, 2, 3, 4, 5, 99].map(|asking| ask_again_after(asking, 59_999.0));
    assert_eq!(pauses, [50.0, 100.0, 200.0, 400.0, 500.0, 500.0, 500.0]);
    assert_eq!(ask_again_after(0, 60_000.0), -1.0);
}

#[test]
fn what_was_kept_is_checked_field_by_field() {
    let id = &"0f".repeat(32);
    assert_eq!(check_kept(id, Some(0), None, Some(3)), Ok(()));
    assert!(check_kept("0F", Some(0), None, Some(0)).is_err_and(|told| told.starts_with("id ")));
    assert!(check_kept(id, None, Some(""), Some(9)).is_err_and(|told| told.starts_with("timestamp ")));
    assert!(check_kept(id, Some(0), Some("é"), Some(9)).is_err_and(|told| told.starts_with("nonce ")));
    for index in [None, Some(4), Some(5)] {
        assert!(check_kept(id, Some(0), Some("7"), index).is_err_and(|told| told.starts_with("secret_index ")));
    }
}

#[test]
fn statements_of_a_table() {
    let default = read(&sql_statements("?", None).unwrap());
    let statements = SqlStatements::new(SqlStatements::DEFAULT_TABLE, SqlPlaceholders::QuestionMarks).unwrap();
    assert_eq!(
        default,
        json!({
            "createTable": statements.create_table, "claim": statements.claim, "release": statements.release,
            "deleteExpired": statements.delete_expired, "claimsBetweenDeletions": SqlStatements::CLAIMS_BETWEEN_DELETIONS,
        })
    );
    assert!(sql_statements("$1", Some("a.b")).unwrap().contains("\\\"a\\\".\\\"b\\\""));
    for refused in [sql_statements(":1", None), sql_statements("?", Some("a b"))] {
        assert_eq!(refused.map_err(|failure| failure.code), Err(""));
    }
    assert_eq!(["42P01", "SQLITE_BUSY", "ECONNRESET"].map(sql_failure), ["final", "passing", "lost"]);
}

#[test]
fn settings_that_cannot_be_meant_are_told() {
    let told =
        |settings: ReceiverSettings| settings.rules().map(drop).map_err(|failure| (failure.code, failure.message));
    let patterns = |count: usize| ReceiverSettings {
        patterns: Some(vec!["*.*".to_owned(); count]),
        ..ReceiverSettings::default()
    };
    assert_eq!(told(patterns(4_095)), Ok(()));
    assert_eq!(told(patterns(4_096)), Err(("", "A receiver has 4095 routes at most.".to_owned())));
    for millis in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let settings = ReceiverSettings { body_timeout_millis: Some(millis), ..ReceiverSettings::default() };
        assert!(told(settings).is_err_and(|(code, told)| code.is_empty() && told.contains("time-out of the body")));
    }
    let settings = ReceiverSettings { on_store_failure: Some("shrug".to_owned()), ..ReceiverSettings::default() };
    assert!(told(settings).is_err_and(|(_, told)| told.contains("refuse or handle")));
    let rules = ReceiverSettings { body_timeout_millis: Some(1_500.2), ..ReceiverSettings::default() }.rules().unwrap();
    let facts = read(&Receiver::new(rules, Wants::default()).facts());
    assert_eq!(facts["bodyMs"], 1_501, "what is left of a millisecond counts as one");
    let short = ReceiverSettings { ttl_seconds: Some(11.0), ..ReceiverSettings::default() }.rules().unwrap();
    let webhook =
        |seconds| Webhook::open([&b"s"[..]], &Settings { tolerance_seconds: Some(seconds), ..Settings::default() });
    let check = |seconds| {
        Receiver::new(short.clone(), Wants::default()).check(&webhook(seconds).unwrap()).map_err(|failure| failure.code)
    };
    assert_eq!([check(0.5), check(300.0)], [Ok(()), Err("invalid_ttl")]);
}

#[test]
fn numbers_of_other_languages() {
    let webhook = |seconds| twenty_webhook::Webhook::new(Secret::new("s")?).tolerance_seconds(seconds);
    let two_to_the_64_millis = 18_446_744_073_709_551.616;
    assert_eq!(webhook(two_to_the_64_millis).map(drop).map_err(|error| error.code()), Err(Code::InvalidTolerance));
    let largest = 9_007_199_254_740_991.0;
    assert_eq!(
        [0.0, largest, largest + 1.0, 1.5, f64::INFINITY].map(whole),
        [Some(0), Some((1 << 53) - 1), None, None, None]
    );
}

#[test]
fn a_url_is_shown_without_its_user() {
    assert_eq!(without_user("https://user:p@ss@a.example/hook@b"), "https://...@a.example/hook@b");
    assert_eq!(without_user("https://a.example/@b"), "https://a.example/@b");
}

#[test]
fn kept_requests_are_read_as_json() {
    let kept = captured(b"POST /hook HTTP/1.1\r\nHost: a.example\r\nX-A: \xe9\r\n\r\n{}").unwrap();
    let expected = json!([{
        "method": "POST", "url": "https://a.example/hook", "bodyBase64": "e30=", "headers": [["Host", "a.example"], ["X-A", "é"]],
    }]);
    assert_eq!(read(&kept), expected);
    assert_eq!(captured(b"hello").map_err(|failure| failure.code), Err(""));
}

#[test]
fn what_is_signed_and_why_it_is_refused() {
    let webhook = Webhook::open([&b"a secret"[..]], &Settings::default()).unwrap();
    let headers = webhook.sign(br#"{"a":1}"#, false, 1_735_066_639_761.0, None, &[7; 16]).unwrap();
    let request = RefusedRequest {
        headers: &headers,
        body: br#"{"a": 1}"#,
        is_ill_formed: false,
        now: 1_735_066_639_761.0,
        method: None,
        url: None,
        others: &[],
    };
    let told = read(&webhook.diagnose(&request));
    assert_eq!(told["verdict"], "signature_mismatch");
    assert_eq!(told["isComplete"], true);
    assert_eq!(told["findings"][0]["certainty"], "proved");
    let alike = diagnose(&[b"a secret"], &Settings::default(), &request).unwrap();
    assert_eq!(read(&alike), told);
    let genuine = RefusedRequest { body: br#"{"a":1}"#, ..request.clone() };
    assert_eq!(read(&webhook.diagnose(&genuine))["verdict"], Value::Null);
    let canonical = Settings { payload_form: Some("canonical".to_owned()), ..Settings::default() };
    let parts = read(&signed_parts(&request, &canonical).unwrap());
    let expected = json!({
        "timestamp": headers[1], "signature": headers[3], "separator": ":", "payload": "{\"a\":1}",
    });
    assert_eq!(parts, expected);
    let broken = RefusedRequest { body: b"{", ..request };
    let code = |refused: Result<String, Failure>| refused.map_err(|failure| failure.code);
    assert_eq!(code(signed_parts(&broken, &canonical)), Err("payload_not_json"));
}

#[test]
fn outcomes_are_told_with_what_is_known() {
    use twenty_webhook::{
        host::PickedHeaders,
        receiver::{Body, RequestHead},
    };
    let settings = ReceiverSettings { has_no_store: true, ..ReceiverSettings::default() };
    let webhook =
        Webhook::open([&b"s"[..]], &Settings { name: Some("crm".to_owned()), ..Settings::default() }).unwrap();
    let body = br#"{"eventName":"person.created","record":{"id":"7"}}"#;
    let signed = webhook.sign(body, false, 5.0, None, &[7; 16]).unwrap();
    let head = RequestHead { method: "POST", content_encoding: None, content_length: None };
    let told = |wants| {
        let mut receiver = Receiver::new(settings.rules().unwrap(), wants);
        let values = [1, 3, 5].map(|at| Some(signed[at].as_bytes()));
        receiver.found(-1.0, &webhook, &head, &PickedHeaders::new(values), 5.0);
        receiver.body(0.0, Body::Bytes(body), 5.0, 0.0);
        receiver.handled(0.0);
        read(&receiver.take_notices(0.0))
    };
    assert_eq!(told(Wants::default()), json!([]), "a success is of the level debug");
    let line = &told(Wants { debug: true, outcomes: false })[0];
    assert!(
        line["line"].as_str().unwrap().starts_with("handled [webhook crm, delivery ") && line["delivery"].is_null()
    );
    let outcome = &told(Wants { debug: false, outcomes: true })[0];
    assert_eq!(
        [&outcome["outcome"], &outcome["status"], &outcome["webhook"]],
        [&json!("handled"), &json!(200), &json!("crm")]
    );
    assert!(outcome["line"].is_null());
    assert_eq!([&outcome["delivery"]["timestamp"], &outcome["delivery"]["secretIndex"]], [5, 0]);
    let event =
        json!({ "name": "person.created", "kind": "record", "recordId": "7", "webhookId": null, "workspaceId": null });
    assert_eq!(outcome["event"], event);
}
