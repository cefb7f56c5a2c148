//! Bodies: in pieces, too large, too slow, broken off, read by somebody else, left unread.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Version};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt as _, Empty, Full, Limited};
use tokio::time::{Instant, sleep};
use twenty_webhook_axum::{Receiver, Secret, Webhook, receive};

use crate::support::{Pieces, SECRET, Seen, answer, builder, person, send, signed, words};

fn receiver(told: &Seen) -> Receiver {
    builder().on_every(|_, _| async {}).on_error(told.errors()).build().expect("a receiver")
}

fn in_pieces(body: &str, ends: bool) -> Request<Pieces> {
    let pieces = body.as_bytes().chunks(7).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    signed(body).map(|_| Pieces::new(pieces, ends))
}

#[tokio::test]
async fn pieces_are_joined() {
    let receiver = receiver(&Seen::default());
    assert_eq!(send(&receiver, in_pieces(&person("1"), true)).await, "200 handled");
    let trailers = async { Some(Ok(http::HeaderMap::new())) };
    let request = signed(&person("2")).map(|body| body.with_trailers(trailers));
    assert_eq!(send(&receiver, request).await, "200 handled");
}

#[tokio::test]
async fn the_limit_holds_whether_the_length_is_told_or_not() {
    let webhook = Webhook::new(Secret::new(SECRET).unwrap()).max_body_bytes(100);
    let receiver = receive(webhook).on_every(|_, _| async {}).build().unwrap();
    let body = |bytes: usize| format!("\"{}\"", "a".repeat(bytes - 2));
    for (bytes, expected) in [(100, "200 handled"), (101, "413 payload_too_large")] {
        assert_eq!(send(&receiver, signed(&body(bytes))).await, expected);
        let mut untold = in_pieces(&body(bytes).replace('a', "b"), true);
        untold.headers_mut().remove("content-length");
        assert_eq!(send(&receiver, untold).await, expected);
    }
}

#[tokio::test]
async fn a_smaller_limit_of_a_layer_is_not_told_as_a_client_that_has_gone() {
    let told = Seen::default();
    let limited = in_pieces(&person("1"), true).map(|body| Limited::new(body, 10));
    assert_eq!(send(&receiver(&told), limited).await, "413 payload_too_large");
    assert!(told.lines()[0].contains("a smaller limit than the receiver"), "{:?}", told.lines());
}

#[tokio::test(start_paused = true)]
async fn one_that_never_ends_is_given_up_after_ten_seconds() {
    let told = Seen::default();
    let receiver = receiver(&told);
    let start = Instant::now();
    let response = answer(&receiver, in_pieces(&person("1"), false)).await;
    assert_eq!(start.elapsed().as_secs(), 10);
    assert_eq!(response.headers()["connection"], "close");
    assert_eq!(words(response).await, "408 body_timeout");
    assert!(told.lines()[0].starts_with("408 body_timeout: The body did not arrive in time."), "{:?}", told.lines());

    let quicker = builder().on_every(|_, _| async {}).body_timeout(Duration::from_secs(2)).build().unwrap();
    let start = Instant::now();
    assert_eq!(send(&quicker, in_pieces(&person("1"), false)).await, "408 body_timeout");
    assert_eq!(start.elapsed().as_secs(), 2);
}

#[tokio::test]
async fn one_that_breaks_off_is_told_with_its_cause() {
    let told = Seen::default();
    let pieces = Pieces::new(vec![Ok(Bytes::from_static(b"{")), Err("connection reset".to_owned())], true);
    assert_eq!(send(&receiver(&told), signed(&person("1")).map(|_| pieces)).await, "408 body_timeout");
    let reason = "408 body_timeout: The client went away before the body was complete. (connection reset)";
    assert_eq!(told.lines(), [reason]);
}

/// So hyper shows a stream of HTTP/2 that was cancelled.
#[tokio::test]
async fn one_that_ends_before_its_length_is_of_a_client_that_has_gone() {
    let told = Seen::default();
    for pieces in [vec![], vec![Ok(Bytes::from_static(b"{"))]] {
        let body = Pieces::new(pieces, true).promising(2);
        assert_eq!(send(&receiver(&told), signed(&person("1")).map(|_| body)).await, "408 body_timeout");
    }
    assert_eq!(told.lines(), ["408 body_timeout: The client went away before the body was complete."; 2]);
}

#[tokio::test]
async fn one_that_somebody_else_has_read_is_told_with_the_line_to_change() {
    let told = Seen::default();
    let response = answer(&receiver(&told), signed(&person("1")).map(|_| Empty::<Bytes>::new())).await;
    assert!(!response.headers().contains_key("connection"));
    assert_eq!(words(response).await, "500 body_already_read");
    assert!(told.lines()[0].contains(".route_service(path, receiver)"), "{:?}", told.lines());
    // Nothing was sent, and nothing is missing.
    assert_eq!(send(&receiver(&told), signed("")).await, "200 handled");
}

#[tokio::test]
async fn a_refusal_closes_the_connection_only_where_much_is_left_unread() {
    let receiver = receiver(&Seen::default());
    let unsigned = |bytes: usize, version| {
        let body = Full::<Bytes>::from("a".repeat(bytes));
        Request::post("/").version(version).body(body).expect("a request")
    };
    for (bytes, version, closes) in [
        (0, Version::HTTP_11, false),
        (65_536, Version::HTTP_11, false),
        (65_537, Version::HTTP_11, true),
        (65_537, Version::HTTP_2, false),
    ] {
        let response = answer(&receiver, unsigned(bytes, version)).await;
        assert_eq!(response.headers().contains_key("connection"), closes, "{bytes} {version:?}");
        assert_eq!(words(response).await, "401 missing_header");
    }
    let unknown = Request::post("/").body(Pieces::new(vec![], false)).unwrap();
    assert!(answer(&receiver, unknown).await.headers().contains_key("connection"));
}

/// Sixty bytes that never come.
struct Silent {
    _held: Arc<()>,
}

impl Body for Silent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(60)
    }
}

#[tokio::test(start_paused = true)]
async fn the_rest_of_what_was_refused_is_waited_for_a_second() {
    let alive = Arc::new(());
    let unsigned = Request::post("/").body(Silent { _held: Arc::clone(&alive) }).unwrap();
    assert_eq!(send(&receiver(&Seen::default()), unsigned).await, "401 missing_header");
    sleep(Duration::from_millis(900)).await;
    assert_eq!(Arc::strong_count(&alive), 2);
    sleep(Duration::from_millis(200)).await;
    assert_eq!(Arc::strong_count(&alive), 1);
}
