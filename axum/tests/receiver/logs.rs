//! The log.
#![cfg(feature = "tracing")]

use std::{
    future::poll_fn,
    io,
    pin::pin,
    sync::{Arc, LazyLock, Mutex},
    task::Poll,
    time::Duration,
};

use http::HeaderValue;
use tokio::time::sleep;
use tower_service::Service as _;
use tracing::{Dispatch, subscriber::NoSubscriber};
use tracing_subscriber::fmt::MakeWriter;

use twenty_webhook_axum::{Secret, Webhook, receive};

use crate::support::{SECRET, builder, person, send, signed};

/// Lives as long as the tests. While only one subscriber is registered, tracing asks the default of the thread that comes
/// first to a line whether anybody wants it, for good: a test without a log would silence that line in the test with it.
pub(crate) static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::new()));

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// Of this thread, on which a test's tasks run, too.
    pub(crate) fn begin() -> (Self, tracing::subscriber::DefaultGuard) {
        LazyLock::force(&SECOND);
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).without_time().finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        let text = self.0.lock().expect("not poisoned");
        String::from_utf8_lossy(&text).lines().map(|line| line.trim().to_owned()).collect()
    }
}

#[tokio::test]
async fn a_refusal_is_one_line_that_gives_nothing_away() {
    let (log, _guard) = Log::begin();
    let receiver = builder().on_every(|_, _| async {}).build().unwrap();
    let mut forged = signed(&person("the record"));
    let genuine = forged.headers()["x-twenty-webhook-signature"].to_str().unwrap().to_owned();
    forged.headers_mut().insert("x-twenty-webhook-signature", HeaderValue::from_str(&"0".repeat(64)).unwrap());
    assert_eq!(send(&receiver, forged).await, "401 signature_mismatch");
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("WARN twenty_webhook: signature_mismatch: The signature does not belong"),
        "{}",
        lines[0]
    );
    assert!(![&genuine, SECRET, "the record"].iter().any(|secret| lines[0].contains(*secret)));
}

#[tokio::test]
async fn a_refusal_names_the_webhook() {
    let (log, _guard) = Log::begin();
    let webhook = Webhook::new(Secret::new(SECRET).unwrap()).name("acme").unwrap();
    let receiver = receive(webhook).on_every(|_, _| async {}).build().unwrap();
    let mut unsigned = signed("{}");
    unsigned.headers_mut().remove("x-twenty-webhook-signature");
    assert_eq!(send(&receiver, unsigned).await, "401 missing_header");
    assert!(log.lines()[0].ends_with(r#"webhook="acme""#), "{:?}", log.lines());
}

#[tokio::test]
async fn a_failure_is_one_line_with_its_cause() {
    let (log, _guard) = Log::begin();
    let receiver = builder().on_every(|_, _| async { Err("the database is away") }).build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("ERROR twenty_webhook: handler_failed: "), "{}", lines[0]);
    assert!(lines[0].contains("the database is away"), "{}", lines[0]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_after_the_client_has_gone_is_logged() {
    let (log, _guard) = Log::begin();
    let slow = || async {
        sleep(Duration::from_millis(50)).await;
        Err("the database is away")
    };
    let receiver = builder().on_every(move |_, _| slow()).build().unwrap();
    let request = receiver.clone().call(signed(&person("1")));
    assert!(tokio::time::timeout(Duration::from_millis(20), request).await.is_err());
    sleep(Duration::from_millis(100)).await;
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("ERROR twenty_webhook: handler_failed: "), "{}", lines[0]);
}

#[tokio::test]
async fn what_goes_well_is_not_logged() {
    let (log, _guard) = Log::begin();
    let receiver = builder().on("person.*", |_, _| async {}).build().unwrap();
    for expected in ["200 handled", "200 duplicate"] {
        assert_eq!(send(&receiver, signed(&person("1"))).await, expected);
    }
    assert_eq!(send(&receiver, signed(&person("1").replace("person", "company"))).await, "200 ignored");
    assert_eq!(log.lines(), [""; 0]);
}

#[tokio::test]
async fn a_name_or_an_id_with_a_line_feed_does_not_break_the_line() {
    let (log, _guard) = Log::begin();
    let receiver = builder().on_every(|_, _| async { Err("no") }).build().unwrap();
    let body = r#"{"eventName":"person.a\nERROR b","record":{"id":"1\nERROR 2"}}"#;
    assert_eq!(send(&receiver, signed(body)).await, "500 handler_failed");
    assert!(
        log.lines()[0].contains(r"person.a\nERROR b") && log.lines()[0].contains(r"1\nERROR 2"),
        "{:?}",
        log.lines()
    );
    assert_eq!(log.lines().len(), 1, "{:?}", log.lines());
}

#[tokio::test]
async fn what_is_likely_a_mistake_is_a_warning_when_the_receiver_is_made() {
    let (log, _guard) = Log::begin();
    builder().on("person.*", |_, _| async {}).on("person.create", |_, _| async {}).build().unwrap();
    let lines = log.lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with(r#"WARN twenty_webhook: The route "person.create" is never taken"#), "{}", lines[0]);
    assert!(lines[1].ends_with(r#"the action of "person.create": write "created"."#), "{}", lines[1]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_handler_is_told_of_while_it_runs_and_in_the_background_never() {
    let (log, _guard) = Log::begin();
    let slow = || builder().on_every(|_, _| sleep(Duration::from_millis(4_500)));
    let begun = tokio::spawn({
        let receiver = slow().build().unwrap();
        async move { send(&receiver, signed(&person("1"))).await }
    });
    sleep(Duration::from_millis(3_900)).await;
    assert_eq!(log.lines(), [""; 0]);
    sleep(Duration::from_millis(200)).await;
    assert_eq!(log.lines().len(), 1);
    assert!(log.lines()[0].contains("The handler is still running after 4 s"), "{:?}", log.lines());
    assert_eq!(begun.await.unwrap(), "200 handled");

    assert_eq!(send(&slow().background().build().unwrap(), signed(&person("2"))).await, "200 accepted");
    sleep(Duration::from_secs(10)).await;
    assert_eq!(log.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_blocks_its_thread_for_long_is_told_of_when_it_has_ended() {
    let (log, _guard) = Log::begin();
    // The clock goes on, and nobody gets to look at it.
    let blocks = |_, _| {
        poll_fn(|context| {
            let _ = pin!(tokio::time::advance(Duration::from_secs(5))).poll(context);
            Poll::Ready(())
        })
    };
    let receiver = builder().on_every(blocks).build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 handled");
    assert!(log.lines()[0].contains("The handler is still running after 4 s"), "{:?}", log.lines());
}

#[tokio::test]
async fn a_handlers_own_lines_stand_under_the_requests_span() {
    use tracing::Instrument as _;

    let (log, _guard) = Log::begin();
    let receiver = builder().on_every(|_, _| async { tracing::info!("in the handler") }).build().unwrap();
    let span = tracing::info_span!("request");
    assert_eq!(send(&receiver, signed(&person("1"))).instrument(span).await, "200 handled");
    assert!(log.lines()[0].contains("request: ") && log.lines()[0].contains("in the handler"), "{:?}", log.lines());
}

#[tokio::test]
async fn a_panic_of_what_is_told_is_a_line_that_names_the_delivery() {
    let (log, _guard) = Log::begin();
    let receiver = builder()
        .on_every(|_, _| async { Err("no") })
        .on_error(|_| panic!("a bug"))
        .on_outcome(|_| panic!("another"))
        .build()
        .unwrap();
    assert_eq!(send(&receiver, signed(&person("7"))).await, "500 handler_failed");
    let lines = log.lines();
    for (line, what) in lines[1..].iter().zip(["on_error", "on_outcome"]) {
        assert!(line.starts_with(&format!("ERROR twenty_webhook: {what} failed (it panicked: a")), "{line}");
        let names = ["delivery_id=", r#"event_name="person.created""#, r#"record_id="7""#];
        assert!(names.iter().all(|name| line.contains(name)), "{line}");
    }
    assert_eq!(lines.len(), 3);
}
