//! Headers as lines: alone, under a request line, or among what `curl -v` prints.

use anyhow::Context as _;

use super::Request;
use crate::header_lines::{self, Header};

pub(super) fn request(bytes: &[u8]) -> anyhow::Result<Request> {
    if let Some(headers) = of_curl(bytes) {
        return Ok(Request { headers: headers?, ..Request::default() });
    }
    let after_blanks = bytes.trim_ascii_start();
    match first_line(after_blanks) {
        (line, rest) if is_start_of_message(line) => message(rest),
        _ => Ok(Request { headers: parse(lines(bytes))?, ..Request::default() }),
    }
}

/// What `curl -v` prints of both sides: those lines are meant that hold a signature, and what was sent if neither does.
fn of_curl(bytes: &[u8]) -> Option<anyhow::Result<Vec<Header>>> {
    let [sent, received] = [b'>', b'<'].map(|sign| {
        let said = move |line| <[u8]>::strip_prefix(line, &[sign]).filter(|rest| matches!(rest, [] | [b' ', ..]));
        let said = lines(bytes).filter_map(said).map(<[u8]>::trim_ascii);
        said.filter(|line| !line.is_empty() && !is_start_of_message(line)).collect::<Vec<_>>()
    });
    let is_signed = |lines: &[&[u8]]| {
        let name = |line: &[u8]| line.split(|&byte| byte == b':').next().unwrap_or_default().to_ascii_lowercase();
        lines.iter().any(|line| name(line).ends_with(b"-signature"))
    };
    let meant = if sent.is_empty() || (is_signed(&received) && !is_signed(&sent)) { received } else { sent };
    (!meant.is_empty()).then(|| parse(meant.into_iter()))
}

/// Headers up to an empty line, and the body, if there is more.
fn message(mut rest: &[u8]) -> anyhow::Result<Request> {
    let mut head = Vec::new();
    while !rest.is_empty() {
        let (line, after) = first_line(rest);
        rest = after;
        if line.is_empty() {
            break;
        }
        head.push(line);
    }
    let body = (!rest.is_empty()).then(|| rest.to_vec());
    Ok(Request { headers: parse(head.into_iter())?, body, received_at: None })
}

fn is_start_of_message(line: &[u8]) -> bool {
    let version = line.split(|&byte| byte == b' ').next_back().unwrap_or_default();
    line.starts_with(b"HTTP/") || (version.starts_with(b"HTTP/") && line.contains(&b' ') && !line.contains(&b'\n'))
}

fn parse<'l>(lines: impl Iterator<Item = &'l [u8]>) -> anyhow::Result<Vec<Header>> {
    lines.map(header_lines::parse).collect::<Result<_, _>>().context("it holds no headers")
}

fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        (!bytes.is_empty()).then(|| {
            let (line, rest) = first_line(bytes);
            bytes = rest;
            line
        })
    })
    .filter(|line| !line.trim_ascii().is_empty())
}

/// Up to LF or CRLF, and what comes after it.
fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match bytes.iter().position(|&byte| byte == b'\n') {
        Some(end) => (bytes.get(..end).unwrap_or_default(), bytes.get(end + 1..).unwrap_or_default()),
        None => (bytes, [].as_slice()),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

#[cfg(test)]
mod tests {
    use super::{lines, request};

    #[test]
    fn takes_both_line_ends() {
        let found: Vec<_> = lines(b"A: 1\r\n\r\nB: 2\n \t\nC: 3").collect();
        assert_eq!(found, [b"A: 1", b"B: 2", b"C: 3"]);
    }

    #[test]
    fn a_body_comes_after_the_first_empty_line() -> anyhow::Result<()> {
        for (dump, body) in [
            (b"POST / HTTP/1.1\r\nA: 1\r\n\r\n".as_slice(), None),
            (b"POST / HTTP/1.1\nA: 1\n\n{}\n\n", Some(b"{}\n\n".as_slice())),
            (b"\r\nHTTP/2 200\r\nA: 1\r\n\r\n\xff", Some(b"\xff")),
            (b"A: 1\n\nA: 1", None),
        ] {
            let found = request(dump)?;
            assert_eq!(found.body.as_deref(), body, "{}", dump.escape_ascii());
            assert_eq!(found.headers.first(), Some(&(b"A".to_vec(), b"1".to_vec())));
        }
        Ok(())
    }

    #[test]
    fn of_what_curl_prints_the_signed_side_is_meant() -> anyhow::Result<()> {
        let sent = "* Connected\n> POST / HTTP/1.1\n> Host: a\n> X-A-Signature: 1\n>\n";
        let received = "< HTTP/1.1 200 OK\r\n< Date: today\r\n<\r\n";
        for (printed, count) in [
            (format!("{sent}{{ [5 bytes data]\n{received}"), 2),
            (received.to_owned(), 1),
            (format!("> GET / HTTP/2\n> Host: a\n> Accept: b\n>\n{received}< X-A-Signature: 1\n"), 2),
        ] {
            assert_eq!(request(printed.as_bytes())?.headers.len(), count, "{printed}");
        }
        Ok(())
    }
}
