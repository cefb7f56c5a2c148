import { env } from "cloudflare:workers";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import { durableReplayStore } from "./claims.js";

export { Claim } from "./claims.js";

const webhook = new Webhook(env.TWENTY_WEBHOOK_SECRET);
const replayStore = durableReplayStore(env.CLAIMS);
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

export default { fetch: receive(webhook, handlers, { replayStore }) };
