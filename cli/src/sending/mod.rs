//! Deliveries on their way to a receiver.

mod answer;
pub(crate) mod answer_text;
mod tally;

use std::{
    io::Write as _,
    sync::{
        Mutex,
        mpsc::{SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use ureq::Agent;

pub(crate) use self::answer::{Answered, of as answer};
use self::tally::Tally;
use crate::{
    arguments::SendingArguments, failure::Failure, header_lines::Header, http_client::Server, output::Output,
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
    let queue = Mutex::new(Queue {
        posts,
        number: 0,
        pace: arguments.rate.map(|rate| Duration::from_secs_f64(1.0 / rate)),
        next: Instant::now(),
    });
    let workers = usize::from(arguments.concurrency);
    thread::scope(|scope| {
        let (sender, answers) = sync_channel(workers);
        for _ in 0..workers {
            let (sender, agent, queue) = (sender.clone(), agent.clone(), &queue);
            scope.spawn(move || work(queue, &agent, server, &sender));
        }
        drop(sender);
        let mut tally = Tally::default();
        for answered in answers {
            tally.show(&answered?, server, arguments.json, output)?;
            // Nobody reads on, or nobody is there to send to: what is on its way ends, and no more is begun.
            if output.is_closed() || tally.is_in_vain() {
                break;
            }
        }
        tally.end(server, arguments.json, output)
    })
}

struct Queue<I> {
    posts: I,
    number: u64,
    pace: Option<Duration>,
    next: Instant,
}

fn work<I>(queue: &Mutex<Queue<I>>, agent: &Agent, server: &Server, sender: &SyncSender<anyhow::Result<Answered>>)
where
    I: Iterator<Item = anyhow::Result<Post>>,
{
    while let Some((number, post)) = taken(queue) {
        let answered = post.map(|post| answer(agent, server, number, &post));
        if sender.send(answered).is_err() {
            break;
        }
    }
}

/// The next, when its time has come: it is made then, so that its signature is fresh.
fn taken<I>(queue: &Mutex<Queue<I>>) -> Option<(u64, anyhow::Result<Post>)>
where
    I: Iterator<Item = anyhow::Result<Post>>,
{
    let mut queue = queue.lock().ok()?;
    if let Some(pace) = queue.pace {
        let now = Instant::now();
        thread::sleep(queue.next.saturating_duration_since(now));
        queue.next = queue.next.max(now) + pace;
    }
    queue.number += 1;
    let number = queue.number;
    Some((number, queue.posts.next()?))
}
