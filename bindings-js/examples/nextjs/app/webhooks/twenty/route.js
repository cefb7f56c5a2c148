import { after } from "next/server";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET ?? "set at run time");
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

export const POST = receive(webhook, handlers, { waitUntil: after });
// A GET is what a redirect makes of a delivery: it is refused, and the log says so.
export const GET = POST;
