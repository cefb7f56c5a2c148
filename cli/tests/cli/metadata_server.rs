//! `types --url`, with real servers on this machine.

use std::{
    collections::HashMap,
    net::TcpListener,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header::LOCATION},
    response::{IntoResponse as _, Response},
    routing::post,
};
use serde_json::Value;

use crate::program::{Answer, answer, program};

pub(crate) const KEY: &str = "TWENTY_API_KEY";
pub(crate) const ROCKET: &str =
    r#"{"data":{"objects":{"edges":[{"node":{"nameSingular":"rocket","fields":{"edges":[]}}}]}}}"#;

pub(crate) type Answering = fn(&str) -> Response;

/// What a server was asked: the authorization, and the query.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

pub(crate) struct Server {
    pub(crate) url: String,
    asked: Asked,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    pub(crate) fn new(answering: Answering) -> anyhow::Result<Self> {
        let asked = Asked::default();
        let router = Router::new()
            .route("/metadata", post(metadata))
            .route("/crm/metadata", post(metadata))
            .with_state((answering, Arc::clone(&asked)));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build()?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        runtime.spawn(async move { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await });
        Ok(Self { url, asked, _runtime: runtime })
    }

    pub(crate) fn asked(&self) -> Vec<(String, String)> {
        self.asked.lock().map(|asked| asked.clone()).unwrap_or_default()
    }
}

async fn metadata(State((answering, asked)): State<(Answering, Asked)>, headers: HeaderMap, body: String) -> Response {
    let query: HashMap<String, Value> = serde_json::from_str(&body).unwrap_or_default();
    let query = query.get("query").and_then(Value::as_str).unwrap_or_default().to_owned();
    let authorization = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Ok(mut asked) = asked.lock() {
        asked.push((authorization.to_owned(), query.clone()));
    }
    answering(&query)
}

pub(crate) fn types(url: &str) -> anyhow::Result<Answer> {
    answer(program().env(KEY, "a key").args(["types", "--lang", "typescript", "--url", url]), b"")
}

/// As GraphQL answers a query for a field that it does not have.
fn without(query: &str, unknown: &[&str]) -> Response {
    match unknown.iter().find(|field| query.contains(*field)) {
        Some(field) => {
            let message =
                format!(r#"{{"errors":[{{"message":"Cannot query field \"{field}\" on type \"Field\"."}}]}}"#);
            (StatusCode::BAD_REQUEST, message).into_response()
        }
        None => ROCKET.into_response(),
    }
}

#[test]
fn a_server_is_asked_with_the_key() -> anyhow::Result<()> {
    let server = Server::new(|_| ROCKET.into_response())?;
    for path in ["", "/", "/metadata", "/crm/", "/crm/metadata"] {
        let answer = types(&format!("{}{path}", server.url))?;
        assert_eq!((answer.exit_code, answer.stderr.as_str()), (0, ""), "{path}");
        assert!(answer.stdout.contains("  rocket: Rocket;\n"), "{}", answer.stdout);
    }
    for (authorization, query) in server.asked() {
        assert_eq!(authorization, "Bearer a key");
        assert!(query.contains("morphRelations"), "{query}");
    }
    Ok(())
}

#[test]
fn an_older_server_is_asked_as_it_understands() -> anyhow::Result<()> {
    let servers: [(Answering, usize, &str); 3] = [
        (|query| without(query, &["morphRelations"]), 2, "settings relation {"),
        (|query| without(query, &["morphRelations", "relation {"]), 3, "relationDefinition {"),
        (|query| without(query, &["relation {", "relationDefinition {", "settings"]), 4, "toRelationMetadata {"),
    ];
    for (answering, times, understood) in servers {
        let server = Server::new(answering)?;
        assert_eq!(types(&server.url)?.exit_code, 0);
        let asked = server.asked();
        assert_eq!(asked.len(), times);
        assert!(asked.last().is_some_and(|(_, query)| query.contains(understood)), "{understood}");
    }
    let server = Server::new(|query| without(query, &["nameSingular"]))?;
    let answer = types(&server.url)?;
    assert_eq!(answer.exit_code, 2);
    assert!(answer.stderr.contains("instead of metadata: Cannot query field \"nameSingular\""), "{}", answer.stderr);
    Ok(())
}

#[test]
fn a_refusal_is_told() -> anyhow::Result<()> {
    let servers: [(Answering, &str); 5] = [
        (|_| StatusCode::UNAUTHORIZED.into_response(), "/metadata refused the API key of TWENTY_API_KEY (401)\n"),
        (|_| StatusCode::FORBIDDEN.into_response(), "/metadata refused the API key of TWENTY_API_KEY (403)\n"),
        (|_| StatusCode::BAD_GATEWAY.into_response(), "/metadata answered with 502\n"),
        (|_| "<html>".into_response(), "error: the metadata is not JSON: expected value at line 1 column 1\n"),
        (
            |_| (StatusCode::OK, r#"{"errors":[{"message":"Token invalid"}]}"#).into_response(),
            "error: the server answered with an error instead of metadata: Token invalid\n",
        ),
    ];
    for (answering, reason) in servers {
        let answer = types(&Server::new(answering)?.url)?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.ends_with(reason), "{}", answer.stderr);
        assert!(!answer.stderr.contains("a key"), "{}", answer.stderr);
    }
    Ok(())
}

/// It could lead the key to somebody else.
#[test]
fn a_redirect_is_not_followed() -> anyhow::Result<()> {
    let server = Server::new(|_| (StatusCode::PERMANENT_REDIRECT, [(LOCATION, "/crm/metadata")]).into_response())?;
    let answer = types(&server.url)?;
    assert_eq!((answer.exit_code, server.asked().len()), (2, 1));
    assert!(answer.stderr.contains("answered with 308, a redirect: "), "{}", answer.stderr);
    Ok(())
}

#[test]
fn an_endless_answer_ends() -> anyhow::Result<()> {
    let server = Server::new(|_| Body::from(vec![b' '; (64 << 20) + 1]).into_response())?;
    let answer = types(&server.url)?;
    assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
    assert!(answer.stderr.contains("cannot read the answer of "), "{}", answer.stderr);
    Ok(())
}

#[test]
fn nobody_answers() -> anyhow::Result<()> {
    let url = format!("http://{}", TcpListener::bind("127.0.0.1:0")?.local_addr()?);
    let answer = types(&url)?;
    assert_eq!(answer.exit_code, 2);
    assert!(answer.stderr.starts_with(&format!("error: cannot ask {url}/metadata: ")), "{}", answer.stderr);
    Ok(())
}

/// A proxy of the environment would read the key.
#[test]
fn no_proxy_is_asked_for_this_machine() -> anyhow::Result<()> {
    let (server, proxy) = (Server::new(|_| ROCKET.into_response())?, Server::new(|_| ROCKET.into_response())?);
    let mut program = program();
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        program.env(variable, &proxy.url);
    }
    program.env(KEY, "a key").args(["types", "--lang", "rust", "--url", &server.url]);
    assert_eq!(answer(&mut program, b"")?.exit_code, 0);
    assert_eq!((server.asked().len(), proxy.asked().len()), (1, 0));
    Ok(())
}

#[test]
fn a_key_goes_nowhere_in_the_clear() -> anyhow::Result<()> {
    for (url, reason) in [
        ("http://crm.example/?token=a", "http://crm.example/?... is not encrypted: "),
        ("http://localhost.example", "http://localhost.example is not encrypted: "),
        ("http://127.0.0.1.example", "http://127.0.0.1.example is not encrypted: "),
        ("http://10.0.0.1", "http://10.0.0.1 is not encrypted: "),
        ("http://localhost@crm.example", "the URL holds a user's name: "),
        ("https://me:secret@crm.example", "the URL holds a user's name: "),
        ("ftp://crm.example", "ftp://crm.example is no URL of http or https\n"),
        ("crm.example", "crm.example is no URL of http or https\n"),
        ("/metadata", "/metadata is no URL of http or https\n"),
        ("https://", "https:// is no URL"),
        ("", " is no URL"),
        ("https://a\u{1b}[2J", "https://a\\u001b[2J is no URL"),
    ] {
        let answer = types(url)?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""), "{url}");
        assert!(answer.stderr.starts_with(&format!("error: {reason}")), "{url}: {}", answer.stderr);
        assert!(!answer.stderr.contains("secret"), "{}", answer.stderr);
    }
    Ok(())
}

#[test]
fn a_key_is_needed_that_a_header_can_have() -> anyhow::Result<()> {
    let server = Server::new(|_| ROCKET.into_response())?;
    let arguments = ["types", "--lang", "rust", "--url", &server.url];
    let without = answer(program().env_remove(KEY).args(arguments), b"")?;
    assert_eq!((without.exit_code, without.stderr.as_str()), (2, "error: no API key: set TWENTY_API_KEY\n"));
    let odd = answer(program().env(KEY, "a\r\nb: c").args(arguments), b"")?;
    let expected = "error: TWENTY_API_KEY holds characters that no header can have\n";
    assert_eq!((odd.exit_code, odd.stderr.as_str()), (2, expected));
    assert_eq!(server.asked(), []);
    Ok(())
}
