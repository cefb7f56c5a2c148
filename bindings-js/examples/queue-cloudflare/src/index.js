// Answers Twenty once the queue has the message; the same worker takes messages from the queue.
import { Webhook, readEvent } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

// Made at the first delivery and kept: a Worker has its secrets with each request.
let webhook;
const findWebhook = (request, env) => (webhook ??= new Webhook(env.TWENTY_WEBHOOK_SECRET));

const enqueue = (event, delivery, request, env) => env.EVENTS.send(delivery.toJSON());

// The queue has no ids, and may deliver a message twice. The delivery's row is written in one transaction with the work.
async function work({ id, payload }, { DATABASE }) {
  const event = readEvent(payload);
  const change = DATABASE.prepare("INSERT INTO change SELECT ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE id = ?1)");
  const remember = DATABASE.prepare("INSERT INTO delivery (id) VALUES (?1) ON CONFLICT DO NOTHING");
  await DATABASE.batch([change.bind(id, event.name, event.recordId), remember.bind(id)]);
}

export default {
  fetch: receive(findWebhook, enqueue, { replayStore: null }),
  async queue(batch, env) {
    for (const message of batch.messages) {
      await work(message.body, env);
      message.ack(); // Whatever is not acknowledged is delivered again.
    }
  },
};
