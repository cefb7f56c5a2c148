//! One server of axum: `bench-servers-axum <ours|theirs>`, the same but for the receiver; theirs is written by hand. Both answer
//! the same. Tells its port, and at `/stats` how much it has handled and how much processor time that took.

mod by_hand;

use std::{
    env,
    error::Error,
    net::Ipv4Addr,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::{Json, Router, routing::get};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use twenty_webhook_axum::{MemoryReplayStore, Secret, Webhook, receive};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = match env::args().nth(1).as_deref() {
        Some("ours") => ours()?,
        Some("theirs") => by_hand::router(|_| handle())?,
        _ => return Err("say ours or theirs".into()),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?.port());
    axum::serve(listener, app.route("/stats", get(stats))).await?;
    Ok(())
}

fn ours() -> Result<Router, Box<dyn Error>> {
    let webhook = Webhook::new(Secret::new(&env::var("SECRET")?)?);
    let receiver = receive(webhook)
        .on("person.*", async |_, _| handle())
        .replay_store(MemoryReplayStore::with_max_entries(env::var("CLAIMS")?.parse()?))
        .build()?;
    Ok(Router::new().route_service("/", receiver))
}

fn handle() {
    HANDLED.fetch_add(1, Ordering::Relaxed);
}

async fn stats() -> Json<Value> {
    let taken = clock_gettime(ClockId::ProcessCPUTime);
    Json(json!({
        "handled": HANDLED.load(Ordering::Relaxed),
        "cpu": taken.tv_sec * 1_000_000 + taken.tv_nsec / 1_000,
    }))
}

static HANDLED: AtomicU64 = AtomicU64::new(0);
