//! `twenty-webhook listen`.

mod line;
mod route;
mod seen;

use std::{
    io::Write as _,
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    time::Duration,
};

use anyhow::{Context as _, ensure};
use axum::{Router, middleware::map_request};
use tokio::{runtime, signal, time::timeout};
use twenty_webhook_axum::{Receiver, Webhook, receive};

pub(crate) use self::route::Route;
use self::{line::Line, route::Forward, seen::Seen};
use crate::{arguments::ListenArguments, failure::Failure, output::Output, saved, sending::warn, webhook};

pub(crate) fn run(arguments: &ListenArguments, output: &mut Output) -> Result<(), Failure> {
    let webhook = webhook::receiving(&arguments.webhook, &arguments.receiving)?;
    if let Some(folder) = &arguments.save {
        saved::make_folder(folder)?;
    }
    let (sender, lines) = mpsc::channel();
    let most_bytes = webhook.options().max_body_bytes();
    let waiting = Arc::new(AtomicUsize::new(0));
    let receiver = receiver(webhook.clone(), &arguments.forward_to, sender, Arc::clone(&waiting))?;
    let listener = bound(SocketAddr::new(arguments.host, arguments.port))?;
    let address = listener.local_addr().context("the listener has no address")?;

    let runtime = runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.context("cannot start threads")?;
    let serving = runtime.spawn(serve(listener, receiver, most_bytes));
    announce(address);
    // They are diagnosed here, one after another, while the receiver answers.
    for number in 1.. {
        let mut line = match lines.recv_timeout(LOOK) {
            Ok(line) => line,
            // What was given up may still have something to tell.
            Err(RecvTimeoutError::Timeout) if !serving.is_finished() => continue,
            Err(_) => break,
        };
        let saved = arguments.save.as_deref().map(|folder| line.save(folder, number));
        let saved = saved.and_then(|saved| saved.map_err(|error| warn(&format!("{error:#}"))).ok());
        if waiting.fetch_sub(1, Ordering::Relaxed) <= MOST_WAITING {
            line.diagnose(&webhook);
        }
        if arguments.json {
            output.print_json(&line.json(saved.as_deref())?)?;
        } else {
            output.print(&line.text(saved.as_deref(), arguments.full))?;
        }
        if output.is_closed() {
            return Ok(());
        }
    }
    let served = runtime.block_on(serving).context("the server broke off")?;
    runtime.shutdown_background();
    Ok(served?)
}

const LOOK: Duration = Duration::from_millis(200);

/// If more have come than this, none is diagnosed: whoever floods it chooses how many there are.
const MOST_WAITING: usize = 16;

fn bound(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address)
        .with_context(|| format!("cannot listen on {address}: if another program does, choose a port with --port"))?;
    listener.set_nonblocking(true).context("cannot listen")?;
    Ok(listener)
}

/// On standard error, so that programs read lines alone.
fn announce(address: SocketAddr) {
    let reach = if address.ip().is_loopback() {
        "Only this machine reaches it: for Twenty elsewhere, put a tunnel before it."
    } else {
        "Whoever reaches this machine reaches it, without encryption."
    };
    let _ = writeln!(std::io::stderr(), "listening on http://{address}. {reach} Ctrl-C stops it.");
}

/// One that tells of each request through `sender`, which goes with it.
fn receiver(
    webhook: Webhook,
    routes: &[Route],
    sender: mpsc::Sender<Line>,
    waiting: Arc<AtomicUsize>,
) -> anyhow::Result<Receiver> {
    let mut builder = receive(webhook)
        .on_error(|error| Seen::with(error.head(), |seen| seen.reason = Some(error.to_string())))
        .on_outcome(move |told| {
            waiting.fetch_add(1, Ordering::Relaxed);
            // Nobody reads on if the output is closed.
            let _ = sender.send(Line::of(told));
        });
    let mut takes_every = false;
    for route in routes {
        ensure!(!takes_every, "--forward-to without a pattern takes every event: name it last");
        let forward = Arc::new(Forward::to(&route.url)?);
        let handler = move |delivery, head| Arc::clone(&forward).handle(delivery, head);
        takes_every = route.pattern.is_none();
        builder = match &route.pattern {
            Some(pattern) => builder.on(pattern, handler),
            None => builder.on_every(handler),
        };
    }
    if !takes_every {
        builder = builder.on_every(async |delivery, head| {
            Seen::with(&head, |seen| seen.event = Some(delivery.event().to_json()));
        });
    }
    builder.build().context("cannot make a receiver")
}

/// Until the process is asked to stop, and what is running has ended, or was given up.
async fn serve(listener: TcpListener, receiver: Receiver, most_bytes: usize) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let watching = map_request(move |request| seen::watched(request, most_bytes));
    let app = Router::new().fallback_service(receiver.clone()).layer(watching);
    let running = receiver.clone();
    let served = async {
        axum::serve(listener, app).with_graceful_shutdown(stopped()).await?;
        receiver.drain().await;
        Ok(())
    };
    tokio::select! {
        served = served => served,
        () = given_up(&running) => Ok(()),
    }
}

/// At the second time that it is asked to stop, or some time after the first.
async fn given_up(receiver: &Receiver) {
    stopped().await;
    let again = stopped();
    if timeout(Duration::ZERO, receiver.drain()).await.is_err() {
        let _ = writeln!(std::io::stderr(), "waiting for what is running; Ctrl-C again gives it up");
    }
    let _ = timeout(PATIENCE, again).await;
}

const PATIENCE: Duration = Duration::from_secs(30);

async fn stopped() {
    #[cfg(unix)]
    if let Ok(mut terminated) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    signal::ctrl_c().await.unwrap_or_default();
}
