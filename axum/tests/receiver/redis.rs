//! The store in Redis over a connection that answers as it is told; real ones are in `tests/js/receivers/rust`.
#![cfg(feature = "redis")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use redis::{Cmd, ErrorKind, Pipeline, RedisError, RedisFuture, ServerErrorKind, Value, aio::ConnectionLike};
use tokio::time::Instant;
use twenty_webhook_axum::{RedisReplayStore, ReplayStore as _};

/// What becomes of a command.
#[derive(Clone, Copy)]
enum Fate {
    Done,
    /// It is done, and nobody hears of it.
    AnswerLost,
    Fails(ErrorKind),
}

/// A Redis of one key; commands beyond the script are done.
#[derive(Clone, Default)]
struct Redis(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    script: VecDeque<Fate>,
    token: Option<Vec<u8>>,
    asked: usize,
}

impl Redis {
    fn new(script: impl IntoIterator<Item = Fate>) -> Self {
        Self(Arc::new(Mutex::new(State { script: script.into_iter().collect(), ..State::default() })))
    }

    async fn claim(&self) -> Result<Option<String>, String> {
        let (store, ttl) = (RedisReplayStore::new(self.clone()), Duration::from_secs(600));
        store.claim("key", ttl, ttl).await.map_err(|error| error.to_string())
    }

    fn asked(&self) -> usize {
        self.0.lock().expect("not poisoned").asked
    }

    fn is_held_by(&self, token: &str) -> bool {
        self.0.lock().expect("not poisoned").token.as_deref() == Some(token.as_bytes())
    }
}

impl State {
    fn answer(&mut self, command: &Cmd) -> Result<Value, RedisError> {
        self.asked += 1;
        let fate = self.script.pop_front().unwrap_or(Fate::Done);
        if let Fate::Fails(kind) = fate {
            return Err((kind, "as it was told").into());
        }
        let words: Vec<_> = command
            .args_iter()
            .map(|word| match word {
                redis::Arg::Simple(word) => word.to_vec(),
                _ => Vec::new(),
            })
            .collect();
        let value = match (&words[0][..], &self.token) {
            (b"SET", None) => {
                self.token = Some(words[2].clone());
                Value::Okay
            }
            (b"SET", Some(_)) | (_, None) => Value::Nil,
            (_, Some(token)) => Value::BulkString(token.clone()),
        };
        if let Fate::AnswerLost = fate { Err((ErrorKind::Io, "the connection broke").into()) } else { Ok(value) }
    }
}

impl ConnectionLike for Redis {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        Box::pin(async { self.0.lock().expect("not poisoned").answer(command) })
    }

    fn req_packed_commands<'a>(&'a mut self, _: &'a Pipeline, _: usize, _: usize) -> RedisFuture<'a, Vec<Value>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn get_db(&self) -> i64 {
        0
    }
}

const fn server(kind: ServerErrorKind) -> Fate {
    Fate::Fails(ErrorKind::Server(kind))
}

#[tokio::test(start_paused = true)]
async fn a_claim_whose_answer_was_lost_is_found_whatever_comes_between() {
    let unwell = [
        server(ServerErrorKind::BusyLoading),
        server(ServerErrorKind::NoPerm),
        Fate::Fails(ErrorKind::Extension),
        Fate::Fails(ErrorKind::Io),
        Fate::Fails(ErrorKind::AuthenticationFailed),
    ];
    let redis = Redis::new([Fate::AnswerLost].into_iter().chain(unwell));
    let token = redis.claim().await.unwrap().expect("it is ours");
    assert!(redis.is_held_by(&token));
    assert_eq!(redis.claim().await, Ok(None));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_will_be_well_again_is_asked_again() {
    for kind in [
        ServerErrorKind::BusyLoading,
        ServerErrorKind::MasterDown,
        ServerErrorKind::TryAgain,
        ServerErrorKind::ReadOnly,
        ServerErrorKind::ClusterDown,
    ] {
        let redis = Redis::new([server(kind); 3]);
        assert!(redis.claim().await.unwrap().is_some(), "{kind:?}");
        assert_eq!(redis.asked(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_is_not_asked_again_if_nothing_was_lost() {
    for fate in [server(ServerErrorKind::NoPerm), Fate::Fails(ErrorKind::AuthenticationFailed)] {
        let redis = Redis::new([fate]);
        assert!(redis.claim().await.is_err());
        assert_eq!(redis.asked(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_never_answers_is_given_up_after_a_minute() {
    for fate in [Fate::Fails(ErrorKind::Io), server(ServerErrorKind::BusyLoading)] {
        let redis = Redis::new([fate; 1_000]);
        let start = Instant::now();
        assert!(redis.claim().await.is_err());
        let seconds = start.elapsed().as_secs();
        assert_eq!(seconds, 60);
        // Pauses of 50, 100, 200 and 400 ms, then of 500.
        assert_eq!(redis.asked(), 124);
    }
}
