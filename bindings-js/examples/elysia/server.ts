import { Elysia } from "elysia";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import type { Handlers } from "twenty-webhook/fetch";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET!);
const handlers: Handlers<"person.*" | "metadata.*.*"> = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

const app = new Elysia();
app.mount("/webhooks/twenty", receive(webhook, handlers));

app.listen({ port: process.env.PORT ?? 3000, hostname: "127.0.0.1" }, ({ port }) => console.log(`listening on ${port}`));
