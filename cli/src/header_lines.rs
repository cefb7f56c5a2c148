//! Headers as text: `Name: value`, in any bytes.

use std::{fs, path::Path};

use anyhow::Context as _;

/// A name and a value, as received.
pub(crate) type Header = (Vec<u8>, Vec<u8>);

/// Splits at the first colon and drops the white space around the value that HTTP allows (RFC 9110 section 5.5).
/// Nothing else is looked at: what is wrong with a name or a value is for the core to say.
pub(crate) fn parse(line: &[u8]) -> anyhow::Result<Header> {
    let colon = line.iter().position(|&byte| byte == b':');
    let (name, value) = colon
        .and_then(|colon| Some((line.get(..colon)?, line.get(colon + 1..)?)))
        .with_context(|| format!("no colon in the header \"{}\": write 'Name: value'", line.escape_ascii()))?;
    Ok((name.to_vec(), trim(value).to_vec()))
}

/// Reads a file of headers: one a line, LF or CRLF, empty lines ignored.
pub(crate) fn from_file(file: &Path) -> anyhow::Result<Vec<Header>> {
    let bytes = fs::read(file).with_context(|| format!("cannot read the headers file {}", file.display()))?;
    lines(&bytes).map(parse).collect::<Result<_, _>>().with_context(|| format!("in {}", file.display()))
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|&byte| byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.is_empty())
}

fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::{lines, parse};

    #[test]
    fn splits_at_the_first_colon() -> anyhow::Result<()> {
        for (line, name, value) in [
            (b"X-A: 1".as_slice(), b"X-A".as_slice(), b"1".as_slice()),
            (b"X-A:1:2 ", b"X-A", b"1:2"),
            (b"X-A: \t a b \t ", b"X-A", b"a b"),
            (b":", b"", b""),
            (b"X-A :\xff\x00\r", b"X-A ", b"\xff\x00\r"),
            (b"X-A:  ", b"X-A", b""),
        ] {
            assert_eq!(parse(line)?, (name.to_vec(), value.to_vec()));
        }
        Ok(())
    }

    #[test]
    fn asks_for_a_colon() {
        for line in [b"".as_slice(), b"X-A", b"X-A 1"] {
            assert!(parse(line).is_err(), "{}", line.escape_ascii());
        }
    }

    #[test]
    fn takes_both_line_ends() {
        let found: Vec<_> = lines(b"A: 1\r\n\r\nB: 2\n\nC: 3").collect();
        assert_eq!(found, [b"A: 1", b"B: 2", b"C: 3"]);
    }
}
