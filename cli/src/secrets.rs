//! Where secrets come from: the environment or files, never the command line, which other users can see.

use std::{env, fs, path::Path};

use anyhow::Context as _;
use twenty_webhook::Secret;

use crate::failure::Failure;

const VARIABLE: &str = "TWENTY_WEBHOOK_SECRET";

/// The current secret: from the file that is named, else from the environment.
pub(crate) fn current(file: Option<&Path>) -> Result<Secret, Failure> {
    if let Some(file) = file {
        return from_file(file);
    }
    let text = env::var_os(VARIABLE)
        .with_context(|| format!("no secret: set {VARIABLE}, or name a file with --secret-file"))?;
    Ok(Secret::from_utf8(text.as_encoded_bytes())?)
}

/// Reads a secret from a file. One line end is how editors end a file; any other white space is the core's to refuse.
pub(crate) fn from_file(file: &Path) -> Result<Secret, Failure> {
    let bytes = fs::read(file).with_context(|| format!("cannot read the secret file {}", file.display()))?;
    Ok(Secret::from_utf8(without_line_end(&bytes))?)
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
