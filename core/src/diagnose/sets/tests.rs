use std::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{DeliverySet, SetDiagnosis};
use crate::{
    Nonce, Secret, Timestamp, Webhook,
    diagnose::{Cause, Certainty, Evidence},
};

const START: u64 = 1_735_066_639_761;

/// One that was signed with a secret, and what arrived of it, a minute after the one before.
struct Sent {
    secret: &'static str,
    signed: String,
    arrived: Vec<u8>,
}

impl Sent {
    fn new(secret: &'static str, webhook: &str, contents: &str) -> Self {
        let record = format!(r#""record":{{"id":"7","name":"{contents}"}}"#);
        let signed = format!(r#"{{"eventName":"person.created","webhookId":"{webhook}",{record}}}"#);
        Self { secret, arrived: signed.clone().into_bytes(), signed }
    }

    fn arriving(self, change: impl Fn(&str) -> String) -> Self {
        Self { arrived: change(&self.signed).into_bytes(), ..self }
    }
}

/// A receiver with the secret `right` is given them.
fn told(all: impl IntoIterator<Item = Sent>, late_millis: u64) -> SetDiagnosis {
    let mut set = DeliverySet::default();
    for (sent, number) in all.into_iter().zip(0_u64..) {
        let at = Timestamp::from_unix_millis(START + number * 60_000);
        let webhook = Webhook::new(Secret::new(sent.secret).unwrap());
        let headers = webhook.sign(sent.signed.as_bytes(), at, Nonce::from_bytes([7; 16])).unwrap();
        let now = Timestamp::from_unix_millis(at.unix_millis() + late_millis);
        set.add(&format!("{number}.json"), &Evidence::new(&[b"right"], &headers, &sent.arrived, now));
    }
    set.diagnosis()
}

fn findings(told: &SetDiagnosis) -> Vec<(Cause, Certainty)> {
    told.findings().iter().map(|finding| (finding.cause(), finding.certainty())).collect()
}

fn counts(told: &SetDiagnosis) -> Vec<(Cause, u64, &str)> {
    told.causes().iter().map(|cause| (cause.finding().cause(), cause.count(), cause.example())).collect()
}

#[test]
fn all_by_another_secret_is_told_once() {
    let told = told((0..300).map(|number| Sent::new("wrong", "w", &number.to_string())), 0);
    assert_eq!((told.deliveries(), told.authentic(), told.refused(), told.searched()), (300, 0, 300, 10));
    assert_eq!(findings(&told), [(Cause::OtherSecret, Certainty::Likely)]);
    assert_eq!(counts(&told), [(Cause::OtherSecret, 300, "0.json")]);
    let explanation = told.findings()[0].explanation();
    assert!(explanation.ends_with(" webhook \"w\". So it is with all 300 that are refused."), "{explanation}");
}

#[test]
fn only_those_with_letters() {
    let all = (0..20).map(|number| match number % 4 {
        0 => Sent::new("right", "w", "Zoë").arriving(|signed| signed.replace('ë', "\u{fffd}")),
        _ => Sent::new("right", "w", "Ann"),
    });
    let told = told(all, 0);
    let expected = [Cause::BodyLettersLost, Cause::RefusedWithLetters].map(|cause| (cause, Certainty::Likely));
    assert_eq!((told.authentic(), findings(&told)), (15, expected.to_vec()));
}

#[test]
fn only_large_ones() {
    let all = (0..20).map(|number| {
        let contents = if number % 4 == 0 { 1_500 + number } else { 10 * number };
        Sent::new("right", "w", &"x".repeat(contents)).arriving(|signed| signed.chars().take(1_024).collect())
    });
    let told = told(all, 0);
    let expected = [Cause::BodyTruncated, Cause::RefusedIfLarge].map(|cause| (cause, Certainty::Likely));
    assert_eq!(findings(&told), expected);
    let explanation = told.findings()[1].explanation();
    assert!(explanation.contains("have 1024 bytes each, and the largest authentic one has 2"), "{explanation}");
}

#[test]
fn all_since_a_moment_or_until_one() {
    for (first, second, cause, detail) in [
        ("right", "new", Cause::RefusedSince, "The first refused one was sent at 2024-12-24T19:07:19.761Z, "),
        ("old", "right", Cause::RefusedUntil, "The last refused one was sent at 2024-12-24T19:06:19.761Z, "),
    ] {
        let told = told((0..20).map(|number| Sent::new(if number < 10 { first } else { second }, "w", "Ann")), 0);
        let expected = [Cause::OtherSecret, cause].map(|cause| (cause, Certainty::Likely));
        assert_eq!(findings(&told), expected);
        assert!(told.findings()[1].explanation().contains(detail), "{}", told.findings()[1].explanation());
    }
}

#[test]
fn only_those_of_one_webhook() {
    let secret_of = |webhook| if webhook == "w-2" { "wrong" } else { "right" };
    let webhooks = ["w-1", "w-2", "w-3"].into_iter().cycle().take(20);
    let told = told(webhooks.map(|webhook| Sent::new(secret_of(webhook), webhook, "Ann")), 0);
    let expected = [Cause::OtherSecret, Cause::RefusedOfWebhook].map(|cause| (cause, Certainty::Likely));
    assert_eq!(findings(&told), expected);
    assert!(told.findings()[1].explanation().ends_with(" They claim to come from webhook \"w-2\"."));
}

#[test]
fn of_mixed_ones_each_cause_is_counted() {
    let all = (0..40).map(|number| match number % 4 {
        0 => Sent::new("wrong", "w", "Ann"),
        1 => Sent::new("right", "w", "Zoë").arriving(|signed| signed.replace("\":", "\": ")),
        _ => Sent::new("right", "w", "Zoë"),
    });
    let told = told(all, 0);
    assert_eq!((told.authentic(), told.refused(), findings(&told)), (20, 20, Vec::new()));
    assert_eq!(counts(&told), [(Cause::OtherSecret, 10, "0.json"), (Cause::BodyPrintedByPython, 10, "1.json")]);
    assert_eq!(told.causes()[1].finding().certainty(), Certainty::Proved);
}

/// Nobody kept when they arrived, and the signatures of all but some are good.
#[test]
fn what_is_only_old_is_no_sign_of_another_secret() {
    let all = (0..20).map(|number| Sent::new(if number < 10 { "old" } else { "right" }, "w", "Ann"));
    let told = told(all, 40 * 86_400_000);
    let expected = [Cause::SavedLongAgo, Cause::RefusedUntil].map(|cause| (cause, Certainty::Likely));
    assert_eq!((told.authentic(), findings(&told)), (0, expected.to_vec()));
    assert_eq!(counts(&told), [(Cause::SavedLongAgo, 20, "0.json"), (Cause::OtherSecret, 10, "0.json")]);
}

#[test]
fn few_show_nothing() {
    let told = told((0..4).map(|number| Sent::new(if number < 2 { "right" } else { "wrong" }, "w", "Ann")), 0);
    assert_eq!(findings(&told), [(Cause::OtherSecret, Certainty::Likely)]);
}

/// What looks the same is told apart no more once ten in a row were, and what looks different still is.
#[test]
fn the_search_goes_on_where_something_looks_different() {
    let all = (0..200).map(|number| match number {
        ..150 => Sent::new("wrong", "w-1", "Ann"),
        _ => Sent::new("right", "w-2", "Ann").arriving(|signed| signed.replace("\":", "\": ")),
    });
    let told = told(all, 0);
    assert_eq!(told.searched(), 20);
    assert_eq!(counts(&told), [(Cause::OtherSecret, 150, "0.json"), (Cause::BodyPrintedByPython, 50, "150.json")]);
}
