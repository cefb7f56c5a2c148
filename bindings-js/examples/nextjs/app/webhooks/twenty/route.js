import { after } from "next/server";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

// Made at the first delivery and kept: `next build` runs this file, too, and the secret is not there then.
let webhook;
const findWebhook = () => (webhook ??= new Webhook(process.env.TWENTY_WEBHOOK_SECRET));

export const POST = receive(findWebhook, handlers, { waitUntil: after });
// A GET is what a redirect makes of a delivery: it is refused, and the log says so.
export const GET = POST;
