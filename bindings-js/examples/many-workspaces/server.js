// Twenty's webhooks of many workspaces on one endpoint, in Express: `node server.js`.
import { readFileSync } from "node:fs";

import express from "express";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/express";

// Each workspace's id with its secret. In production this is a table, and the function below awaits a query.
const secrets = new Map(Object.entries(JSON.parse(readFileSync(process.env.SECRETS_FILE, "utf8"))));

/** What was made is kept: a webhook holds its key ready. A workspace whose secret has changed gets a new one. */
const kept = new Map();

/** The webhook of the workspace that the path names; null if there is none, which answers 404. */
function webhookOf(request) {
  const { workspace } = request.params;
  const secret = secrets.get(workspace);
  if (secret === undefined) return null;
  const known = kept.get(workspace);
  if (known?.secret === secret) return known.webhook;
  // The name keeps the claims of workspaces apart.
  const webhook = new Webhook(secret, { name: workspace });
  kept.set(workspace, { secret, webhook });
  return webhook;
}

function onRecord(event, delivery, request) {
  const { workspace } = request.params;
  // A secret that was given to two workspaces by mistake must not mix their records.
  if (event.workspaceId !== workspace) throw new Error(`an event of workspace ${event.workspaceId} came to ${workspace}`);
  console.log(`handled ${event.name} for ${workspace} ${delivery.id}`);
}

const app = express();
app.all("/webhooks/twenty/:workspace", receive(webhookOf, { "*.*": onRecord }));

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => console.log("listening on", server.address()));
