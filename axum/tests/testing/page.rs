use std::time::{Duration, SystemTime};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::StatusCode,
};
use serde_json::json;
use tower::ServiceExt as _;
use twenty_webhook::records::Person;
use twenty_webhook_axum::{
    BoxError, Delivery, Head, ReceiverBuilder, Secret, Timestamp, Webhook, receive,
    testing::{sample, signed_request},
};

fn webhook() -> Webhook {
    Webhook::new(Secret::new("the secret of these tests").unwrap())
}

/// Your application's own, as what follows is.
async fn welcome(delivery: Delivery<'static>, _: Head) -> Result<(), BoxError> {
    let person: Person = delivery.event().record_as()?;
    if person.city.as_deref() == Some("Atlantis") { Err("there is no such city".into()) } else { Ok(()) }
}

fn receiver() -> ReceiverBuilder {
    receive(webhook()).on("person.created", welcome)
}

fn app(receiver: ReceiverBuilder) -> Router {
    Router::new().route_service("/webhooks/twenty", receiver.build().unwrap())
}

#[tokio::test]
async fn a_new_person_is_welcomed_once() -> Result<(), BoxError> {
    let app = app(receiver());
    let payload = sample("person.created", json!({ "record": { "city": "Lyon" } }))?;
    for outcome in ["handled", "duplicate"] {
        let request = signed_request(&webhook(), &payload, "/webhooks/twenty")?;
        let answer = app.clone().oneshot(request).await?;
        assert_eq!(answer.status(), StatusCode::OK);
        let body = to_bytes(answer.into_body(), 1_000).await?;
        assert_eq!(body, format!(r#"{{"outcome":"{outcome}"}}"#));
    }
    Ok(())
}

#[tokio::test]
async fn a_changed_delivery_is_refused() -> Result<(), BoxError> {
    let request = signed_request(&webhook(), &sample("person.created", json!({}))?, "/webhooks/twenty")?;
    let changed = request.map(|_| Body::from("{}"));
    assert_eq!(app(receiver()).oneshot(changed).await?.status(), StatusCode::UNAUTHORIZED);
    Ok(())
}

#[tokio::test]
async fn a_late_delivery_is_refused() -> Result<(), BoxError> {
    let late = SystemTime::now() + Duration::from_secs(301);
    let app = app(receiver().clock(move || Timestamp::from(late)));
    let request = signed_request(&webhook(), &sample("person.created", json!({}))?, "/webhooks/twenty")?;
    assert_eq!(app.oneshot(request).await?.status(), StatusCode::UNAUTHORIZED);
    Ok(())
}

#[tokio::test]
async fn a_failed_delivery_is_answered_with_500() -> Result<(), BoxError> {
    let payload = sample("person.created", json!({ "record": { "city": "Atlantis" } }))?;
    let request = signed_request(&webhook(), &payload, "/webhooks/twenty")?;
    assert_eq!(app(receiver()).oneshot(request).await?.status(), StatusCode::INTERNAL_SERVER_ERROR);
    Ok(())
}
