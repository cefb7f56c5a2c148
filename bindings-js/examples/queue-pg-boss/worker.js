// Does the work, one job after the other of those that the receiver added.
import { readEvent } from "twenty-webhook";
import { boss } from "./boss.js";

// What is written with `transaction` is committed together with the end of the job, or not at all.
async function work([job], transaction) {
  const event = readEvent(job.data.payload);
  await transaction.executeSql("INSERT INTO change VALUES ($1, $2)", [event.name, event.recordId]);
}

await boss.work("twenty", { transactional: true, localConcurrency: 10, pollingIntervalSeconds: 0.5 }, work);
console.log("waiting for jobs");

process.once("SIGTERM", () => boss.stop());
