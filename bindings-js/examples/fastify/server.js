import Fastify from "fastify";
import { Webhook } from "twenty-webhook/diagnose";
import { receive } from "twenty-webhook/fastify";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};
const options = { diagnose: process.env.NODE_ENV === "development" };

const app = Fastify();
app.register(receive(webhook, handlers, options), { prefix: "/webhooks/twenty" });

await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" });
console.log("listening on", app.server.address());
