// Answers Twenty once Redis has the job.
import { once } from "node:events";
import { createServer } from "node:http";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/node";

// While Redis is away, adding a job fails at once instead of waiting, and while it hangs after three seconds: the answer is 500.
const connection = new Redis(process.env.REDIS_URL, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 3_000 });
connection.on("error", (error) => console.error(error.message));
await once(connection, "ready");

const DAY = 24 * 60 * 60;
const queue = new Queue("twenty", {
  connection,
  skipWaitingForReady: true,
  // A second job with the same id is ignored for as long as the first is kept.
  defaultJobOptions: { attempts: 10, backoff: { type: "exponential", delay: 1_000 }, removeOnComplete: { age: DAY }, removeOnFail: { age: 7 * DAY } },
});
queue.on("error", (error) => console.error(error.message));

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const enqueue = (event, delivery) => queue.add("event", delivery.toJSON(), { jobId: delivery.id });

createServer(receive(webhook, enqueue, { replayStore: null })).listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
