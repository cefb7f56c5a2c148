//! A receiver's answer.

use std::{
    io::Read as _,
    time::{Duration, Instant},
};

use ureq::{
    Agent,
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, LOCATION},
    },
};

use super::Post;
use crate::http_client::{Server, WHOLE};

pub(crate) struct Answered {
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) duration: Duration,
    /// Or why there is none.
    pub(crate) answer: Result<Answer, String>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Where a redirect leads.
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn of(agent: &Agent, server: &Server, number: u64, post: &Post) -> Answered {
    let begun = Instant::now();
    let answer = answer(agent, server, post).map_err(|error| match error {
        ureq::Error::Timeout(_) => format!("none came within {} s, and Twenty waits for 5 s", WHOLE.as_secs()),
        error => error.to_string(),
    });
    Answered { number, name: post.name.clone(), duration: begun.elapsed(), answer }
}

fn answer(agent: &Agent, server: &Server, post: &Post) -> Result<Answer, ureq::Error> {
    let mut request = agent.post(&server.url);
    let mut has_type = false;
    for (name, value) in &post.headers {
        let name = HeaderName::from_bytes(name).map_err(ureq::http::Error::from)?;
        has_type |= name == CONTENT_TYPE;
        request = request.header(name, HeaderValue::from_bytes(value).map_err(ureq::http::Error::from)?);
    }
    if !has_type {
        request = request.content_type("application/json");
    }
    let mut response = request.send(&post.body)?;
    let location = response.headers().get(LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let mut body = Vec::new();
    response.body_mut().as_reader().take(MOST_BYTES).read_to_end(&mut body)?;
    Ok(Answer { status: response.status(), location, body })
}

/// Of an answer no more is read, or shown.
const MOST_BYTES: u64 = 64 * 1024;
