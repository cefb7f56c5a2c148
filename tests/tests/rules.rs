//! What a receiver is made with.

use std::time::Duration;

use twenty_webhook::{
    Code, ConfigError, Secret, Webhook,
    receiver::{AskAgain, OnStoreFailure, ReceiverLimits, Routes, Rules},
};

fn lifetime(seconds: f64) -> Result<Duration, Code> {
    let made = || {
        let webhook = Webhook::new(Secret::new("a secret")?).tolerance(Duration::from_secs(1));
        let rules = Rules::new(Routes::every()).ttl_seconds(seconds)?;
        Ok(rules.lifetimes(webhook.options())?.0)
    };
    made().map_err(|error: ConfigError| error.code())
}

#[test]
fn a_lifetime_of_any_number_of_seconds() {
    assert_eq!(lifetime(90.5), Ok(Duration::from_millis(90_500)));
    let longest = lifetime(1e300);
    assert!(longest.is_ok_and(|ttl| ttl > Duration::from_secs(1 << 32)), "{longest:?}");
    for refused in [0.0, -1.0, -1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(lifetime(refused), Err(Code::InvalidTtl), "{refused}");
    }
}

#[test]
fn what_to_do_without_a_store_is_one_of_two_words() {
    assert_eq!("refuse".parse(), Ok(OnStoreFailure::Refuse));
    assert_eq!("handle".parse(), Ok(OnStoreFailure::Handle));
    assert!("Handle".parse::<OnStoreFailure>().is_err_and(|told| told.contains("refuse or handle")));
}

#[test]
fn routes_may_come_last() {
    let rules = Rules::new(Routes::every()).body_timeout(Duration::from_secs(7));
    assert_eq!(rules.routes().warnings(), [""; 0]);
    let rules = rules.with_routes(Routes::of_patterns(["person.*", "person.created"]).unwrap());
    assert_eq!(
        rules.routes().warnings(),
        [
            r#"The route "person.created" is never taken, because "person.*" above it matches the same events: put it first."#
        ]
    );
    let [limits, defaults] = [rules.limits(), ReceiverLimits::default()];
    assert_eq!([limits.body_timeout, limits.store_timeout], [Duration::from_secs(7), defaults.store_timeout]);
}

#[test]
fn pauses_grow_and_end_after_a_minute() {
    let mut pauses = AskAgain::default();
    let last = Duration::from_millis(59_999);
    let millis = [0; 6].map(|_| pauses.next(last).map(|pause| pause.as_millis()));
    assert_eq!(millis, [50, 100, 200, 400, 500, 500].map(Some));
    assert_eq!(pauses.next(Duration::from_secs(60)), None);
}
