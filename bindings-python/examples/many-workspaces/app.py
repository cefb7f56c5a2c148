"""Twenty's webhooks of many workspaces on one endpoint, in FastAPI: `python app.py`."""

import json
import os
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.fastapi import receive

# Each workspace's id with its secret. In production this is a table, and the function below awaits a query.
SECRETS: dict[str, str] = json.loads(Path(os.environ["SECRETS_FILE"]).read_text())

# What was made is kept: a webhook holds its key ready. A workspace whose secret has changed gets a new one.
kept: dict[str, tuple[str, Webhook]] = {}


def webhook_of(request: Request) -> Webhook | None:
    """The webhook of the workspace that the path names; None if there is none, which answers 404."""
    workspace = request.path_params["workspace"]
    secret = SECRETS.get(workspace)
    if secret is None:
        return None
    known = kept.get(workspace)
    if known is not None and known[0] == secret:
        return known[1]
    # The name keeps the claims of workspaces apart.
    webhook = Webhook(secret, name=workspace)
    kept[workspace] = (secret, webhook)
    return webhook


def on_record(event: Event, delivery: Delivery, request: Request) -> None:
    workspace = request.path_params["workspace"]
    # A secret that was given to two workspaces by mistake must not mix their records.
    if event.workspace_id != workspace:
        raise ValueError(f"an event of workspace {event.workspace_id} came to {workspace}")
    print(event.name, workspace, delivery.id, flush=True)


app = FastAPI()
app.add_route("/webhooks/twenty/{workspace}", receive(webhook_of, {"*.*": on_record}))

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))
