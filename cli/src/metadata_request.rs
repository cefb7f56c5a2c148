//! Asks a server for the metadata of its workspace.

use std::env;

use anyhow::{Context as _, anyhow, bail, ensure};
use serde_json::{Value, json};
use ureq::{
    Agent,
    http::{HeaderValue, StatusCode, Uri},
};

use crate::{http_client::Server, terminal::without_query, types::MOST_BYTES};

/// The answer of GraphQL at `/metadata`.
pub(crate) fn answer(url: &str) -> anyhow::Result<Vec<u8>> {
    let server = endpoint(url)?;
    let authorization = authorization()?;
    let (agent, url) = (server.agent()?, &server.url);
    let mut refused = None;
    for relations in RELATIONS {
        let ask_after = |cursor: Option<&str>| ask(&agent, url, &authorization, &query(relations, cursor));
        let answer = ask_after(None)?;
        if !is_of_another_version(&answer) {
            return with_further_pages(answer, |cursor| ask_after(Some(cursor)))
                .and_then(|whole| whole.with_context(|| format!("{url} has more than {MOST_PAGES} pages of objects")));
        }
        refused = refused.or(Some(answer));
    }
    // The newest version's complaint is the one to read.
    Ok(refused.unwrap_or_default())
}

/// What a field says of a relation, in the newest version, and in those before.
const RELATIONS: [&str; 4] = [
    "settings relation { type targetObjectMetadata { nameSingular } } \
     morphRelations { type targetObjectMetadata { nameSingular } }",
    "settings relation { type targetObjectMetadata { nameSingular } }",
    "settings relationDefinition { direction targetObjectMetadata { nameSingular } }",
    "fromRelationMetadata { relationType } toRelationMetadata { relationType fromObjectMetadata { nameSingular } }",
];

/// For the objects behind a cursor. A thousand is the most that a page can have; no object has so many fields.
fn query(relations: &str, cursor: Option<&str>) -> String {
    let fields = format!("name type isNullable isActive options {relations}");
    // A text of GraphQL is written as one of JSON.
    let after = cursor.map_or_else(String::new, |cursor| format!(", after: {}", Value::from(cursor)));
    let query = format!(
        "query {{ objects(paging: {{ first: 1000{after} }}) {{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ \
         nameSingular isActive isSystem fields(paging: {{ first: 1000 }}) {{ pageInfo {{ hasNextPage }} edges {{ node {{ \
         {fields} }} }} }} }} }} }} }}"
    );
    json!({ "query": query }).to_string()
}

/// The first answer with the objects of all that follow; none if there is no end to them. An answer without objects, such as an
/// error, is the one to read.
fn with_further_pages(
    first: Vec<u8>,
    ask_after: impl Fn(&str) -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Option<Vec<u8>>> {
    let mut all: Value = serde_json::from_slice(&first).unwrap_or_default();
    let mut bytes = first.len() as u64;
    for _ in 1..MOST_PAGES {
        let Some(cursor) = next_cursor(&all) else {
            return Ok(Some(if bytes == first.len() as u64 { first } else { all.to_string().into_bytes() }));
        };
        let answer = ask_after(&cursor)?;
        bytes += answer.len() as u64;
        ensure!(bytes <= MOST_BYTES, "the metadata has more than {MOST_BYTES} bytes");
        let mut page: Value = serde_json::from_slice(&answer).unwrap_or_default();
        let (Some(Value::Array(edges)), Some(page_info), Some(Value::Array(all_edges))) = (
            page.pointer_mut(EDGES).map(Value::take),
            page.pointer_mut(PAGE_INFO).map(Value::take),
            all.pointer_mut(EDGES),
        ) else {
            return Ok(Some(answer));
        };
        all_edges.extend(edges);
        all["data"]["objects"]["pageInfo"] = page_info;
    }
    Ok(None)
}

/// Where the next page begins, if there is one.
fn next_cursor(answer: &Value) -> Option<String> {
    let page_info = answer.pointer(PAGE_INFO)?;
    let cursor = page_info.get("endCursor").and_then(Value::as_str).map(str::to_owned);
    cursor.filter(|_| page_info.get("hasNextPage") == Some(&Value::Bool(true)))
}

const EDGES: &str = "/data/objects/edges";
const PAGE_INFO: &str = "/data/objects/pageInfo";
/// Nobody has so many, and what is endless should end.
const MOST_PAGES: usize = 20;

/// GraphQL refuses a query as a whole for one field that it does not know.
fn is_of_another_version(answer: &[u8]) -> bool {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let message = answer.pointer("/errors/0/message").and_then(Value::as_str).unwrap_or_default();
    message.starts_with("Cannot query field")
}

/// Where to ask. A key goes nowhere else unless it is encrypted.
fn endpoint(url: &str) -> anyhow::Result<Server> {
    let server = Server::at(url, "TWENTY_API_KEY is what the server asks for")?;
    ensure!(
        !server.is_in_the_clear(),
        "{} is not encrypted: the API key would be readable on the way, so use https",
        without_query(url)
    );
    let path = server.url.path().trim_end_matches('/').trim_end_matches("/metadata").to_owned();
    server.with_path(&format!("{path}/metadata"))
}

fn authorization() -> anyhow::Result<HeaderValue> {
    let key = env::var(VARIABLE).map_err(|_| anyhow!("no API key: set {VARIABLE}"))?;
    let mut value = HeaderValue::try_from(format!("Bearer {}", key.trim()))
        .map_err(|_| anyhow!("{VARIABLE} holds characters that no header can have"))?;
    value.set_sensitive(true);
    Ok(value)
}

const VARIABLE: &str = "TWENTY_API_KEY";

fn ask(agent: &Agent, url: &Uri, authorization: &HeaderValue, query: &str) -> anyhow::Result<Vec<u8>> {
    let request = agent.post(url).header("authorization", authorization).content_type("application/json");
    let mut response = request.send(query).with_context(|| format!("cannot ask {url}"))?;
    let status = response.status();
    if status.is_redirection() {
        bail!("{url} answered with {}, a redirect: name the address that it leads to", status.as_u16());
    }
    let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
    let body = body.with_context(|| format!("cannot read the answer of {url}"))?;
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            bail!("{url} refused the API key of {VARIABLE} ({})", status.as_u16())
        }
        // A query that it does not understand is answered so, with errors.
        StatusCode::OK | StatusCode::BAD_REQUEST => Ok(body),
        _ => bail!("{url} answered with {}", status.as_u16()),
    }
}
