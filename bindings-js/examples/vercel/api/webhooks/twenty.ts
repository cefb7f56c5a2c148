import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import type { Handlers } from "twenty-webhook/fetch";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET!);
const handlers: Handlers<"person.*" | "metadata.*.*"> = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

export default { fetch: receive(webhook, handlers) };
