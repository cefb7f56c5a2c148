//! Twenty's webhooks in axum: `TWENTY_WEBHOOK_SECRET=… cargo run`.

use std::{env, error::Error, net::Ipv4Addr};

use axum::Router;
use serde::Deserialize;
use tokio::{net::TcpListener, signal};
use twenty_webhook_axum::{BoxError, Delivery, Head, Secret, Webhook, receive};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let webhook = Webhook::new(Secret::new(&env::var("TWENTY_WEBHOOK_SECRET")?)?);
    let receiver = receive(webhook).on("person.*", on_person).on("metadata.*.*", on_metadata).build()?;
    let running = receiver.clone();
    let app = Router::new().route_service("/webhooks/twenty", receiver);

    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    println!("listening on {}", listener.local_addr()?.port());
    axum::serve(listener, app).with_graceful_shutdown(stopped()).await?;
    // What outlives its request: a handler whose client has gone, a claim that came late.
    running.drain().await;
    Ok(())
}

async fn stopped() {
    signal::ctrl_c().await.unwrap_or_default();
}

#[derive(Deserialize)]
struct Person {
    id: String,
}

async fn on_person(delivery: Delivery<'static>, _: Head) -> Result<(), BoxError> {
    let event = delivery.event();
    let person: Person = event.record_as()?;
    println!("handled {} {}", event.name().unwrap_or_default(), person.id);
    Ok(())
}

async fn on_metadata(delivery: Delivery<'static>, _: Head) {
    let event = delivery.event();
    println!("handled {} {}", event.name().unwrap_or_default(), event.record_id().unwrap_or_default());
}
