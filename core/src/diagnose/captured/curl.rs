//! A command of curl, as browsers, tools and people write it.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    CaptureError, CapturedRequest, dump,
    header_line::{self, Header},
    shell_words,
};

/// Reads a file that the command names.
type ReadFile<'f> = &'f mut dyn FnMut(&str) -> Result<Vec<u8>, String>;

pub(super) fn is_command(text: &[u8]) -> bool {
    let text = without_prompt(text);
    [b"curl ".as_slice(), b"curl.exe ", b"curl\t", b"curl\\"].iter().any(|start| text.starts_with(start))
}

fn without_prompt(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"$ ").unwrap_or(text)
}

pub(super) fn request(text: &[u8], read_file: ReadFile<'_>) -> Result<CapturedRequest, CaptureError> {
    let command =
        core::str::from_utf8(without_prompt(text)).map_err(|_| CaptureError::new("The command is not UTF-8."))?;
    let mut request = CapturedRequest::default();
    let mut words = shell_words::split(command)?.into_iter().skip(1);
    while let Some(word) = words.next() {
        let Some((option, attached)) = option(&word) else {
            if request.url.is_none() && word.contains("://") {
                request.url = Some(word);
            }
            continue;
        };
        let Some(meaning) = meaning(option) else { continue };
        let value = attached.map(str::to_owned).or_else(|| words.next());
        let value = value.ok_or_else(|| CaptureError::new(format_args!("{option} has no value.")))?;
        match meaning {
            Meaning::Header => push_header(&mut request.headers, &value, read_file)?,
            Meaning::Data(data) => push_data(&mut request.body, &sent(&value, data, read_file)?),
            Meaning::Method => request.method = Some(value),
            Meaning::Url => request.url = Some(value),
            Meaning::Other => {}
            Meaning::NoBody => {
                return Err(CaptureError::new(format_args!("{option} makes a body that Twenty never sends.")));
            }
        }
    }
    let usual = if request.body.is_some() { "POST" } else { "GET" };
    request.method.get_or_insert_with(|| usual.to_owned());
    Ok(request)
}

/// An option and what is attached to it: `--name`, `--name=value`, and the last letter of `-sXPOST` that can have a value.
fn option(word: &str) -> Option<(&str, Option<&str>)> {
    if word.starts_with("--") {
        return Some(word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value))));
    }
    let letters = word.strip_prefix('-')?;
    let place = letters.find(|letter| WITH_VALUE.contains(letter))?;
    let (option, value) = letters.get(place..)?.split_at(1);
    Some((option, Some(value).filter(|value| !value.is_empty())))
}

enum Meaning {
    Header,
    Data(Data),
    Method,
    Url,
    Other,
    NoBody,
}

/// How a value of `-d` becomes bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Data {
    /// As it is.
    Raw,
    /// `@file` is read.
    Binary,
    /// `@file` is read, and its line ends are dropped.
    Ascii,
}

/// What is no option of these has no value, or one that nothing is to be known of.
fn meaning(option: &str) -> Option<Meaning> {
    Some(match option {
        "H" | "--header" => Meaning::Header,
        "d" | "--data" | "--data-ascii" => Meaning::Data(Data::Ascii),
        "--data-binary" | "--json" => Meaning::Data(Data::Binary),
        "--data-raw" => Meaning::Data(Data::Raw),
        "X" | "--request" => Meaning::Method,
        "--url" => Meaning::Url,
        // Their values may be addresses, too.
        "--proxy" | "--preproxy" | "--referer" => Meaning::Other,
        "F" | "T" | "--form" | "--form-string" | "--upload-file" | "--data-urlencode" => Meaning::NoBody,
        _ if option.starts_with('-') => return None,
        _ => Meaning::Other,
    })
}

/// `Name;` is a header without a value, and `Name:` one that is left out.
fn push_header(headers: &mut Vec<Header>, value: &str, read_file: ReadFile<'_>) -> Result<(), CaptureError> {
    if let Some(file) = value.strip_prefix('@') {
        headers.extend(dump::request(&file_of_command(file, read_file)?)?.headers);
    } else if let Some(name) = value.strip_suffix(';').filter(|name| !name.contains(':')) {
        headers.push((name.into(), Vec::new()));
    } else {
        headers.extend(Some(header_line::parse(value.as_bytes())?).filter(|(_, value)| !value.is_empty()));
    }
    Ok(())
}

fn sent(value: &str, data: Data, read_file: ReadFile<'_>) -> Result<Vec<u8>, CaptureError> {
    let Some(file) = value.strip_prefix('@').filter(|_| data != Data::Raw) else {
        return Ok(value.as_bytes().to_vec());
    };
    let mut bytes = file_of_command(file, read_file)?;
    if data == Data::Ascii {
        bytes.retain(|byte| !matches!(byte, b'\r' | b'\n' | 0));
    }
    Ok(bytes)
}

fn file_of_command(file: &str, read_file: ReadFile<'_>) -> Result<Vec<u8>, CaptureError> {
    read_file(file).map_err(|why| {
        CaptureError::new(format_args!("The command names the file {file}, which cannot be read: {why}."))
    })
}

/// Several are joined as fields of a form are.
fn push_data(body: &mut Option<Vec<u8>>, data: &[u8]) {
    match body {
        Some(body) => {
            body.push(b'&');
            body.extend(data);
        }
        None => *body = Some(data.to_vec()),
    }
}

/// Letters whose option has a value: curl 8.
const WITH_VALUE: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";
