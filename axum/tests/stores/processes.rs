//! Several processes that share their claims.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use tokio::time::sleep;
use twenty_webhook_axum::{Receiver, ReplayStore};

use crate::{
    deliveries::{PATIENCE, builder, deliver},
    postgres::{self, Postgres},
    redis::{self, Redis},
    sqlite,
};

const PROCESSES: usize = 4;

/// Processes of these tests. Each delivers every event so often to a receiver of its own.
struct Processes(Vec<Child>);

impl Processes {
    /// They begin their work all at once.
    fn begin(store: &str, events: usize, copies: usize, handled: &Path) -> Self {
        let mut processes = Self((0..PROCESSES).map(|_| begin(store, events, copies, handled)).collect());
        for child in &mut processes.0 {
            child.stdin.take().expect("a pipe").write_all(b"go\n").expect("it waits");
        }
        processes
    }

    fn end_well(mut self) {
        assert!(self.0.iter_mut().all(|process| process.wait().unwrap().success()));
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for child in &mut self.0 {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

fn begin(store: &str, events: usize, copies: usize, handled: &Path) -> Child {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "processes::one_of_several", "--ignored", "--nocapture"]);
    child.env("STORE", store).env("HANDLED", handled);
    child.env("EVENTS", events.to_string()).env("COPIES", copies.to_string());
    child.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the tests below run it"]
async fn one_of_several() {
    let told = |name| env::var(name).expect("these tests run it");
    let store: Arc<dyn ReplayStore> = match told("STORE").split_once(' ').unwrap() {
        ("sqlite", folder) => Arc::new(sqlite::store(Path::new(folder))),
        ("postgres", host) => Arc::new(postgres::store(host, 5432)),
        (_, url) => Arc::new(redis::store(url).await),
    };
    let handled = PathBuf::from(told("HANDLED"));
    let receiver = builder()
        .on_every(move |delivery, _| {
            // One write is one line, whoever else writes.
            let mut file = fs::File::options().create(true).append(true).open(&handled).unwrap();
            let line = format!("{}\n", delivery.event().record_id().unwrap());
            async move { file.write_all(line.as_bytes()) }
        })
        .replay_store(store)
        .build()
        .unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
    let copies: usize = told("COPIES").parse().unwrap();
    for event in 0..told("EVENTS").parse().unwrap() {
        let delivering: Vec<_> = (0..copies)
            .map(|_| {
                let receiver = receiver.clone();
                tokio::spawn(async move { deliver_until_known(&receiver, &event.to_string()).await })
            })
            .collect();
        for answer in delivering {
            answer.await.unwrap();
        }
    }
    receiver.drain().await;
}

/// On a busy machine a store may take longer than it has. What it then grants late is given back before the event comes again.
async fn deliver_until_known(receiver: &Receiver, id: &str) {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match &*deliver(receiver, id).await {
            "handled" | "duplicate" => return,
            answer => assert_eq!(answer, "replay_store_unavailable"),
        }
        receiver.drain().await;
        sleep(Duration::from_millis(20)).await;
    }
    panic!("the store stays unavailable");
}

/// How often each event was handled.
fn handled(file: &Path) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in fs::read_to_string(file).unwrap_or_default().lines() {
        *counts.entry(line.to_owned()).or_default() += 1;
    }
    counts
}

fn wait_until_handled(events: usize, file: &Path) {
    let begun = Instant::now();
    while handled(file).len() < events {
        assert!(begun.elapsed() < PATIENCE, "{:?}", handled(file));
        thread::sleep(Duration::from_millis(5));
    }
}

fn a_thousand_copies(store: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("handled");
    Processes::begin(store, 1, 1_000 / PROCESSES, &file).end_well();
    let counts: Vec<_> = handled(&file).into_iter().collect();
    assert_eq!(counts, [("0".to_owned(), 1)]);
}

/// The events that the killed one had claimed and not handled are lost, which is what a claim before the handler means; none is
/// handled twice, and all others are handled.
fn one_is_killed(store: &str) {
    let (folder, events) = (tempfile::tempdir().unwrap(), 500);
    let file = folder.path().join("handled");
    let mut processes = Processes::begin(store, events, 2, &file);
    wait_until_handled(50, &file);
    let mut killed = processes.0.remove(0);
    killed.kill().unwrap();
    assert!(!killed.wait().unwrap().success(), "it was killed");
    processes.end_well();
    let counts = handled(&file);
    assert!(counts.values().all(|&times| times == 1), "{counts:?}");
    // Two copies at a time were on their way in it.
    assert!(counts.len() >= events - 2, "{} of {events}", counts.len());
}

#[test]
fn in_sqlite_a_delivery_is_handled_once_and_none_twice_if_a_process_is_killed() {
    let folder = sqlite::file();
    let store = |name: &str| {
        let folder = folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        drop(sqlite::store(&folder));
        format!("sqlite {}", folder.to_str().unwrap())
    };
    a_thousand_copies(&store("a"));
    one_is_killed(&store("b"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn in_postgresql_a_delivery_is_handled_once_and_none_twice_if_a_process_is_killed() {
    for check in [a_thousand_copies, one_is_killed] {
        let server = Postgres::begin().await;
        check(&format!("postgres {}", server.host()));
    }
}

#[test]
#[ignore = "needs Redis"]
fn in_redis_a_delivery_is_handled_once_and_none_twice_if_a_process_is_killed() {
    for check in [a_thousand_copies, one_is_killed] {
        let server = Redis::begin();
        check(&format!("redis {}", server.url()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL"]
async fn a_server_that_crashes_under_load_loses_no_claim() {
    let (folder, mut server, events) = (tempfile::tempdir().unwrap(), Postgres::begin().await, 500);
    let file = folder.path().join("handled");
    let store = format!("postgres {}", server.host());
    let processes = Processes::begin(&store, events, 2, &file);
    for handled_before in [50, 250] {
        wait_until_handled(handled_before, &file);
        server.crash();
        server.restart().await;
    }
    processes.end_well();
    let counts = handled(&file);
    assert!(counts.values().all(|&times| times == 1), "{counts:?}");
    assert_eq!(counts.len(), events);
}
