//! Twenty's webhooks in axum, with all that happens in lines of JSON: `TWENTY_WEBHOOK_SECRET=… cargo run --bin observed`. To change
//! a secret without losing an event, give both: `TWENTY_WEBHOOK_SECRET=new TWENTY_WEBHOOK_OLD_SECRET=old`.

use std::{env, error::Error, io, net::Ipv4Addr};

use axum::Router;
use tokio::net::TcpListener;
use tracing::{Instrument as _, info, info_span};
use twenty_webhook_axum::{BoxError, Code, Delivery, Head, RequestOutcome, Secret, Webhook, receive};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().json().flatten_event(true).with_writer(io::stderr).init();

    let mut webhook = Webhook::new(Secret::new(&env::var("TWENTY_WEBHOOK_SECRET")?)?);
    if let Ok(old) = env::var("TWENTY_WEBHOOK_OLD_SECRET") {
        webhook = webhook.also_accept(Secret::new(&old)?)?;
    }
    let receiver = receive(webhook).on("person.*", on_person).on_outcome(on_outcome).build()?;
    let app = Router::new().route_service("/webhooks/twenty", receiver);

    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    println!("listening on {}", listener.local_addr()?.port());
    axum::serve(listener, app).await?;
    Ok(())
}

/// One line for each request.
fn on_outcome(told: &RequestOutcome<'_>) {
    let facts = told.facts;
    info!(
        outcome = told.outcome.as_str(),
        code = told.outcome.code().map(Code::as_str),
        status = told.outcome.status(),
        duration_ms = told.duration.as_secs_f64() * 1_000.0,
        webhook = told.webhook,
        delivery_id = facts.map(|facts| facts.id.as_str()),
        secret_index = facts.map(|facts| facts.secret_index),
        event_name = facts.and_then(|facts| facts.name.as_deref()),
        record_id = facts.and_then(|facts| facts.record_id.as_deref()),
        "request"
    );
}

/// Lines of the work itself stand in a span that names the delivery.
async fn on_person(delivery: Delivery<'static>, _: Head) -> Result<(), BoxError> {
    let span = info_span!("delivery", id = delivery.id().as_str());
    async move {
        info!("the work begins");
        if delivery.event().record_id() == Some("broken") {
            return Err("the database is away".into());
        }
        Ok(())
    }
    .instrument(span)
    .await
}
