//! Why a request was refused, as the text that the core's `host` makes of a diagnosis.

use napi::bindgen_prelude::{Either, External, Uint8ArraySlice};
use napi_derive::napi;
use twenty_webhook::{
    diagnose,
    host::{self, RefusedRequest, Settings, Webhook},
};

use crate::failure::{Failure, either};

/// Names and values of the headers alternate.
#[napi(catch_unwind)]
pub fn diagnose_by(
    webhook: &External<Webhook>,
    body: Uint8ArraySlice<'_>,
    is_ill_formed: bool,
    headers: Vec<String>,
    now: f64,
    method: Option<String>,
    url: Option<String>,
    others: Vec<Uint8ArraySlice<'_>>,
) -> String {
    let (method, url, others) = (method.as_deref(), url.as_deref(), &slices(&others)[..]);
    webhook.diagnose(&RefusedRequest { headers: &headers, body: &body, is_ill_formed, now, method, url, others })
}

/// The same by secrets that no webhook may take.
#[napi(catch_unwind)]
pub fn diagnose(
    secrets: Vec<Uint8ArraySlice<'_>>,
    tolerance_seconds: Option<f64>,
    max_body_bytes: Option<f64>,
    header_prefix: Option<String>,
    payload_form: Option<String>,
    name: Option<String>,
    body: Uint8ArraySlice<'_>,
    is_ill_formed: bool,
    headers: Vec<String>,
    now: f64,
    method: Option<String>,
    url: Option<String>,
    others: Vec<Uint8ArraySlice<'_>>,
) -> Either<String, Failure> {
    let settings = Settings { tolerance_seconds, max_body_bytes, header_prefix, payload_form, name };
    let (method, url, others) = (method.as_deref(), url.as_deref(), &slices(&others)[..]);
    let request = RefusedRequest { headers: &headers, body: &body, is_ill_formed, now, method, url, others };
    either(host::diagnose(&slices(&secrets), &settings, &request))
}

/// Of the settings the prefix of the headers and the form of the payload matter.
#[napi(catch_unwind)]
pub fn signed_parts(
    header_prefix: Option<String>,
    payload_form: Option<String>,
    body: Uint8ArraySlice<'_>,
    is_ill_formed: bool,
    headers: Vec<String>,
) -> Either<String, Failure> {
    let settings = Settings { header_prefix, payload_form, ..Settings::default() };
    let (headers, method, url, others) = (&headers[..], None, None, &[][..]);
    let request = RefusedRequest { headers, body: &body, is_ill_formed, now: 0.0, method, url, others };
    either(host::signed_parts(&request, &settings))
}

#[napi(catch_unwind)]
pub fn read_requests(text: Uint8ArraySlice<'_>) -> Either<String, Failure> {
    either(host::captured(&text))
}

#[napi(catch_unwind)]
pub fn fingerprint(secret: Uint8ArraySlice<'_>) -> String {
    diagnose::fingerprint(&secret)
}

fn slices<'a>(texts: &'a [Uint8ArraySlice<'_>]) -> Vec<&'a [u8]> {
    texts.iter().map(|text| &**text).collect()
}
