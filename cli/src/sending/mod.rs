//! Deliveries on their way to a receiver.

mod answer;
pub(crate) mod answer_text;
mod tally;

use std::{
    io::Write as _,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::sync_channel,
    },
    thread,
    time::{Duration, Instant},
};

pub(crate) use self::answer::{Answered, of as answer};
use self::tally::Tally;
use crate::{
    arguments::SendingArguments, failure::Failure, http_client::Server, output::Output, request::Header,
    terminal::visible,
};

/// A delivery that is ready to go.
pub(crate) struct Post {
    /// What a person knows it by.
    pub(crate) name: String,
    pub(crate) headers: Vec<Header>,
    pub(crate) body: Vec<u8>,
}

/// Whether a header says something of a connection, and nothing of a delivery.
pub(crate) fn is_of_connection(name: &[u8]) -> bool {
    name.starts_with(b":") || OF_CONNECTION.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

const OF_CONNECTION: [&str; 11] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "expect",
    "te",
    "trailer",
    "upgrade",
    "proxy-connection",
    "accept-encoding",
];

/// Where they go.
pub(crate) fn receiver(url: &str) -> anyhow::Result<Server> {
    let server = Server::at(url, "a receiver of Twenty's webhooks can ask for none")?;
    if server.is_in_the_clear() {
        warn(&format!("{} is not encrypted: whoever is on the way can read what is sent", server.shown()));
    }
    Ok(server)
}

/// On standard error, which may be closed.
pub(crate) fn warn(warning: &str) {
    let _ = writeln!(std::io::stderr(), "warning: {}", visible(warning));
}

/// Sends each as it is made, shows the answers as they come, and fails if one is not 2xx.
pub(crate) fn run(
    posts: impl Iterator<Item = anyhow::Result<Post>> + Send,
    arguments: &SendingArguments,
    server: &Server,
    output: &mut Output,
) -> Result<(), Failure> {
    let agent = server.agent()?;
    let pace = arguments.rate.map(|rate| Duration::from_secs_f64(1.0 / rate));
    let queue = Mutex::new(Queue { posts, number: 0, pace, next: Instant::now() });
    let is_over = AtomicBool::new(false);
    let workers = usize::from(arguments.concurrency);
    thread::scope(|scope| {
        let (sender, answers) = sync_channel(workers);
        for _ in 0..workers {
            let (sender, agent, queue, is_over) = (sender.clone(), agent.clone(), &queue, &is_over);
            scope.spawn(move || {
                while let Some((number, post)) = taken(queue, is_over) {
                    if sender.send(post.map(|post| answer(&agent, server, number, &post))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut tally = Tally::default();
        let shown = answers.into_iter().try_for_each(|answered| {
            let answered = answered.map_err(Some)?;
            tally.show(&answered, server, arguments.json, output).map_err(Some)?;
            // Nobody reads on, or nobody is there to send to: what is on its way ends, and no more is begun.
            if output.is_closed() || tally.is_in_vain() { Err(None) } else { Ok(()) }
        });
        is_over.store(true, Ordering::Relaxed);
        match shown {
            Err(Some(error)) => Err(Failure::Call(error)),
            _ => tally.end(server, arguments.json, output),
        }
    })
}

struct Queue<I> {
    posts: I,
    number: u64,
    pace: Option<Duration>,
    next: Instant,
}

/// The next, when its time has come: it is made then, so that its signature is fresh.
fn taken<I>(queue: &Mutex<Queue<I>>, is_over: &AtomicBool) -> Option<(u64, anyhow::Result<Post>)>
where
    I: Iterator<Item = anyhow::Result<Post>>,
{
    let mut queue = queue.lock().ok()?;
    // After the last there is nothing to wait for.
    if let Some(pace) = queue.pace.filter(|_| queue.posts.size_hint().1 != Some(0)) {
        while let Some(rest) = queue.next.checked_duration_since(Instant::now()).filter(|rest| !rest.is_zero()) {
            if is_over.load(Ordering::Relaxed) {
                return None;
            }
            thread::sleep(rest.min(LONGEST_SLEEP));
        }
        queue.next = queue.next.max(Instant::now()) + pace;
    }
    queue.number += 1;
    let number = queue.number;
    Some((number, queue.posts.next()?))
}

/// So soon it is noticed that no more is to be sent.
const LONGEST_SLEEP: Duration = Duration::from_millis(50);
