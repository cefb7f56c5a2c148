import type { APIRoute } from "astro";
import { TWENTY_WEBHOOK_SECRET } from "astro:env/server";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import type { Handlers } from "twenty-webhook/fetch";

const webhook = new Webhook(TWENTY_WEBHOOK_SECRET);
const handlers: Handlers<"person.*" | "metadata.*.*"> = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

const receiver = receive(webhook, handlers);
export const ALL: APIRoute = ({ request }) => receiver(request);
