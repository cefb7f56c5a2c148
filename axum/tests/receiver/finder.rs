//! The webhook found late.

use std::{
    future::{pending, ready},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use http::{HeaderValue, Method};
use tokio::time::{Instant, sleep};
use tower_service::Service as _;
use twenty_webhook_axum::{Head, Receiver, Secret, Webhook, receive, receive_with};

use crate::support::{SECRET, Seen, person, send, signed};

fn webhook() -> Arc<Webhook> {
    Arc::new(Webhook::new(Secret::new(SECRET).expect("a secret")))
}

/// A receiver that asks this function, with what it tells.
fn asking<F, R>(find: F) -> (Receiver, Seen)
where
    F: Fn(Head) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Option<Arc<Webhook>>, &'static str>> + Send + 'static,
{
    let told = Seen::default();
    let receiver = receive_with(find).on_every(|_, _| ready(())).on_error(told.errors()).build();
    (receiver.expect("a receiver"), told)
}

const UNAVAILABLE: &str =
    "500 webhook_unavailable: The function that finds the webhook of a request failed or took too long.";

#[tokio::test(start_paused = true)]
async fn the_head_says_which_one_a_request_is_for() {
    let webhook = webhook();
    let (receiver, told) = asking(move |head| {
        ready(Ok((head.uri.path() == "/webhooks/twenty" && head.headers.contains_key("host")).then(|| webhook.clone())))
    });
    let mut request = signed(&person("1"));
    assert_eq!(send(&receiver, request.clone()).await, "404 unknown_webhook");
    request.headers_mut().insert("host", HeaderValue::from_static("crm"));
    assert_eq!(send(&receiver, request).await, "200 handled");
    let unknown = "404 unknown_webhook: The function that finds the webhook of a request knows none for this one.";
    assert_eq!(told.lines(), [unknown]);
}

#[tokio::test(start_paused = true)]
async fn an_error_a_panic_and_no_answer_within_two_seconds_are_one_code() {
    let (receiver, told) = asking(|_| ready(Err("no route to host")));
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 webhook_unavailable");
    assert_eq!(told.lines(), [format!("{UNAVAILABLE} (no route to host)")]);

    let (receiver, told) = asking(|_| -> std::future::Ready<_> { panic!("before") });
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 webhook_unavailable");
    assert_eq!(told.lines(), [format!("{UNAVAILABLE} (it panicked: before)")]);

    let (receiver, told) = asking(|_| async {
        sleep(Duration::from_millis(1)).await;
        panic!("after")
    });
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 webhook_unavailable");
    assert_eq!(told.lines(), [format!("{UNAVAILABLE} (it panicked: after)")]);

    let (receiver, told) = asking(|_| pending());
    let start = Instant::now();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 webhook_unavailable");
    assert_eq!(start.elapsed().as_secs(), 2);
    assert_eq!(told.lines(), [format!("{UNAVAILABLE} (no answer within 2 s)")]);
}

#[tokio::test(start_paused = true)]
async fn one_that_panics_when_it_is_given_up_on_costs_no_answer() {
    struct Panics;
    impl Drop for Panics {
        fn drop(&mut self) {
            panic!("in drop");
        }
    }
    let (receiver, told) = asking(|_| async {
        let _held = Panics;
        pending().await
    });
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 webhook_unavailable");
    assert_eq!(told.lines(), [format!("{UNAVAILABLE} (no answer within 2 s)")]);
}

#[tokio::test(start_paused = true)]
async fn a_tolerance_too_long_for_the_life_of_a_claim_is_found_with_the_webhook() {
    let patient = Arc::new((*webhook()).clone().tolerance(Duration::from_secs(12 * 60 * 60)));
    let (receiver, told) = asking(move |_| ready(Ok(Some(patient.clone()))));
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 webhook_unavailable");
    assert!(told.lines()[0].contains("at least twice the tolerance"), "{:?}", told.lines());
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_about_what_is_refused_in_any_case() {
    let (asked, webhook) = (Arc::new(AtomicUsize::new(0)), webhook());
    let counted = asked.clone();
    let (receiver, _) = asking(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        ready(Ok(Some(webhook.clone())))
    });
    let (mut fetched, mut encoded, mut listed) = (signed("{}"), signed("{}"), signed("{}"));
    *fetched.method_mut() = Method::GET;
    assert_eq!(send(&receiver, fetched).await, "405 method_not_allowed");
    encoded.headers_mut().insert("content-encoding", HeaderValue::from_static("gzip"));
    assert_eq!(send(&receiver, encoded).await, "415 unsupported_content_encoding");
    listed.headers_mut().insert("content-length", HeaderValue::from_static("2, 2"));
    assert_eq!(send(&receiver, listed).await, "400 malformed_content_length");
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    assert_eq!(send(&receiver, signed("{}")).await, "200 handled");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_for_a_client_that_has_gone_is_told() {
    let (receiver, told) = asking(|_| pending());
    let request = receiver.clone().call(signed(&person("1")));
    assert!(tokio::time::timeout(Duration::from_millis(500), request).await.is_err());
    sleep(Duration::from_secs(2)).await;
    assert_eq!(told.lines(), [format!("{UNAVAILABLE} (no answer within 2 s)")]);
}

#[tokio::test(start_paused = true)]
async fn one_that_others_have_can_be_shared() {
    let receiver = receive(webhook()).on_every(|_, _| ready(())).build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 handled");
}
