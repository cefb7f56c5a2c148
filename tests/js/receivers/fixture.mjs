// A receiver in a process of its own; what it is to be comes as JSON in the first argument. Each handled event is a line.
import { createServer } from "node:http";

import { createClient } from "redis";
import IoRedis from "ioredis";

import { SECRET } from "./sender.mjs";
import { installed } from "./support.mjs";

const { Webhook, redisReplayStore } = installed("twenty-webhook");
const { receive } = installed("twenty-webhook/node");
const { store, url, ...options } = JSON.parse(process.argv[2]);

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
};
if (store) options.replayStore = await stores[store]();

const server = createServer(receive(new Webhook(SECRET), { "person.*": ({ record }) => console.log(`handled ${record.id}`) }, options));
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
