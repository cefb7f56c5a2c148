//! What somebody careful writes by hand in the place of a receiver: the checks, the limit and the memory that ours has.

use std::{
    collections::{HashSet, VecDeque},
    env,
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

pub(crate) fn router(handle: fn(&Value)) -> Result<Router, Box<dyn Error>> {
    let key = Hmac::new_from_slice(env::var("SECRET")?.as_bytes())?;
    let claims = Mutex::new(Claims { at_most: env::var("CLAIMS")?.parse()?, ..Claims::default() });
    let receiver = Arc::new(Receiver { key, claims, handle });
    let limit = DefaultBodyLimit::max(MAX_BODY_BYTES);
    Ok(Router::new().route("/", post(receive)).layer(limit).with_state(receiver))
}

struct Receiver {
    key: Hmac<Sha256>,
    claims: Mutex<Claims>,
    handle: fn(&Value),
}

type Answer = (StatusCode, Json<Value>);

async fn receive(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> Answer {
    receiver.received(&headers, &body).unwrap_or_else(|(status, code)| (status, Json(json!({ "code": code }))))
}

impl Receiver {
    fn received(&self, headers: &HeaderMap, body: &[u8]) -> Result<Answer, (StatusCode, &'static str)> {
        let header = |name| headers.get(name).ok_or((StatusCode::BAD_REQUEST, "missing_header"));
        let (timestamp, signature) = (header("x-twenty-webhook-timestamp")?, header("x-twenty-webhook-signature")?);
        let millis = timestamp.to_str().ok().and_then(|text| text.parse().ok());
        let millis: u64 = millis.ok_or((StatusCode::BAD_REQUEST, "malformed_timestamp"))?;
        let sent = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(millis));
        let sent = sent.ok_or((StatusCode::BAD_REQUEST, "malformed_timestamp"))?;
        let age = SystemTime::now().duration_since(sent).unwrap_or_else(|early| early.duration());
        if age > TOLERANCE {
            return Err((StatusCode::UNAUTHORIZED, "stale_timestamp"));
        }
        let mut digest = [0; 32];
        hex::decode_to_slice(signature, &mut digest).map_err(|_| (StatusCode::UNAUTHORIZED, "malformed_signature"))?;
        let mac = self.key.clone().chain_update(timestamp).chain_update(":").chain_update(body);
        mac.verify_slice(&digest).map_err(|_| (StatusCode::UNAUTHORIZED, "signature_mismatch"))?;
        let event = serde_json::from_slice(body).map_err(|_| (StatusCode::BAD_REQUEST, "not_json"))?;
        let is_new = self.claims.lock().unwrap_or_else(PoisonError::into_inner).add(digest);
        let is_new = is_new.ok_or((StatusCode::SERVICE_UNAVAILABLE, "full"))?;
        if is_new {
            (self.handle)(&event);
        }
        Ok((StatusCode::OK, Json(json!({ "outcome": if is_new { "handled" } else { "duplicate" } }))))
    }
}

/// The oldest stand first, because each lives as long as the others.
#[derive(Default)]
struct Claims {
    at_most: usize,
    held: HashSet<[u8; 32]>,
    by_age: VecDeque<(Instant, [u8; 32])>,
}

impl Claims {
    /// Whether it is new; `None` where there is no room.
    fn add(&mut self, key: [u8; 32]) -> Option<bool> {
        let now = Instant::now();
        while let Some((_, oldest)) = self.by_age.pop_front_if(|(at, _)| now.duration_since(*at) >= TTL) {
            self.held.remove(&oldest);
        }
        if self.held.contains(&key) {
            return Some(false);
        }
        if self.held.len() >= self.at_most {
            return None;
        }
        self.by_age.push_back((now, key));
        Some(self.held.insert(key))
    }
}

const MAX_BODY_BYTES: usize = 1_048_576;
const TOLERANCE: Duration = Duration::from_mins(5);
const TTL: Duration = Duration::from_hours(24);
