//! Twenty's webhooks in axum, received by several processes that share a Redis: each event is handled by one of them.
//! `TWENTY_WEBHOOK_SECRET=… REDIS_URL=redis://127.0.0.1/ cargo run --bin several-machines`.

use std::{env, error::Error, net::Ipv4Addr, time::Duration};

use axum::Router;
use redis::{
    Client,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use tokio::net::TcpListener;
use twenty_webhook_axum::{Delivery, Head, OnStoreFailure, RedisReplayStore, Secret, Webhook, receive};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let webhook = Webhook::new(Secret::new(&env::var("TWENTY_WEBHOOK_SECRET")?)?);
    // Connects when it is needed, so this starts while Redis is away, and tries often enough to claim again soon after.
    let config = ConnectionManagerConfig::new().set_max_delay(Duration::from_millis(500));
    let redis = ConnectionManager::new_lazy_with_config(Client::open(env::var("REDIS_URL")?)?, config)?;
    let receiver = receive(webhook)
        .on("person.*", on_person)
        .replay_store(RedisReplayStore::new(redis))
        .on_store_failure(on_store_failure()?)
        .build()?;
    let app = Router::new().route_service("/webhooks/twenty", receiver);

    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    println!("listening on {}", listener.local_addr()?.port());
    axum::serve(listener, app).await?;
    Ok(())
}

fn on_store_failure() -> Result<OnStoreFailure, Box<dyn Error>> {
    match env::var("ON_STORE_FAILURE").as_deref() {
        Err(_) | Ok("refuse") => Ok(OnStoreFailure::Refuse),
        Ok("handle") => Ok(OnStoreFailure::Handle),
        Ok(other) => Err(format!("ON_STORE_FAILURE must be refuse or handle, not {other}").into()),
    }
}

async fn on_person(delivery: Delivery<'static>, _: Head) {
    println!("handled {}", delivery.event().record_id().unwrap_or_default());
}
