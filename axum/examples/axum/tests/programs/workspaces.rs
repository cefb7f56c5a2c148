//! Fifty workspaces on one endpoint, each with a secret of its own.

use std::{collections::BTreeMap, fs};

use crate::program::Program;

fn body(workspace: &str, record: &str) -> String {
    format!(
        r#"{{"eventName":"person.created","workspaceId":"{workspace}","record":{{"id":"{record}","updatedAt":"2026-11-28"}}}}"#
    )
}

fn path(workspace: &str) -> String {
    format!("/webhooks/twenty/{workspace}")
}

#[test]
fn fifty_secrets_on_one_endpoint_open_a_workspace_each() {
    let secrets: BTreeMap<_, _> =
        (0..50).map(|number| (format!("workspace-{number}"), format!("the secret of number {number}"))).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secrets.json");
    fs::write(&file, serde_json::to_string(&secrets).unwrap()).unwrap();
    let settings = [("SECRETS_FILE", file.to_str().unwrap())];
    let program = Program::begin(env!("CARGO_BIN_EXE_many-workspaces"), &settings);

    // The same record in each, as copies of one workspace have it.
    for (workspace, secret) in &secrets {
        assert_eq!(program.deliver(&path(workspace), &body(workspace, "7"), secret), "200 handled");
        assert!(program.printed().starts_with(&format!("handled person.created for {workspace} ")));
    }
    let (one, other) = ("workspace-1", "workspace-2");
    assert_eq!(program.deliver(&path(one), &body(one, "7"), &secrets[one]), "200 duplicate");
    assert_eq!(program.deliver(&path(one), &body(one, "8"), &secrets[other]), "401 signature_mismatch");
    assert_eq!(program.deliver(&path("nobody"), &body("nobody", "9"), "a secret of nobody's"), "404 unknown_webhook");
    assert_eq!(program.deliver(&path(one), &body(other, "10"), &secrets[one]), "500 handler_failed");
    assert!(program.has_printed_nothing_more());
    let told: Vec<_> = (0..3).map(|_| program.logged()).collect();
    assert!(told[2].contains("an event of workspace workspace-2 came to workspace-1"), "{told:?}");
}
