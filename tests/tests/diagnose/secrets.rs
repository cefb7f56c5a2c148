//! What is configured in the place of a secret, or around it.

use crate::delivery::{NOW, OTHER, SECRET, arrived, payload, signed, told};
use twenty_webhook::diagnose::Evidence;

/// An unset variable for the previous secret, say.
#[test]
fn an_empty_secret_is_found_beside_one_that_is_good() -> anyhow::Result<()> {
    let body = payload("city", "Rome");
    let with_line_end = format!("{SECRET}\n");
    for (secrets, expected) in [
        (vec!["", SECRET], vec!["secret_is_literal proved"]),
        (vec![SECRET, ""], vec!["secret_is_literal proved"]),
        (vec![" ", SECRET], vec!["secret_has_blanks proved"]),
        (vec!["", &with_line_end], vec!["secret_has_blanks proved", "secret_is_literal proved"]),
        (vec!["", OTHER], vec!["secret_is_literal likely"]),
    ] {
        let diagnosis = arrived(&secrets, body.as_bytes(), body.as_bytes())?;
        assert_eq!(told(&diagnosis), expected, "{secrets:?}");
        assert!(!diagnosis.findings()[0].explanation().contains("Twenty signs with it"));
    }
    Ok(())
}

#[test]
fn a_placeholder_is_no_secret() -> anyhow::Result<()> {
    let body = payload("city", "Rome");
    for placeholder in [
        "$TWENTY_WEBHOOK_SECRET",
        "${TWENTY_WEBHOOK_SECRET}",
        "${{ secrets.TWENTY }}",
        "{{ twenty_secret }}",
        "%TWENTY_WEBHOOK_SECRET%",
        "process.env.TWENTY_WEBHOOK_SECRET",
        "os.environ[\"TWENTY_WEBHOOK_SECRET\"]",
        "os.getenv('TWENTY_WEBHOOK_SECRET')",
        "xxx",
        "TODO",
        "secret",
        "changeme",
        "********",
        "••••••••",
    ] {
        let diagnosis = arrived(&[placeholder], body.as_bytes(), body.as_bytes())?;
        assert_eq!(told(&diagnosis), ["secret_is_placeholder likely"], "{placeholder}");
    }
    Ok(())
}

#[test]
fn what_follows_a_secret_in_a_line_is_taken_off() -> anyhow::Result<()> {
    let body = payload("city", "Rome");
    for (configured, expected) in [
        (format!("{SECRET}\\n"), vec!["secret_is_escaped proved"]),
        (format!("{SECRET}\\r\\n"), vec!["secret_is_escaped proved"]),
        (format!("\"{SECRET}\\n\""), vec!["secret_is_quoted proved", "secret_is_escaped proved"]),
        (format!("\"{SECRET}\","), vec!["secret_is_quoted proved", "secret_has_prefix proved"]),
        (format!("'{SECRET}';"), vec!["secret_is_quoted proved", "secret_has_prefix proved"]),
        (format!("export X='{SECRET}';"), vec!["secret_has_prefix proved"]),
        (format!("  \"secret\": \"{SECRET}\","), vec!["secret_has_blanks proved", "secret_has_prefix proved"]),
        (format!("{SECRET},"), vec!["secret_has_prefix proved"]),
        (format!("{SECRET};"), vec!["secret_has_prefix proved"]),
        (format!("{SECRET} # the one of staging"), vec!["secret_has_prefix proved"]),
        (format!("X=\"{SECRET}\" # of staging"), vec!["secret_has_prefix proved"]),
    ] {
        let mut found = told(&arrived(&[&configured], body.as_bytes(), body.as_bytes())?);
        found.retain(|one| !one.starts_with("secret_is_quoted") || expected.contains(&one.as_str()));
        assert_eq!(found, expected, "{configured}");
    }
    Ok(())
}

#[test]
fn several_fingerprints_are_told_in_the_plural() -> anyhow::Result<()> {
    let body = payload("city", "Rome");
    let of = |secrets: &[&[u8]]| {
        anyhow::Ok(Evidence::new(secrets, &signed(body.as_bytes())?, body.as_bytes(), NOW).diagnose())
    };
    assert!(of(&[OTHER.as_bytes()])?.findings()[0].explanation().contains("The fingerprint of the secret in use is "));
    let two = of(&[OTHER.as_bytes(), b"2c26b46b68ffc68ff99b453c1d304134"])?.findings()[0].explanation();
    assert!(two.contains("The fingerprints of the secrets in use are "), "{two}");
    Ok(())
}
