//! A receiver on this machine that keeps what it is sent.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
};

use anyhow::Context as _;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};

use crate::delivery::SECRET;

/// What it answers, by the number of the request, from 0, and its body.
pub(crate) type Answering = fn(usize, &[u8]) -> Response;

#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) uri: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Receiver {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    _runtime: tokio::runtime::Runtime,
}

impl Receiver {
    pub(crate) fn new(answering: Answering) -> anyhow::Result<Self> {
        let received = Arc::default();
        let router = Router::new().fallback(receive).with_state((answering, Arc::clone(&received)));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build()?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}/webhooks/twenty", listener.local_addr()?);
        runtime.spawn(async move { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await });
        Ok(Self { url, received, _runtime: runtime })
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().map(|received| received.clone()).unwrap_or_default()
    }
}

type Kept = Arc<Mutex<Vec<Received>>>;

async fn receive(
    State((answering, kept)): State<(Answering, Kept)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let number = kept.lock().map_or(0, |mut kept| {
        kept.push(Received { uri: uri.to_string(), headers, body: body.to_vec() });
        kept.len() - 1
    });
    answering(number, &body)
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The timestamp, if the signature is the one of Twenty, by another implementation of HMAC.
    pub(crate) fn signed_at(&self) -> anyhow::Result<u64> {
        let timestamp = self.header("x-twenty-webhook-timestamp").context("no timestamp")?;
        let text = [timestamp.as_bytes(), b":", &self.body].concat();
        let expected = hex::encode(hmac_sha256::HMAC::mac(text, SECRET));
        anyhow::ensure!(self.header("x-twenty-webhook-signature") == Some(&expected), "another signature");
        Ok(timestamp.parse()?)
    }
}
