// A receiver in a process of its own; what it is to be comes as JSON in the first argument. Each handled event is a line, as soon as its handler begins.
import { createServer } from "node:http";

import { createClient } from "redis";
import Database from "better-sqlite3";
import IoRedis from "ioredis";
import pg from "pg";

import { SECRET } from "./sender.mjs";
import { installed } from "./support.mjs";

const { Webhook, redisReplayStore, sqlReplayStore } = installed("twenty-webhook");
const { receive } = installed("twenty-webhook/node");
const { store, url, isStuck, ...options } = JSON.parse(process.argv[2]);

const stores = {
  async redis() {
    const client = createClient({ url, socket: { reconnectStrategy: 50 } });
    client.on("error", () => {});
    return redisReplayStore(await client.connect());
  },
  async ioredis() {
    const client = new IoRedis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on("error", () => {});
    return redisReplayStore(client);
  },
  pg() {
    const pool = new pg.Pool({ connectionString: url });
    pool.on("error", () => {});
    return sqlReplayStore(pool);
  },
  sqlite: () => sqlReplayStore(new Database(url)),
};
if (store) options.replayStore = await stores[store]();

function handle({ record }) {
  console.log(`handled ${record.id}`);
  return isStuck ? new Promise(() => {}) : undefined;
}

const server = createServer(receive(new Webhook(SECRET), { "person.*": handle }, options));
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
