// Does the work, one job after the other of those that the receiver added.
import { Worker } from "bullmq";
import IoRedis from "ioredis";
import { readEvent } from "twenty-webhook";

// A worker waits for Redis for as long as it takes.
const connection = new IoRedis(process.env.REDIS_URL, { maxRetriesPerRequest: null });
connection.on("error", (error) => console.error(error.message));

async function work(job) {
  const event = readEvent(job.data.payload);
  console.log(`handled ${event.name} ${event.recordId}`);
}

// A worker that is killed "stalls" its jobs: by default BullMQ gives up a job that stalls for the second time.
const worker = new Worker("twenty", work, { connection, concurrency: 10, maxStalledCount: 10 });
worker.on("error", (error) => console.error(error.message));
worker.on("failed", (job, error) => console.error(`${job?.id} failed: ${error.message}`));

process.once("SIGTERM", () => worker.close().then(() => connection.quit()));
