import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { Webhook } from "twenty-webhook/diagnose";
import { receive } from "twenty-webhook/hono";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};
const options = { diagnose: process.env.NODE_ENV === "development" };

const app = new Hono();
app.all("/webhooks/twenty", receive(webhook, handlers, options));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "127.0.0.1" }, ({ port }) => console.log(`listening on ${port}`));
