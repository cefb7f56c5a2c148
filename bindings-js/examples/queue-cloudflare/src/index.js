// Answers Twenty once the queue has the message; the same worker takes messages from the queue.
import { env } from "cloudflare:workers";
import { Webhook, readEvent } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

const webhook = new Webhook(env.TWENTY_WEBHOOK_SECRET);
const enqueue = (event, delivery) => env.EVENTS.send(delivery.toJSON());

// The queue has no ids and delivers a message at least once: the row of a delivery, in one transaction with the work, makes it once.
async function work({ id, payload }) {
  const event = readEvent(payload);
  const change = env.DATABASE.prepare("INSERT INTO change SELECT ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE id = ?1)");
  const remember = env.DATABASE.prepare("INSERT INTO delivery (id) VALUES (?1) ON CONFLICT DO NOTHING");
  await env.DATABASE.batch([change.bind(id, event.name, event.recordId), remember.bind(id)]);
}

export default {
  fetch: receive(webhook, enqueue, { replayStore: null }),
  async queue(batch) {
    for (const message of batch.messages) {
      await work(message.body);
      message.ack(); // What throws before this is delivered again.
    }
  },
};
