import express from "express";
import { Webhook } from "twenty-webhook/diagnose";
import { receive } from "twenty-webhook/express";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

const app = express();
app.all("/webhooks/twenty", receive(webhook, handlers, { diagnose: process.env.NODE_ENV === "development" }));
app.use(express.json());

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => console.log("listening on", server.address()));
