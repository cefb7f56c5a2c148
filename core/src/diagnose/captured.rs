//! Requests as people and tools keep them.

mod curl;
mod documents;
mod dump;
mod error;
mod header_line;
mod repeated;
mod shell_words;

use alloc::{string::String, vec, vec::Vec};
use core::fmt;

pub use error::CaptureError;

use super::charset;
use crate::Timestamp;

/// A request as somebody kept it: what the text that was kept says of it.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Timestamp, diagnose::{CapturedRequest, Evidence, captured_requests}};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let dump = b"GET /hook HTTP/1.1\r\nHost: example.com\r\nX-Twenty-Webhook-Timestamp: 1735066639761\r\n\r\n";
/// let requests: Vec<CapturedRequest> = captured_requests(dump)?;
/// let [request] = requests.as_slice() else { panic!("one request") };
/// assert_eq!(request.method.as_deref(), Some("GET"));
/// assert_eq!(request.url.as_deref(), Some("https://example.com/hook"));
/// assert_eq!((&request.body, request.received_at), (&None, None));
///
/// let diagnosis = Evidence::new(&[b"a secret"], &request.headers, b"", Timestamp::now()).method("GET").diagnose();
/// assert!(!diagnosis.findings().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CapturedRequest {
    /// Names and values, in the order in which they were kept; in JSON, by name.
    pub headers: Vec<(Vec<u8>, Vec<u8>)>,
    /// The body, if it was kept with the headers.
    pub body: Option<Vec<u8>>,
    /// The method, if the text states it.
    pub method: Option<String>,
    /// The address, if the text states it. To the path of a request line the host is added, and `https`, with which Twenty sends.
    pub url: Option<String>,
    /// When it arrived, if the text states it.
    pub received_at: Option<Timestamp>,
}

impl CapturedRequest {
    /// Adds a header from a line, `Name: value`. Blanks around the value are dropped, as HTTP does.
    ///
    /// # Errors
    ///
    /// The line has no colon.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::diagnose::CapturedRequest;
    ///
    /// let mut request = CapturedRequest::default();
    /// request.push_header_line(b"X-Twenty-Webhook-Timestamp: 1735066639761")?;
    /// assert_eq!(request.headers[0].1, b"1735066639761");
    /// assert!(request.push_header_line(b"1735066639761").is_err());
    /// # Ok::<(), twenty_webhook::diagnose::CaptureError>(())
    /// ```
    pub fn push_header_line(&mut self, line: &[u8]) -> Result<(), CaptureError> {
        self.headers.push(header_line::parse(line)?);
        Ok(())
    }
}

/// Without the body, which may hold a secret.
impl fmt::Debug for CapturedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CapturedRequest")
            .field("method", &self.method)
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}

/// Reads every request of a text, in whatever form it was kept.
///
/// The form is found out: header lines; a dump of HTTP, with its body; what `curl -v` prints; a command of curl; a HAR; the JSON of
/// a request bin, of a cloud function, of a saved delivery, or of headers alone; a list of any of these. A text may begin with a
/// byte order mark, and may be in UTF-16 if it does. A body in base64 is read if it is in the standard alphabet, padded and
/// without line ends. A HAR's requests are those that Twenty may have sent: each POST, and each that is signed.
///
/// # Errors
///
/// The text is in none of these forms, or has a body that was not kept as it arrived. A command of curl that names a file is one
/// for [`captured_requests_with_files`].
///
/// # Example
///
/// ```
/// use twenty_webhook::diagnose::captured_requests;
///
/// let command = br#"curl https://example.com/hook -H 'X-Twenty-Webhook-Timestamp: 1735066639761' --data-raw '{"a":1}'"#;
/// let requests = captured_requests(command)?;
/// assert_eq!(requests[0].body.as_deref(), Some(br#"{"a":1}"#.as_slice()));
/// assert_eq!(requests[0].method.as_deref(), Some("POST"));
/// assert_eq!(
///     captured_requests(b"hello").unwrap_err().to_string(),
///     "It holds no headers: the line \"hello\" has no colon, as in 'Name: value'."
/// );
/// # Ok::<(), twenty_webhook::diagnose::CaptureError>(())
/// ```
pub fn captured_requests(text: &[u8]) -> Result<Vec<CapturedRequest>, CaptureError> {
    captured_requests_with_files(text, &mut |_| Err("put what it holds into the command".into()))
}

/// The same, with a function that reads the files that a command of curl names, such as `--data-binary @body.json`, or says in a
/// few words why it cannot.
///
/// # Errors
///
/// Those of [`captured_requests`], and a file that cannot be read.
///
/// # Example
///
/// ```
/// use twenty_webhook::diagnose::captured_requests_with_files;
///
/// let command = b"curl https://example.com/hook --data-binary @body.json";
/// let requests = captured_requests_with_files(command, &mut |_name| Ok(b"{}".to_vec()))?;
/// assert_eq!(requests[0].body.as_deref(), Some(b"{}".as_slice()));
/// # Ok::<(), twenty_webhook::diagnose::CaptureError>(())
/// ```
pub fn captured_requests_with_files(
    text: &[u8],
    read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Vec<CapturedRequest>, CaptureError> {
    // In which PowerShell writes a file that `>` names.
    let decoded = charset::utf_16(text);
    let text = decoded.as_deref().map_or(text, str::as_bytes);
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let start = text.trim_ascii_start();
    match start.first() {
        Some(b'{' | b'[') => {
            let document = serde_json::from_slice(start)
                .map_err(|error| CaptureError::new(format_args!("It begins like JSON and is none: {error}.")))?;
            let repeated::Distinct = serde_json::from_slice(start)
                .map_err(|error| CaptureError::new(format_args!("It cannot be read: {error}.")))?;
            documents::requests(&document)
        }
        _ if curl::is_command(start) => Ok(vec![curl::request(start, read_file)?]),
        _ => Ok(vec![dump::request(text)?]),
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
