import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/node";
import type { Handlers } from "twenty-webhook/node";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET!);
const handlers: Handlers<"person.*" | "metadata.*.*"> = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

// Node's own request: one of toWebRequest goes on reading a body that was refused.
export default fromNodeMiddleware(receive(webhook, handlers));
