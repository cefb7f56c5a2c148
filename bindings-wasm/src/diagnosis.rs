//! Why a request was refused, as the text that the core's `host` makes of a diagnosis: of the larger module only.
#![allow(unreachable_pub, reason = "wasm_bindgen exports what is public here")]

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

/// Of the body in the inbox. Of the settings the prefix of the headers and the form of the payload matter.
#[wasm_bindgen(js_name = signedParts)]
pub fn signed_parts(
    header_prefix: Option<String>,
    payload_form: Option<String>,
    body: usize,
    is_ill_formed: bool,
    headers: Vec<String>,
) -> Result<String, Failure> {
    let settings = Settings { header_prefix, payload_form, ..Settings::default() };
    let (headers, method, url, others) = (&headers[..], None, None, &[][..]);
    Ok(inbox::read(|texts| {
        let request = RefusedRequest { headers, body: texts.rest(body), is_ill_formed, now: 0.0, method, url, others };
        host::signed_parts(&request, &settings)
    })?)
}

/// Every request of the text in the inbox.
#[wasm_bindgen(js_name = readRequests)]
pub fn read_requests(text: usize) -> Result<String, Failure> {
    Ok(inbox::read(|texts| host::captured(texts.rest(text)))?)
}

/// Of the secret in the inbox.
#[wasm_bindgen]
pub fn fingerprint(secret: usize) -> String {
    inbox::read(|texts| diagnose::fingerprint(texts.rest(secret)))
}

fn all<'a>(texts: &mut Texts<'a>, lengths: &[i32]) -> Vec<&'a [u8]> {
    lengths.iter().filter_map(|&bytes| texts.next(bytes)).collect()
}
