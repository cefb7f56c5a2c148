//! A webhook as the hosts of JavaScript hold it.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::{array, cell::RefCell};

use super::{Failure, PickedHeaders, Settings, turn::delivery_bits};
use crate::{Delivery, Nonce, Secret, Timestamp};

/// A webhook, and the text that it authenticated last, where that is not the body.
#[derive(Debug)]
pub struct Webhook {
    core: Arc<crate::Webhook>,
    payload: RefCell<Option<String>>,
}

impl Webhook {
    /// Makes one of these secrets, each text as bytes.
    ///
    /// # Errors
    ///
    /// Those of a secret, of [`Webhook::from_secrets`](crate::Webhook::from_secrets) and of
    /// [`Webhook::configure`](crate::Webhook::configure).
    pub fn open<'k>(secrets: impl IntoIterator<Item = &'k [u8]>, settings: &Settings) -> Result<Self, Failure> {
        let secrets: Result<Vec<_>, _> = secrets.into_iter().map(Secret::from_utf8).collect();
        let core = crate::Webhook::from_secrets(secrets?)?.configure(settings)?;
        Ok(Self { core: Arc::new(core), payload: RefCell::default() })
    }

    /// The webhook itself.
    pub fn core(&self) -> &Arc<crate::Webhook> {
        &self.core
    }

    /// See [`Webhook::header_names`](crate::Webhook::header_names).
    pub fn header_names(&self) -> Vec<String> {
        self.core.header_names().map(|name| name.to_string()).to_vec()
    }

    /// The largest body that is looked at.
    #[expect(clippy::cast_precision_loss, reason = "a limit of 2^53 bytes is none")]
    pub fn max_body_bytes(&self) -> f64 {
        self.core.options().max_body_bytes() as f64
    }

    /// See [`Webhook::check_body_length`](crate::Webhook::check_body_length).
    ///
    /// # Errors
    ///
    /// `payload_too_large`.
    pub fn check_body_length(&self, bytes: f64) -> Result<(), Failure> {
        Ok(self.core.check_body_length(to_u64(bytes))?)
    }

    /// Verifies a body, which may be text with unpaired surrogates. The result's lowest two bits are the index of the secret, the
    /// third says that the nonce is usable, the fourth that [`take_payload`](Self::take_payload) has the payload.
    ///
    /// # Errors
    ///
    /// Those of [`Webhook::verify`](crate::Webhook::verify).
    pub fn verify(
        &self,
        body: &[u8],
        is_ill_formed: bool,
        headers: &PickedHeaders<'_>,
        now: f64,
    ) -> Result<u32, Failure> {
        let verify = if is_ill_formed { crate::Webhook::verify_text } else { crate::Webhook::verify };
        let delivery = verify(&self.core, body, headers, instant(now))?;
        let payload = payload_beside(&delivery, body);
        let bits = delivery_bits(&delivery, payload.is_none());
        if payload.is_some() {
            self.payload.replace(payload);
        }
        Ok(bits)
    }

    /// The text that was authenticated last, where it is not the body.
    pub fn take_payload(&self) -> Option<String> {
        self.payload.take()
    }

    /// Signs a payload: names and values of the three headers alternate. Without a nonce it is made of `random`.
    ///
    /// # Errors
    ///
    /// Those of [`Webhook::sign`](crate::Webhook::sign), and `invalid_nonce`.
    pub fn sign(
        &self,
        payload: &[u8],
        is_ill_formed: bool,
        timestamp: f64,
        nonce: Option<&str>,
        random: &[u8],
    ) -> Result<Vec<String>, Failure> {
        let of_random = || Nonce::from_bytes(array::from_fn(|index| random.get(index).copied().unwrap_or_default()));
        let nonce = nonce.map_or_else(|| Ok(of_random()), str::parse)?;
        let sign = if is_ill_formed { crate::Webhook::sign_text } else { crate::Webhook::sign };
        let headers = sign(&self.core, payload, instant(timestamp), nonce)?;
        Ok(headers.pairs().iter().flat_map(|(name, value)| [*name, *value]).map(str::to_owned).collect())
    }
}

/// The payload, where that is not the body.
pub(super) fn payload_beside(delivery: &Delivery<'_>, body: &[u8]) -> Option<String> {
    let payload = delivery.payload();
    (payload.as_ptr() != body.as_ptr()).then(|| String::from_utf8_lossy(payload).into_owned())
}

/// A moment as the hosts count it.
pub(super) fn instant(unix_millis: f64) -> Timestamp {
    Timestamp::from_unix_millis(to_u64(unix_millis))
}

/// A whole number from 0; larger ones saturate, and the core refuses those.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
pub(super) const fn to_u64(number: f64) -> u64 {
    number as u64
}
