//! A header as a line: `Name: value`, in any bytes.

use alloc::vec::Vec;

use super::CaptureError;

/// A name and a value, as received.
pub(super) type Header = (Vec<u8>, Vec<u8>);

/// Splits at the first colon and drops the white space around the value that HTTP allows (RFC 9110 section 5.5), and before the
/// name, where what was copied is indented.
/// Nothing else is looked at: what is wrong with a name or a value is for verification to say.
pub(super) fn parse(line: &[u8]) -> Result<Header, CaptureError> {
    let line = line.trim_ascii_start();
    let colon = line.iter().position(|&byte| byte == b':');
    let Some((name, value)) = colon.and_then(|colon| Some((line.get(..colon)?, line.get(colon + 1..)?))) else {
        let (shown, more) = line.get(..SHOWN_BYTES).map_or((line, ""), |start| (start, "..."));
        return Err(CaptureError::new(format_args!(
            "It holds no headers: the line \"{}{more}\" has no colon, as in 'Name: value'.",
            shown.escape_ascii()
        )));
    };
    Ok((name.to_vec(), trim(value).to_vec()))
}

fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// Of what may be a secret, given by mistake: enough to find the line.
const SHOWN_BYTES: usize = 8;

#[cfg(test)]
mod tests {
    use super::{CaptureError, parse};

    #[test]
    fn splits_at_the_first_colon() -> Result<(), CaptureError> {
        for (line, name, value) in [
            (b"X-A: 1".as_slice(), b"X-A".as_slice(), b"1".as_slice()),
            (b"X-A:1:2 ", b"X-A", b"1:2"),
            (b"X-A: \t a b \t ", b"X-A", b"a b"),
            (b":", b"", b""),
            (b"  \tX-A: 1", b"X-A", b"1"),
            (b"X-A :\xff\x00\r", b"X-A ", b"\xff\x00\r"),
            (b"X-A:  ", b"X-A", b""),
        ] {
            assert_eq!(parse(line)?, (name.to_vec(), value.to_vec()));
        }
        Ok(())
    }

    #[test]
    fn a_secret_given_in_place_of_headers_is_not_printed() {
        let told = |line: &[u8]| parse(line).err().map(|error| alloc::string::ToString::to_string(&error));
        let expected = "It holds no headers: the line \"whsec_7f...\" has no colon, as in 'Name: value'.";
        assert_eq!(told(b"whsec_7f0c2d9a1b").as_deref(), Some(expected));
    }

    #[test]
    fn asks_for_a_colon() {
        for line in [b"".as_slice(), b"X-A", b"X-A 1"] {
            assert!(parse(line).is_err(), "{}", line.escape_ascii());
        }
    }
}
