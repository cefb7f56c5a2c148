//! Bodies that are cut off, poured without end, or gone before the receiver gets them.

use std::future::ready;

use axum::{
    Router,
    body::Body,
    extract::Request,
    middleware::{self, Next},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::timeout,
};

use crate::support::{PATIENCE, Seen, Server, answer, builder, person, signature};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_leaves_in_the_middle_of_a_body_is_a_warning_of_its_own() {
    for (lengths, begun) in
        [("Content-Length: 50\r\n", "{\"a\":"), ("Transfer-Encoding: chunked\r\n", "5\r\n{\"a\":\r\n")]
    {
        let seen = Seen::default();
        let receiver = seen.of(builder().on_every(|_, _| ready(()))).build().unwrap();
        let server = Server::of(receiver.clone()).await;
        let mut stream = server.connect().await;
        let head = format!("POST / HTTP/1.1\r\nHost: crm\r\n{lengths}{}\r\n", signature("{}"));
        stream.write_all(format!("{head}{begun}").as_bytes()).await.unwrap();
        drop(stream);
        let lines = seen.lines(2).await;
        assert!(
            lines[0].starts_with("body_timeout: The client went away before the body was complete."),
            "{lengths}: {lines:?}"
        );
        assert_eq!(lines[1], "408 refused");
        receiver.drain().await;
        assert_eq!(seen.lines(2).await.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_of_a_body_that_does_not_end_is_the_end_of_its_connection() {
    let server = Server::of(builder().on_every(|_, _| ready(())).build().unwrap()).await;
    for (lengths, expected) in [
        ("Transfer-Encoding: chunked\r\n", "401 {\"code\":\"missing_header\"}"),
        ("Content-Length: 1000000\r\n", "401 {\"code\":\"missing_header\"}"),
    ] {
        // It neither goes on nor leaves.
        let mut stream = server.connect().await;
        stream.write_all(format!("POST / HTTP/1.1\r\nHost: crm\r\n{lengths}\r\n1\r\n").as_bytes()).await.unwrap();
        assert_eq!(answer(&mut stream).await, expected);
        assert_eq!(timeout(PATIENCE, stream.read(&mut [0])).await.expect("an end").unwrap_or(0), 0);

        // It pours.
        let mut stream = server.connect().await;
        stream.write_all(format!("POST / HTTP/1.1\r\nHost: crm\r\n{lengths}\r\n").as_bytes()).await.unwrap();
        let piece = [&b"10000\r\n"[..], &vec![b'a'; 0x10000], b"\r\n"].concat();
        let pouring = async {
            let mut taken = 0;
            while stream.write_all(&piece).await.is_ok() {
                taken += piece.len();
            }
            taken
        };
        let taken = timeout(PATIENCE, pouring).await.expect("an end");
        assert!(taken < 1 << 25, "{taken} bytes were taken");
    }
}

/// A refusal costs nobody a connection whose rest is short.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_goes_on_after_the_refusal_of_a_short_body() {
    let server = Server::of(builder().on_every(|_, _| ready(())).build().unwrap()).await;
    let mut stream = server.connect().await;
    let body = "a".repeat(60_000);
    let unsigned = format!("POST / HTTP/1.1\r\nHost: crm\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(unsigned.as_bytes()).await.unwrap();
    assert_eq!(answer(&mut stream).await, "401 {\"code\":\"missing_header\"}");
    let body = person("1");
    let head = format!("POST / HTTP/1.1\r\nHost: crm\r\nContent-Length: {}\r\n{}\r\n", body.len(), signature(&body));
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    assert_eq!(answer(&mut stream).await, "200 {\"outcome\":\"handled\"}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_layer_that_reads_the_body_is_named_as_the_cause() {
    async fn reads(request: Request, next: Next) -> axum::response::Response {
        let (head, body) = request.into_parts();
        axum::body::to_bytes(body, usize::MAX).await.unwrap();
        next.run(Request::from_parts(head, Body::empty())).await
    }
    let seen = Seen::default();
    let receiver = seen.of(builder().on_every(|_, _| ready(()))).build().unwrap();
    let app = Router::new().route_service("/", receiver).layer(middleware::from_fn(reads));
    let server = Server::of_app(app).await;
    let body = person("1");
    let head = format!("POST / HTTP/1.1\r\nHost: crm\r\nContent-Length: {}\r\n{}\r\n", body.len(), signature(&body));
    assert_eq!(server.ask(format!("{head}{body}").as_bytes()).await, "500 {\"code\":\"body_already_read\"}");
    let told = &seen.lines(1).await[0];
    assert!(told.contains(".route_service(path, receiver), outside every .layer(...) that reads bodies"), "{told}");
}
