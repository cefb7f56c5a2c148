//! Webhooks as hosts open and ask them, against the vectors of verification.

use conformance::vectors::{Header, VerifyGroup, VerifyTest, load};
use twenty_webhook::host::{Failure, PickedHeaders, Settings, Webhook};

#[test]
fn every_vector_of_verification() -> anyhow::Result<()> {
    for group in load::<VerifyGroup>("verify")? {
        let webhook = opened(&group)?;
        for test in &group.tests {
            let what = format!("{}: {}", test.tc_id, test.comment);
            let found = verified(&webhook, test)?;
            assert_eq!(found.as_ref().err().map(|failure| failure.code), test.code.as_deref(), "{what}");
            let Ok(bits) = found else {
                assert_eq!(webhook.take_payload(), None, "{what}");
                continue;
            };
            let is_canonical = webhook.core().options().payload_form().as_str() == "canonical";
            let expected = [
                test.secret_index.unwrap_or_default(),
                usize::from(test.nonce.is_some()) << 2,
                usize::from(is_canonical) << 3,
            ];
            assert_eq!(usize::try_from(bits)?, expected.iter().sum::<usize>(), "{what}");
            let payload = webhook.take_payload().map(String::into_bytes);
            assert_eq!(payload, is_canonical.then(|| test.payload()), "{what}");
            assert_eq!(webhook.take_payload(), None, "it is taken once");
        }
    }
    Ok(())
}

fn opened(group: &VerifyGroup) -> anyhow::Result<Webhook> {
    let webhook = group.webhook()?;
    let options = webhook.options();
    #[expect(clippy::cast_precision_loss, reason = "limits of the vectors")]
    let settings = Settings {
        tolerance_seconds: Some(options.tolerance().as_secs_f64()),
        max_body_bytes: Some(options.max_body_bytes() as f64),
        header_prefix: Some(options.header_prefix().to_owned()),
        payload_form: Some(options.payload_form().as_str().to_owned()),
        name: None,
    };
    let opened = Webhook::open(group.secrets_hex.iter().map(|secret| secret.0.as_slice()), &settings);
    let opened = opened.map_err(|failure| anyhow::anyhow!(failure.message))?;
    #[expect(clippy::float_cmp, clippy::cast_precision_loss, reason = "a whole number")]
    let is_limit = opened.max_body_bytes() == options.max_body_bytes() as f64;
    assert!(is_limit && opened.check_body_length(opened.max_body_bytes()).is_ok());
    let refused = opened.check_body_length(opened.max_body_bytes() + 1.0).map_err(|failure| failure.code);
    assert_eq!(refused, Err("payload_too_large"));
    Ok(opened)
}

fn verified(webhook: &Webhook, test: &VerifyTest) -> anyhow::Result<Result<u32, Failure>> {
    let names = webhook.header_names();
    let values: Vec<_> = names.iter().map(|name| joined(&test.headers, name)).collect();
    let all = test.headers.iter().map(|header| header.name_hex.0.as_slice()).collect::<Vec<_>>().join(&b'\n');
    let picked = PickedHeaders::new([values[0].as_deref(), values[1].as_deref(), values[2].as_deref()]);
    let picked = picked.among(values.iter().all(Option::is_none).then_some(all.as_slice()));
    #[expect(clippy::cast_precision_loss, reason = "a moment")]
    let now = test.now()?.unix_millis() as f64;
    Ok(webhook.verify(&test.body(), false, &picked, now))
}

/// As hosts hand over a header that occurs twice.
fn joined(headers: &[Header], name: &str) -> Option<Vec<u8>> {
    let found = headers.iter().filter(|header| header.name_hex.0.eq_ignore_ascii_case(name.as_bytes()));
    let values: Vec<_> = found.map(|header| header.value_hex.0.as_slice()).collect();
    (!values.is_empty()).then(|| values.join(&b", "[..]))
}

#[test]
fn text_that_no_bytes_stand_for_is_refused() {
    let webhook = Webhook::open([&b"a secret"[..]], &Settings::default()).unwrap();
    let wtf8 = b"{\"a\":\"\xED\xA0\x80\"}"; // U+D800
    let code = |signed: Result<Vec<String>, Failure>| signed.map_err(|failure| failure.code);
    assert_eq!(code(webhook.sign(wtf8, true, 0.0, None, &[])), Err("payload_not_utf8"));
    let signed = webhook.sign(wtf8, false, 0.0, Some("short"), &[]);
    assert_eq!(code(signed), Err("invalid_nonce"));
    let signed = webhook.sign(wtf8, false, 7.0, None, &[10; 16]).unwrap();
    assert_eq!([&signed[1], &signed[5]], ["7", &"0a".repeat(16)]);
    let values = [1, 3, 5].map(|at| Some(signed[at].as_bytes()));
    let verify = |is_ill_formed| webhook.verify(wtf8, is_ill_formed, &PickedHeaders::new(values), 7.0);
    assert_eq!(verify(false), Ok(4));
    assert_eq!(verify(true).map_err(|failure| failure.code), Err("payload_not_utf8"));
}
