import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

// Made at the first delivery and kept: a Worker has its secrets with each request.
let webhook;
const findWebhook = (request, env) => (webhook ??= new Webhook(env.TWENTY_WEBHOOK_SECRET));

export default { fetch: receive(findWebhook, handlers) };
