//! Headers as lines: alone, under a request line, or among what `curl -v` prints.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    CaptureError, CapturedRequest,
    header_line::{self, Header},
};

pub(super) fn request(bytes: &[u8]) -> Result<CapturedRequest, CaptureError> {
    if let Some(request) = of_curl(bytes) {
        return request;
    }
    let after_blanks = bytes.trim_ascii_start();
    match first_line(after_blanks) {
        (line, rest) if is_start_of_message(line) => message(line, rest),
        _ => of_lines(None, lines(bytes)),
    }
}

/// What `curl -v` prints of both sides: those lines are meant that hold a signature, and what was sent if neither does.
fn of_curl(bytes: &[u8]) -> Option<Result<CapturedRequest, CaptureError>> {
    let [sent, received] = [b'>', b'<'].map(|sign| {
        let said = move |line| <[u8]>::strip_prefix(line, &[sign]).filter(|rest| matches!(rest, [] | [b' ', ..]));
        let said = lines(bytes).filter_map(said).map(<[u8]>::trim_ascii);
        said.filter(|line| !line.is_empty()).partition::<Vec<_>, _>(|line| !is_start_of_message(line))
    });
    let has_signature =
        |lines: &[&[u8]]| lines.iter().any(|line| line.split(|&byte| byte == b':').next().is_some_and(is_signature));
    let (meant, starts) =
        if sent.0.is_empty() || (has_signature(&received.0) && !has_signature(&sent.0)) { received } else { sent };
    (!meant.is_empty()).then(|| of_lines(starts.first().copied(), meant.into_iter()))
}

/// Whether a header of this name holds a signature, of Twenty or of another.
pub(super) fn is_signature(name: &[u8]) -> bool {
    name.to_ascii_lowercase().ends_with(b"-signature")
}

/// Headers up to an empty line, and the body, if there is more.
fn message(start: &[u8], mut rest: &[u8]) -> Result<CapturedRequest, CaptureError> {
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
    Ok(CapturedRequest { body, ..of_lines(Some(start), head.into_iter())? })
}

fn is_start_of_message(line: &[u8]) -> bool {
    let version = line.split(|&byte| byte == b' ').next_back().unwrap_or_default();
    line.starts_with(b"HTTP/") || (version.starts_with(b"HTTP/") && line.contains(&b' ') && !line.contains(&b'\n'))
}

fn of_lines<'l>(start: Option<&[u8]>, lines: impl Iterator<Item = &'l [u8]>) -> Result<CapturedRequest, CaptureError> {
    let headers = lines.map(header_line::parse).collect::<Result<Vec<_>, _>>()?;
    let start = start.filter(|line| !line.starts_with(b"HTTP/")).and_then(|line| core::str::from_utf8(line).ok());
    let mut words = start.unwrap_or_default().split(' ').filter(|word| !word.is_empty());
    let method = words.next().map(str::to_string);
    let url = words.next().map(|target| address(target, &headers));
    Ok(CapturedRequest { headers, method, url, ..CapturedRequest::default() })
}

/// Of a path, with the host.
fn address(target: &str, headers: &[Header]) -> String {
    let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(b"host"));
    match host.and_then(|(_, host)| core::str::from_utf8(host).ok()) {
        Some(host) if target.starts_with('/') => format!("https://{host}{target}"),
        _ => target.to_string(),
    }
}

fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    core::iter::from_fn(move || {
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
    use alloc::{borrow::ToOwned, format, vec::Vec};

    use super::{CaptureError, lines, request};

    #[test]
    fn takes_both_line_ends() {
        let found: Vec<_> = lines(b"A: 1\r\n\r\nB: 2\n \t\nC: 3").collect();
        assert_eq!(found, [b"A: 1", b"B: 2", b"C: 3"]);
    }

    #[test]
    fn a_body_comes_after_the_first_empty_line() -> Result<(), CaptureError> {
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

    /// A GET after a redirect has the host and the path that the redirect led to.
    #[test]
    fn the_request_line_says_the_method_and_the_address() -> Result<(), CaptureError> {
        for (dump, method, url) in [
            ("GET /hook?a HTTP/1.1\r\nHost: a.example\r\n\r\n", Some("GET"), Some("https://a.example/hook?a")),
            ("POST https://b.example/ HTTP/1.1\nHost: a.example\n", Some("POST"), Some("https://b.example/")),
            ("* Connected\n> PUT /hook HTTP/2\n> Accept: b\n>\n", Some("PUT"), Some("/hook")),
            ("> GET / HTTP/2\n> Host: a\n< HTTP/1.1 200 OK\n< X-A-Signature: 1\n", None, None),
            ("HTTP/2 200\nHost: a\n", None, None),
            ("Host: a\n", None, None),
        ] {
            let found = request(dump.as_bytes())?;
            assert_eq!((found.method.as_deref(), found.url.as_deref()), (method, url), "{dump}");
        }
        Ok(())
    }

    #[test]
    fn of_what_curl_prints_the_signed_side_is_meant() -> Result<(), CaptureError> {
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
