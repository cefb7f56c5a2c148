//! Why a request was refused, as the text that the core's `host` makes of a diagnosis: of the larger module only.
#![allow(unreachable_pub, reason = "wasm_bindgen exports what is public here")]
#![allow(clippy::too_many_arguments, reason = "an object costs more than all of them")]

use twenty_webhook::{
    diagnose,
    host::{self, RefusedRequest, Settings},
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    Webhook,
    failure::Failure,
    inbox::{self, Texts},
};

#[wasm_bindgen]
impl Webhook {
    /// In the inbox are the others, of these lengths, and the body. Names and values of the headers alternate.
    pub fn diagnose(
        &self,
        others: &[i32],
        body: usize,
        is_ill_formed: bool,
        headers: Vec<String>,
        now: f64,
        method: Option<String>,
        url: Option<String>,
    ) -> String {
        let (headers, method, url) = (&headers[..], method.as_deref(), url.as_deref());
        inbox::read(|mut texts| {
            let others = &all(&mut texts, others)[..];
            let body = texts.rest(body);
            self.host.diagnose(&RefusedRequest { headers, body, is_ill_formed, now, method, url, others })
        })
    }
}

/// The same by secrets that no webhook may take, which are in the inbox before the others.
#[wasm_bindgen]
pub fn diagnose(
    secrets: &[i32],
    tolerance_seconds: Option<f64>,
    max_body_bytes: Option<f64>,
    header_prefix: Option<String>,
    payload_form: Option<String>,
    name: Option<String>,
    others: &[i32],
    body: usize,
    is_ill_formed: bool,
    headers: Vec<String>,
    now: f64,
    method: Option<String>,
    url: Option<String>,
) -> Result<String, Failure> {
    let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form, name };
    let (headers, method, url) = (&headers[..], method.as_deref(), url.as_deref());
    Ok(inbox::read(|mut texts| {
        let secrets = all(&mut texts, secrets);
        let others = &all(&mut texts, others)[..];
        let body = texts.rest(body);
        let request = RefusedRequest { headers, body, is_ill_formed, now, method, url, others };
        host::diagnose(&secrets, &settings, &request)
    })?)
}

/// Of the secret in the inbox.
#[wasm_bindgen]
pub fn fingerprint(secret: usize) -> String {
    inbox::read(|texts| diagnose::fingerprint(texts.rest(secret)))
}

fn all<'a>(texts: &mut Texts<'a>, lengths: &[i32]) -> Vec<&'a [u8]> {
    lengths.iter().filter_map(|&bytes| texts.next(bytes)).collect()
}
