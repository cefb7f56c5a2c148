//! The whole verification against that of webhook libraries, each of its own scheme: headers of a request, the clock, the
//! signature. To the verdict, and to a tree of values: of the event's record with ours, which has read the fields beside it
//! by then, of the whole body with theirs.

use std::{error::Error, hint::black_box, time::SystemTime};

use bench_inputs as inputs;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use twenty_webhook::{Nonce, Secret, Timestamp, Webhook};

use crate::{
    report::Report,
    verify::{self, SECRET},
};

pub fn run(report: &mut Report) -> Result<(), Box<dyn Error>> {
    for bytes in inputs::EVENT_BYTES {
        let body = inputs::person_event(bytes).into_bytes();
        let kilobytes = inputs::kilobytes(bytes);
        let cases = [format!("verify {kilobytes} kB, whole"), format!("verify to event {kilobytes} kB")];
        // Signed anew for each size, because all look at the clock.
        let standard = standardwebhooks::Webhook::from_bytes(SECRET.as_bytes().to_vec())?;
        let theirs = scheme("webhook", &standard.sign(ID, seconds()?, &body)?)?;
        compare(report, &cases, "standardwebhooks", &body, |body| standard.verify(body, &theirs).is_ok())?;
        #[cfg(feature = "slow-to-compile")]
        {
            let svix = svix::webhooks::Webhook::from_bytes(SECRET.as_bytes().to_vec())?;
            let theirs = scheme("svix", &svix.sign(ID, seconds()?, &body)?)?;
            compare(report, &cases, "svix", &body, |body| svix.verify(body, &theirs).is_ok())?;
        }
    }
    Ok(())
}

fn compare(
    report: &mut Report,
    [verdict, event]: &[String; 2],
    peer: &str,
    body: &[u8],
    theirs: impl Fn(&[u8]) -> bool,
) -> Result<(), Box<dyn Error>> {
    let webhook = Webhook::new(Secret::new(SECRET)?);
    let signed = webhook.sign(body, Timestamp::now(), Nonce::from_bytes([7; 16]))?;
    let headers = request(&signed.pairs())?;
    let ours = |body: &[u8]| webhook.verify(body, black_box(&headers), Timestamp::now()).is_ok();
    verify::compare(report, verdict, peer, body, ours, &theirs);

    let our_record = |body: &[u8]| {
        let delivery = webhook.verify(body, black_box(&headers), Timestamp::now()).ok()?;
        serde_json::from_str::<Value>(delivery.event().record()?).ok()
    };
    let their_event = |body: &[u8]| theirs(body).then(|| serde_json::from_slice::<Value>(body).ok())?;
    assert_eq!(our_record(body).as_ref(), their_event(body).as_ref().map(|event| &event["record"]), "{event}");
    let (ours, theirs) = (|body: &[u8]| our_record(body).is_some(), |body: &[u8]| their_event(body).is_some());
    verify::compare(report, event, &format!("{peer}, serde_json Value"), body, ours, theirs);
    Ok(())
}

fn scheme(prefix: &str, signature: &str) -> Result<HeaderMap, Box<dyn Error>> {
    let name = |word| format!("{prefix}-{word}");
    let timestamp = seconds()?.to_string();
    request(&[(&name("id"), ID), (&name("timestamp"), &timestamp), (&name("signature"), signature)])
}

/// Those three among what every request has.
fn request(signed: &[(&str, &str)]) -> Result<HeaderMap, Box<dyn Error>> {
    let around = [
        ("host", "receiver.example"),
        ("user-agent", "axios/1.13.2"),
        ("accept", "application/json, text/plain, */*"),
        ("content-type", "application/json"),
        ("accept-encoding", "gzip, compress, deflate, br"),
        ("x-forwarded-for", "203.0.113.7"),
    ];
    let mut headers = HeaderMap::new();
    for (name, value) in around.iter().chain(signed) {
        headers.insert(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    Ok(headers)
}

fn seconds() -> Result<i64, Box<dyn Error>> {
    Ok(i64::try_from(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs())?)
}

const ID: &str = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
