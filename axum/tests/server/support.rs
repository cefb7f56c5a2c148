//! A server, and a client that writes what it likes.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::Router;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
    time::{sleep, timeout},
};
use twenty_webhook_axum::{Receiver, ReceiverBuilder, Secret, Webhook, receive};

const SECRET: &str = "the secret of these tests";

pub(crate) fn builder() -> ReceiverBuilder {
    receive(Webhook::new(Secret::new(SECRET).expect("a secret")))
}

pub(crate) fn person(id: &str) -> String {
    format!(r#"{{"eventName":"person.created","record":{{"id":"{id}"}}}}"#)
}

/// The lines of a request's head that sign this body.
pub(crate) fn signature(body: &str) -> String {
    let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let tag = hex::encode(hmac_sha256::HMAC::mac(format!("{timestamp}:{body}"), SECRET));
    format!("X-Twenty-Webhook-Timestamp: {timestamp}\r\nX-Twenty-Webhook-Signature: {tag}\r\n")
}

/// A server that ends with this.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    task: AbortHandle,
}

impl Server {
    pub(crate) async fn of(receiver: Receiver) -> Self {
        Self::of_app(Router::new().route_service("/", receiver)).await
    }

    pub(crate) async fn of_app(app: Router) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let task = tokio::spawn(async { axum::serve(listener, app).await.expect("it serves") }).abort_handle();
        Self { address, task }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// The status and the body of the answer to a request on a connection of its own.
    pub(crate) async fn ask(&self, request: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request).await.expect("it takes the request");
        answer(&mut stream).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The status and the body of the next answer.
pub(crate) async fn answer(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    while !text.ends_with(b"}") {
        let piece = timeout(PATIENCE, stream.read_buf(&mut text)).await.expect("an answer").expect("an answer");
        assert_ne!(piece, 0, "it closed after {:?}", String::from_utf8_lossy(&text));
    }
    let text = String::from_utf8(text).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    format!("{} {body}", &head["HTTP/1.1 ".len()..][..3])
}

/// Long enough for any machine; what is awaited comes within milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// What happened, in order.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    pub(crate) fn note(&self, line: impl Into<String>) {
        self.0.lock().expect("not poisoned").push(line.into());
    }

    /// Once there are so many at least.
    pub(crate) async fn lines(&self, count: usize) -> Vec<String> {
        let there = async {
            loop {
                let lines = self.0.lock().expect("not poisoned").clone();
                if lines.len() >= count {
                    break lines;
                }
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, there).await.expect("they come")
    }

    /// Notes outcomes and the reasons of refusals.
    pub(crate) fn of(&self, builder: ReceiverBuilder) -> ReceiverBuilder {
        let (told, outcomes) = (self.clone(), self.clone());
        builder
            .on_error(move |error| {
                let cause = std::error::Error::source(error).map_or("", |_| " (with its cause)");
                told.note(format!("{}: {error}{cause}", error.code()));
            })
            .on_outcome(move |told| outcomes.note(format!("{} {}", told.outcome.status(), told.outcome.as_str())))
    }
}
