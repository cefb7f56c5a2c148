//! What runs under valgrind.

use std::{ffi::CString, hint::black_box};

use side_channels::{
    count,
    deliveries::{BODY, DIGITS, SECRETS, flipped, judged, now, signature, webhook},
    hide, show,
};
use twenty_webhook::{Nonce, PayloadForm};

pub const ALL: [(&str, fn()); 5] = [
    ("verify", verify),
    ("sign", sign),
    ("stops-early", stops_early),
    ("looks-up", looks_up),
    ("instructions", instructions),
];

/// Every form of the payload, every number of secrets, each as the signer.
fn verify() {
    for form in PayloadForm::ALL {
        for accepted in 1..=SECRETS.len() {
            let webhook = webhook(accepted, *form);
            for (signer, secret) in SECRETS[..accepted].iter().enumerate() {
                let genuine = signature(secret, *form);
                assert_eq!(judged(&webhook, &genuine), Some(signer), "{form:?}");
                for place in [0, DIGITS / 2, DIGITS - 1] {
                    assert_eq!(judged(&webhook, &flipped(&genuine, place)), None, "{form:?}");
                }
            }
        }
    }
}

fn sign() {
    for form in PayloadForm::ALL {
        let webhook = webhook(1, *form);
        let mut signed = webhook.sign(BODY.as_bytes(), now(), Nonce::from_bytes([0; 16])).expect("signed");
        show(&mut signed);
        assert_eq!(signed.pairs()[1].1, signature(SECRETS[0], *form), "{form:?}");
    }
}

/// A comparison that tells by its time how many bytes are right.
fn stops_early() {
    let (mut tag, expected) = (hidden_tag(), black_box([0_u8; 32]));
    let equal = (0..tag.len()).take_while(|&at| black_box(tag[at]) == expected[at]).count();
    tag.fill(0);
    assert!(equal < 32);
}

/// A table, which tells by what it leaves in the processor's cache.
fn looks_up() {
    let (tag, table) = (hidden_tag(), black_box([1_u8; 256]));
    let mut sum: u32 = tag.iter().map(|&byte| u32::from(black_box(&table)[usize::from(byte)])).sum();
    show(&mut sum);
    assert_eq!(sum, 32);
}

fn hidden_tag() -> [u8; 32] {
    let mut tag = hmac_sha256::HMAC::mac("text", SECRETS[0]);
    hide(&mut tag);
    tag
}

/// Those of a verification, of a signature that differs at each digit and of each signer's.
fn instructions() {
    let webhook = webhook(SECRETS.len(), PayloadForm::Raw);
    let genuine = SECRETS.map(|secret| signature(secret, PayloadForm::Raw));
    let forged: Vec<_> = (0..DIGITS).map(|place| flipped(&genuine[0], place)).collect();
    // What the first call sets up is not counted.
    assert_eq!(judged(&webhook, &forged[0]), None);
    for (place, signature) in forged.iter().enumerate() {
        let name = CString::new(format!("forged {place}")).expect("no zero");
        assert_eq!(count(&name, || judged(&webhook, signature)), None);
    }
    for (signer, signature) in genuine.iter().enumerate() {
        let name = CString::new(format!("genuine {signer}")).expect("no zero");
        assert_eq!(count(&name, || judged(&webhook, signature)), Some(signer));
    }
}
