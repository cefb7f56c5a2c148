//! Handlers: their order, what becomes of their failures, and of their time.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Notify, time::sleep};
use tower_service::Service as _;

use crate::support::{Seen, builder, person, send, signed};

#[tokio::test(start_paused = true)]
async fn of_several_that_match_the_first_as_written_is_called_and_only_that_one() {
    let seen = Seen::default();
    let note = |name: &'static str| {
        let seen = seen.clone();
        move |_, _| {
            seen.note(name);
            std::future::ready(())
        }
    };
    let receiver = builder()
        .on("company.created", note("company"))
        .on("person.*", note("person"))
        .on("person.created", note("hidden"))
        .on_unknown(note("unknown"))
        .on("*.*", note("others"))
        .build()
        .unwrap();
    let rocket = person("1").replace("person", "rocket");
    for body in [&person("1"), &person("1").replace("person", "company"), &rocket, "[]"] {
        assert_eq!(send(&receiver, signed(body)).await, "200 handled");
    }
    assert_eq!(seen.lines(), ["person", "company", "others", "unknown"]);
}

#[tokio::test(start_paused = true)]
async fn one_that_fails_releases_the_claim() {
    let (seen, told) = (Seen::default(), Seen::default());
    let noted = seen.clone();
    let receiver = builder()
        .on("person.*", move |_, _| {
            noted.note("called");
            let result = if noted.lines().len() > 1 { Ok(()) } else { Err("the database is away") };
            std::future::ready(result)
        })
        .on_error(told.errors())
        .build()
        .unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 handled");
    assert_eq!(seen.lines(), ["called", "called"]);
    assert_eq!(told.lines(), ["500 handler_failed: The handler failed. (the database is away)"]);
}

#[tokio::test(start_paused = true)]
async fn on_error_gets_the_handlers_own_error_and_the_log_the_words_of_all_that_caused_it() {
    use std::{error::Error as _, io};

    let seen = Seen::default();
    let told = seen.clone();
    let receiver = builder()
        .on_every(|_, _| async { Err(io::Error::new(io::ErrorKind::TimedOut, "the database is away")) })
        .on_error(move |error| {
            let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
            told.note(format!("{:?}", cause.map(io::Error::kind)));
        })
        .build()
        .unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
    assert_eq!(seen.lines(), ["Some(TimedOut)"]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_a_failure_before_and_after_the_first_await() {
    let told = Seen::default();
    let receiver = builder()
        .on("person.*", |delivery, _| {
            assert_ne!(delivery.event().record_id(), Some("1"), "before");
            async move {
                tokio::task::yield_now().await;
                assert_ne!(delivery.event().record_id(), Some("2"), "after");
            }
        })
        .on_error(told.errors())
        .build()
        .unwrap();
    for id in ["1", "1", "2", "2"] {
        assert_eq!(send(&receiver, signed(&person(id))).await, "500 handler_failed");
    }
    assert_eq!(send(&receiver, signed(&person("3"))).await, "200 handled");
    assert!(told.lines()[0].contains("before") && told.lines()[2].contains("after"), "{:?}", told.lines());
}

#[tokio::test(start_paused = true)]
async fn an_on_error_that_panics_costs_no_answer() {
    let receiver = builder().on_every(|_, _| async {}).on_error(|_| panic!("on_error")).build().unwrap();
    let mut unsigned = signed(&person("1"));
    unsigned.headers_mut().clear();
    assert_eq!(send(&receiver, unsigned).await, "401 missing_header");
}

#[tokio::test(start_paused = true)]
async fn a_clock_or_an_error_that_panics_is_told_and_costs_no_answer() {
    #[derive(Debug)]
    struct Speechless;
    impl std::fmt::Display for Speechless {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            panic!("no words")
        }
    }
    impl std::error::Error for Speechless {}

    let told = Seen::default();
    let every = || builder().on_every(|_, _| async { Err(Speechless) });
    let noted = told.clone();
    let receiver = every().on_error(move |error| noted.note(error.code().as_str())).build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
    let receiver = every().clock(|| panic!("it has stopped")).on_error(told.errors()).build().unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 internal");
    assert_eq!(told.lines()[0], "handler_failed");
    assert!(told.lines()[1].ends_with("(it panicked: it has stopped)"), "{:?}", told.lines());
}

#[tokio::test(start_paused = true)]
async fn a_future_that_panics_when_it_is_dropped_costs_no_answer() {
    struct Panics;
    impl Drop for Panics {
        fn drop(&mut self) {
            panic!("in drop");
        }
    }

    let told = Seen::default();
    let receiver = builder()
        .on_every(|_, _| {
            let held = Panics;
            std::future::poll_fn(move |_| {
                let _ = &held;
                std::task::Poll::Ready(())
            })
        })
        .on_error(told.errors())
        .build()
        .unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
    assert_eq!(told.lines(), ["500 handler_failed: The handler failed. (it panicked: in drop)"]);
}

#[tokio::test(start_paused = true)]
async fn in_the_background_the_answer_comes_first() {
    let (seen, told, finish) = (Seen::default(), Seen::default(), Arc::new(Notify::new()));
    let (noted, waiting) = (seen.clone(), Arc::clone(&finish));
    let receiver = builder()
        .on("person.*", move |_, _| {
            let (seen, finish) = (noted.clone(), Arc::clone(&waiting));
            async move {
                finish.notified().await;
                seen.note("called");
                if seen.lines().len() == 1 { Err("failed late") } else { Ok(()) }
            }
        })
        .on_error(told.errors())
        .background()
        .build()
        .unwrap();
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 accepted");
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 duplicate");
    assert!(seen.lines().is_empty() && told.lines().is_empty());
    finish.notify_one();
    sleep(Duration::from_millis(50)).await;
    assert!(told.lines()[0].ends_with("(failed late)"), "{:?}", told.lines());
    // Its claim was released.
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 accepted");
    finish.notify_one();
    sleep(Duration::from_millis(50)).await;
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 duplicate");
    assert_eq!((seen.lines().len(), told.lines().len()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_goes_away_does_not_stop_a_handler() {
    let seen = Seen::default();
    let noted = seen.clone();
    let receiver = builder()
        .on("person.*", move |_, _| {
            let seen = noted.clone();
            async move {
                seen.note("begun");
                sleep(Duration::from_millis(50)).await;
                seen.note("ended");
            }
        })
        .build()
        .unwrap();
    let request = receiver.clone().call(signed(&person("1")));
    assert!(tokio::time::timeout(Duration::from_millis(20), request).await.is_err());
    assert_eq!(seen.lines(), ["begun"]);
    sleep(Duration::from_millis(100)).await;
    assert_eq!(seen.lines(), ["begun", "ended"]);
    assert_eq!(send(&receiver, signed(&person("1"))).await, "200 duplicate");
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_fails_after_the_client_has_gone_is_told_and_releases_the_claim() {
    let told = Seen::default();
    let receiver = builder()
        .on_every(|_, _| async {
            sleep(Duration::from_millis(50)).await;
            Err("the database is away")
        })
        .on_error(told.errors())
        .build()
        .unwrap();
    let request = receiver.clone().call(signed(&person("1")));
    assert!(tokio::time::timeout(Duration::from_millis(20), request).await.is_err());
    assert_eq!(told.lines(), [""; 0]);
    sleep(Duration::from_millis(100)).await;
    assert_eq!(told.lines(), ["500 handler_failed: The handler failed. (the database is away)"]);
    assert_eq!(send(&receiver, signed(&person("1"))).await, "500 handler_failed");
}
