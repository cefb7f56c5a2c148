//! A Redis of a test's own.

use std::{
    process::{Child, Command, Stdio},
    time::Instant,
};

use redis::aio::ConnectionManager;
use tempfile::TempDir;
use twenty_webhook_axum::RedisReplayStore;

use crate::deliveries::PATIENCE;

pub(crate) struct Redis {
    folder: TempDir,
    server: Child,
}

impl Redis {
    pub(crate) fn begin() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Command::new("redis-server");
        server.args(["--port", "0", "--save", "", "--unixsocket"]).arg(folder.path().join("socket"));
        let server = server.current_dir(folder.path()).stdout(Stdio::null()).spawn().expect("redis-server runs");
        Self { folder, server }
    }

    pub(crate) fn url(&self) -> String {
        format!("redis+unix://{}", self.folder.path().join("socket").to_str().expect("text"))
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

/// Once the server listens.
pub(crate) async fn store(url: &str) -> RedisReplayStore<ConnectionManager> {
    let (client, begun) = (redis::Client::open(url).expect("a client"), Instant::now());
    loop {
        match ConnectionManager::new(client.clone()).await {
            Ok(connection) => return RedisReplayStore::new(connection),
            Err(error) => assert!(begun.elapsed() < PATIENCE, "{error}"),
        }
    }
}
