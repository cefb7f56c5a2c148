// The queue, which the receiver and the workers share.
import { PgBoss } from "pg-boss";

export const boss = new PgBoss({ connectionString: process.env.DATABASE_URL, max: 20 });
boss.on("error", (error) => console.error(error.message));
await boss.start();

// A worker that is killed sends no heartbeat, and its jobs are tried again.
await boss.createQueue("twenty", { retryLimit: 10, retryBackoff: true, heartbeatSeconds: 30, deleteAfterSeconds: 7 * 24 * 60 * 60 });
