import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/lambda";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

export const handler = receive(webhook, handlers);
