//! `canonicalize`.

use crate::program::{answer, program};

#[test]
fn prints_the_text_and_a_line_end() -> anyhow::Result<()> {
    // node -e 'console.log(JSON.stringify(JSON.parse(String.raw`...`)))'
    for (json, expected) in [
        (r#" {"b": 1.0, "10": "\u00eb\ud800", "2": -0, "b": 1e400} "#, "{\"2\":0,\"10\":\"ë\\ud800\",\"b\":null}\n"),
        ("123456789012345680000", "123456789012345680000\n"),
        ("\"\u{9b}\u{202e}\"", "\"\u{9b}\u{202e}\"\n"),
    ] {
        let answer = answer(program().arg("canonicalize"), json.as_bytes())?;
        assert_eq!((answer.exit_code, answer.stdout.as_str(), answer.stderr.as_str()), (0, expected, ""));
    }
    Ok(())
}

#[test]
fn refuses_what_is_not_json() -> anyhow::Result<()> {
    let too_deep = [b"[".repeat(1025), b"]".repeat(1025)].concat();
    for (json, code) in [
        (b"".as_slice(), "payload_not_json"),
        (b"{'a':1}", "payload_not_json"),
        (b"\xef\xbb\xbf{}", "payload_not_json"),
        (b"\"\xff\"", "payload_not_utf8"),
        (&too_deep, "payload_too_deep"),
    ] {
        let answer = answer(program().arg("canonicalize"), json)?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (1, ""));
        assert!(answer.stderr.starts_with(&format!("refused: {code}: ")), "{}", answer.stderr);
    }
    Ok(())
}
