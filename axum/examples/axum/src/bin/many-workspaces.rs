//! Twenty's webhooks of many workspaces on one endpoint, in axum: `SECRETS_FILE=secrets.json cargo run --bin many-workspaces`.

use std::{
    collections::HashMap,
    env, fs,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::Router;
use tokio::net::TcpListener;
use twenty_webhook_axum::{BoxError, Delivery, Head, Secret, Webhook, receive_with};

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let workspaces = Arc::new(Workspaces::read(&env::var("SECRETS_FILE")?)?);
    let find = move |head: Head| {
        let workspaces = Arc::clone(&workspaces);
        async move { workspaces.webhook_of(workspace_of(&head)) }
    };
    let receiver = receive_with(find).on("*.*", on_record).build()?;
    let app = Router::new().route_service("/webhooks/twenty/{workspace}", receiver);

    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    println!("listening on {}", listener.local_addr()?.port());
    axum::serve(listener, app).await?;
    Ok(())
}

struct Workspaces {
    /// Each workspace's id with its secret. In production this is a table, and the function that finds webhooks awaits a query.
    secrets: HashMap<String, String>,
    /// What was made is kept: a webhook holds its key ready. A workspace whose secret has changed gets a new one.
    kept: Mutex<HashMap<String, (String, Arc<Webhook>)>>,
}

impl Workspaces {
    fn read(file: &str) -> Result<Self, BoxError> {
        Ok(Self { secrets: serde_json::from_str(&fs::read_to_string(file)?)?, kept: Mutex::default() })
    }

    /// `None` if there is no such workspace, which answers 404.
    fn webhook_of(&self, workspace: &str) -> Result<Option<Arc<Webhook>>, BoxError> {
        let Some(secret) = self.secrets.get(workspace) else { return Ok(None) };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, webhook)) = kept.get(workspace) {
            if known == secret {
                return Ok(Some(Arc::clone(webhook)));
            }
        }
        // The name keeps the claims of workspaces apart.
        let webhook = Arc::new(Webhook::new(Secret::new(secret)?).name(workspace)?);
        kept.insert(workspace.to_owned(), (secret.clone(), Arc::clone(&webhook)));
        Ok(Some(webhook))
    }
}

fn workspace_of(head: &Head) -> &str {
    head.uri.path().strip_prefix("/webhooks/twenty/").unwrap_or_default()
}

async fn on_record(delivery: Delivery<'static>, head: Head) -> Result<(), BoxError> {
    let (event, workspace) = (delivery.event(), workspace_of(&head));
    // A secret that was given to two workspaces by mistake must not mix their records.
    if event.workspace_id() != Some(workspace) {
        let other = event.workspace_id().unwrap_or("none");
        return Err(format!("an event of workspace {other} came to {workspace}").into());
    }
    println!("handled {} for {workspace} {}", event.name().unwrap_or_default(), delivery.id());
    Ok(())
}
