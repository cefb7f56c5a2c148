// Answers Twenty once PostgreSQL has the job. pg-boss needs Node 22 or newer.
import { createServer } from "node:http";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/node";
import { boss } from "./boss.js";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
// The id of a job is a UUID, so half of the digits; a second job with the same id is ignored for as long as the first is kept.
const enqueue = (event, delivery) => boss.send("twenty", delivery.toJSON(), { id: delivery.id.slice(0, 32) });

const server = createServer(receive(webhook, enqueue, { replayStore: null }));
server.listen(process.env.PORT ?? 3000, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
