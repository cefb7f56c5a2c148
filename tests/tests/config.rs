//! Making a webhook, against the vectors: what cannot work is refused before there is a request.

use std::time::Duration;

use conformance::vectors::{Hex, load_plain};
use serde::Deserialize;
use twenty_webhook::{
    Code, ConfigError, Options, PayloadForm, Secret, Webhook,
    receiver::{Routes, Rules},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    tc_id: u32,
    comment: String,
    kind: String,
    #[serde(default)]
    secret_hex: Hex,
    #[serde(default)]
    count: usize,
    #[serde(default)]
    value: String,
    #[serde(default)]
    value_hex: Hex,
    #[serde(default)]
    tolerance_millis: u64,
    #[serde(default)]
    ttl_millis: u64,
    code: Option<String>,
}

#[test]
fn every_vector_of_configuration() -> anyhow::Result<()> {
    for test in load_plain::<Test>("config")? {
        let code = test.run()?.err().map(|error| error.code());
        assert_eq!(code.map(Code::as_str), test.code.as_deref(), "{}: {}", test.tc_id, test.comment);
        assert_eq!(code.and_then(Code::status), None, "no request, no status: {}", test.tc_id);
    }
    Ok(())
}

impl Test {
    fn run(&self) -> anyhow::Result<Result<(), ConfigError>> {
        let webhook = Webhook::new(Secret::new("secret")?);
        Ok(match self.kind.as_str() {
            "secret" => Secret::from_utf8(&self.secret_hex.0).map(drop),
            "secrets" => {
                let secrets = vec![Secret::new("secret")?; self.count];
                Webhook::from_secrets(secrets).map(drop)
            }
            "toleranceSeconds" => webhook.tolerance_seconds(self.value.parse()?).map(drop),
            "maxBodyBytes" => webhook.max_body_bytes_number(self.value.parse()?).map(drop),
            "headerPrefix" => match std::str::from_utf8(&self.value_hex.0) {
                Ok(prefix) => webhook.header_prefix(prefix).map(drop),
                Err(_) => webhook.header_prefix("\u{fffd}-").map(drop),
            },
            "name" => match std::str::from_utf8(&self.value_hex.0) {
                Ok(name) => webhook.name(name).map(drop),
                Err(_) => webhook.name("\u{fffd}").map(drop),
            },
            "payloadForm" => self.value.parse::<PayloadForm>().map(drop),
            "replayTtl" => {
                let webhook = webhook.tolerance(Duration::from_millis(self.tolerance_millis));
                let ttl = Duration::from_millis(self.ttl_millis);
                Rules::new(Routes::every()).ttl(ttl).lifetimes(webhook.options()).map(drop)
            }
            other => anyhow::bail!("unknown kind {other}"),
        })
    }
}

#[test]
fn tolerance_is_counted_in_whole_milliseconds() -> anyhow::Result<()> {
    let webhook = Webhook::new(Secret::new("secret")?);
    for (seconds, millis) in
        [(0.0, 0), (-0.0, 0), (1e-9, 0), (0.001, 1), (1.001, 1001), (4.35, 4350), (300.000_9, 300_000)]
    {
        let from_seconds = webhook.clone().tolerance_seconds(seconds)?;
        assert_eq!(from_seconds.options().tolerance(), Duration::from_millis(millis), "{seconds}");
    }
    let from_duration = webhook.tolerance(Duration::from_micros(1_999));
    assert_eq!(from_duration.options().tolerance(), Duration::from_millis(1));
    Ok(())
}

#[test]
fn a_key_that_is_no_text_may_hold_any_bytes() {
    assert!(Secret::from_bytes(b" \xff\n").is_ok());
}

/// A file that ends in a line end was taken as it was, and every delivery refused.
#[test]
fn bytes_that_are_text_are_judged_as_text() -> anyhow::Result<()> {
    for test in load_plain::<Test>("config")? {
        if test.kind == "secret" && test.code.as_deref() != Some("secret_not_utf8") {
            let code = Secret::from_bytes(&test.secret_hex.0).err().map(|error| error.code().as_str());
            assert_eq!(code, test.code.as_deref(), "{}: {}", test.tc_id, test.comment);
        }
    }
    Ok(())
}

#[test]
fn debug_shows_no_secret() -> anyhow::Result<()> {
    let webhook = Webhook::new(Secret::new("hunter2")?).also_accept(Secret::new("hunter3")?)?;
    let debug = format!("{webhook:?}");
    assert!(!debug.contains("hunter") && debug.contains("Secret(..)"), "{debug}");
    Ok(())
}

#[test]
fn defaults_are_the_documented_ones() {
    let options = Options::default();
    assert_eq!(options.tolerance(), Duration::from_secs(5 * 60));
    assert_eq!(options.max_body_bytes(), 1 << 20);
    assert_eq!(options.header_prefix(), "X-Twenty-Webhook-");
    assert_eq!(options.payload_form(), PayloadForm::Raw);
    assert_eq!(options.name(), None);
}

/// One webhook serves every thread; a delivery and its error go where the handler runs.
#[test]
fn what_is_shared_and_sent_can_be() {
    fn is_shared<T: Send + Sync + Clone + 'static>() {}
    fn is_error<T: std::error::Error + Send + Sync + Clone + 'static>() {}
    is_shared::<Webhook>();
    is_shared::<twenty_webhook::Delivery<'static>>();
    is_shared::<twenty_webhook::SignedHeaders>();
    is_error::<twenty_webhook::VerifyError>();
    is_error::<ConfigError>();
    is_error::<twenty_webhook::SignError>();
    is_error::<twenty_webhook::CanonicalizeError>();
    is_error::<twenty_webhook::RecordError>();
}

/// The default is judged like any other.
#[test]
fn a_day_is_too_short_for_a_tolerance_of_half_of_it() -> anyhow::Result<()> {
    let webhook = Webhook::new(Secret::new("secret")?);
    let day = Duration::from_secs(24 * 60 * 60);
    let longest = Duration::from_secs(43_195); // And ten seconds more.
    let lifetimes = |webhook: &Webhook| Rules::new(Routes::every()).lifetimes(webhook.options());
    assert_eq!(lifetimes(&webhook.clone().tolerance(longest)), Ok((day, day)));
    let refused = lifetimes(&webhook.tolerance(longest + Duration::from_millis(1))).map_err(|error| error.code());
    assert_eq!(refused, Err(Code::InvalidTtl));
    Ok(())
}
