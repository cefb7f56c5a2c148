//! `types --url` of a workspace that has more objects than a page.

use axum::response::{IntoResponse as _, Response};

use crate::metadata_server::{Answering, Server, types};

/// A page of objects, and where the next one begins.
fn page(object: &str, more: &str) -> Response {
    let node = format!(r#"{{"nameSingular":"{object}","fields":{{"edges":[]}}}}"#);
    format!(r#"{{"data":{{"objects":{{"pageInfo":{{{more}}},"edges":[{{"node":{node}}}]}}}}}}"#).into_response()
}

#[test]
fn a_server_is_asked_until_the_last_page() -> anyhow::Result<()> {
    let server = Server::new(|query| match query {
        _ if query.contains(r#"after: "a\"b""#) => page("balloon", r#""hasNextPage":true,"endCursor":"c""#),
        _ if query.contains(r#"after: "c""#) => page("glider", r#""hasNextPage":false,"endCursor":"d""#),
        _ => page("rocket", r#""hasNextPage":true,"endCursor":"a\"b""#),
    })?;
    let answer = types(&server.url)?;
    assert_eq!((answer.exit_code, answer.stderr.as_str(), server.asked().len()), (0, "", 3));
    for object in ["  balloon: Balloon;\n", "  glider: Glider;\n", "  rocket: Rocket;\n"] {
        assert!(answer.stdout.contains(object), "{}", answer.stdout);
    }
    Ok(())
}

#[test]
fn a_page_that_is_missing_is_told() -> anyhow::Result<()> {
    const MORE: &str = r#""hasNextPage":true,"endCursor":"a""#;
    const ERROR: &str = r#"{"errors":[{"message":"Too many"}],"data":null}"#;
    let pages: [(Answering, usize, i32, &str); 4] = [
        (|_| page("rocket", MORE), 20, 2, "/metadata has more than 20 pages of objects\n"),
        (
            |_| page("rocket", r#""hasNextPage":true"#),
            1,
            0,
            "warning: these are not all objects: there is another page\n",
        ),
        (
            |query| if query.contains("after") { "{}".into_response() } else { page("rocket", MORE) },
            2,
            2,
            "or the OpenAPI document of /open-api/core\n",
        ),
        (
            |query| if query.contains("after") { ERROR.into_response() } else { page("rocket", MORE) },
            2,
            2,
            "instead of metadata: Too many\n",
        ),
    ];
    for (answering, asked, exit_code, said) in pages {
        let server = Server::new(answering)?;
        let answer = types(&server.url)?;
        assert_eq!((answer.exit_code, server.asked().len()), (exit_code, asked), "{said}");
        assert!(answer.stderr.ends_with(said), "{}", answer.stderr);
    }
    Ok(())
}
