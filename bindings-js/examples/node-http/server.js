import { createServer } from "node:http";
import { Webhook } from "twenty-webhook/diagnose";
import { receive } from "twenty-webhook/node";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};
const options = { diagnose: process.env.NODE_ENV === "development" };

const server = createServer(receive(webhook, handlers, options));
server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => console.log("listening on", server.address()));
