import { app } from "@azure/functions";
import type { HttpRequest } from "@azure/functions";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import type { Handlers } from "twenty-webhook/fetch";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET!);
const handlers: Handlers<"person.*" | "metadata.*.*", HttpRequest> = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

app.http("twenty", {
  // A GET is what a redirect makes of a delivery: it is refused, and the log says so.
  methods: ["POST", "GET"],
  authLevel: "anonymous",
  route: "webhooks/twenty",
  handler: receive(webhook, handlers),
});
