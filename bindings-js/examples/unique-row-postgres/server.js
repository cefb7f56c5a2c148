// Does the work in the transaction that remembers the delivery: both are committed, or neither.
import { createServer } from "node:http";
import pg from "pg";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/node";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2_000, query_timeout: 3_000 });
pool.on("error", (error) => console.error(error.message));

async function handle(event, delivery) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rowCount } = await client.query("INSERT INTO delivery VALUES ($1) ON CONFLICT DO NOTHING", [delivery.id]);
    if (rowCount === 1) await work(event, client);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    client.release(true); // Closes the connection, and that ends the transaction.
    throw error;
  }
}

async function work(event, client) {
  await client.query("INSERT INTO change VALUES ($1, $2)", [event.name, event.recordId]);
}

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
createServer(receive(webhook, handle, { replayStore: null })).listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
