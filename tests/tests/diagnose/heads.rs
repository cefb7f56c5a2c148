//! Headers that are named or spelled otherwise.

use twenty_webhook::diagnose::{Diagnosis, Evidence};

use crate::delivery::{NOW, SECRET, payload, signed, told, values};

fn diagnose(headers: &[(&str, &str)]) -> Diagnosis {
    Evidence::new(&[SECRET.as_bytes()], headers, payload("city", "Rome").as_bytes(), NOW).diagnose()
}

#[test]
fn standard_webhooks_are_those_of_another_product() {
    let headers = [
        ("webhook-id", "msg_2b3e4a5d"),
        ("webhook-timestamp", "1735066639"),
        ("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
    ];
    assert_eq!(told(&diagnose(&headers)), ["other_provider likely"]);
}

/// RFC 3875 section 4.1.18, and frameworks that hand its names on.
#[test]
fn names_of_cgi_are_read_and_told() -> anyhow::Result<()> {
    let [timestamp, signature, nonce] = values(&signed(payload("city", "Rome").as_bytes())?);
    for prefix in ["HTTP_X_TWENTY_WEBHOOK_", "x_twenty_webhook_"] {
        let headers = [("TIMESTAMP", &timestamp), ("SIGNATURE", &signature), ("NONCE", &nonce)];
        let headers: Vec<_> = headers.map(|(word, value)| (format!("{prefix}{word}"), value.clone())).into();
        let diagnosis =
            Evidence::new(&[SECRET.as_bytes()], &headers, payload("city", "Rome").as_bytes(), NOW).diagnose();
        assert_eq!(told(&diagnosis), ["headers_named_by_cgi proved"], "{prefix}");
    }
    Ok(())
}

#[test]
fn thunder_client_is_a_tool() {
    let headers = [("User-Agent", "Thunder Client (https://www.thunderclient.com)")];
    assert_eq!(told(&diagnose(&headers)), ["test_tool likely"]);
}

/// RFC 9110 section 5.6.7, as `toUTCString()` prints it.
#[test]
fn a_date_of_http_is_a_date() -> anyhow::Result<()> {
    let [_, signature, _] = values(&signed(payload("city", "Rome").as_bytes())?);
    let date = "Tue, 24 Dec 2024 18:57:19 GMT";
    let headers = [("X-Twenty-Webhook-Timestamp", date), ("X-Twenty-Webhook-Signature", &signature)];
    assert_eq!(told(&diagnose(&headers)), ["timestamp_is_date proved"]);
    Ok(())
}
