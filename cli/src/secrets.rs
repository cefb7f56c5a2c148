//! Where secrets come from: the environment or files, never the command line, which other users can see.

use std::{env, fs, path::Path};

use anyhow::Context as _;
use twenty_webhook::Secret;

use crate::failure::Failure;

const VARIABLE: &str = "TWENTY_WEBHOOK_SECRET";

/// The current secret: from the file that is named, else from the environment.
pub(crate) fn current(file: Option<&Path>) -> Result<Secret, Failure> {
    Ok(Secret::from_utf8(&current_text(file)?)?)
}

/// Its text, which need not be fit for a secret.
pub(crate) fn current_text(file: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    if let Some(file) = file {
        return text_of(file);
    }
    let text = env::var_os(VARIABLE)
        .with_context(|| format!("no secret: set {VARIABLE}, or name a file with --secret-file"))?;
    Ok(text.into_encoded_bytes())
}

/// Reads a secret from a file. One line end is how editors end a file; any other white space is the core's to refuse.
pub(crate) fn from_file(file: &Path) -> Result<Secret, Failure> {
    Ok(Secret::from_utf8(&text_of(file)?)?)
}

pub(crate) fn text_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = fs::read(file).with_context(|| format!("cannot read the secret file {}", file.display()))?;
    Ok(without_line_end(&bytes).to_vec())
}

fn without_line_end(text: &[u8]) -> &[u8] {
    text.strip_suffix(b"\r\n").or_else(|| text.strip_suffix(b"\n")).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::without_line_end;

    #[test]
    fn drops_one_line_end_and_no_more() {
        for (text, expected) in [
            ("s\n", "s"),
            ("s\r\n", "s"),
            ("s\n\n", "s\n"),
            ("s\r\n\r\n", "s\r\n"),
            ("s\r", "s\r"),
            ("s \n", "s "),
            ("\n", ""),
        ] {
            assert_eq!(without_line_end(text.as_bytes()), expected.as_bytes(), "{text:?}");
        }
    }
}
