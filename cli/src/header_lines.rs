//! Headers as text: `Name: value`, in any bytes.

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

fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::parse;

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
}
