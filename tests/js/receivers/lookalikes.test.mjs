// Clients that have Redis's words but answer otherwise: they are refused when the store is made. Upstash's is one that fits.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Redis as Upstash } from "@upstash/redis";
import IoRedis from "ioredis";
import * as redis from "redis";
import redis3 from "redis3";
import * as redis4 from "redis4";

import { receiving } from "./receiving.mjs";
import { redisServer } from "./redis.mjs";
import { installed } from "./support.mjs";
import { compiles } from "./types.mjs";
import { restOf } from "./upstash.mjs";

const { redisReplayStore } = installed("twenty-webhook");
const NOWHERE = "redis://127.0.0.1:1";

describe("with a Redis", () => {
  let server, admin, rest;
  const clients = [];
  const open = async (client) => (clients.push(client.on("error", () => {})), await client.connect(), client);
  before(async () => {
    server = await redisServer();
    admin = await open(redis.createClient({ url: server.url }));
    rest = await restOf(admin);
  });
  after(async () => {
    rest.close();
    for (const client of clients) await (client.destroy ?? client.disconnect).call(client);
    await server.close();
  });

  const fits = {
    "redis 6": () => open(redis.createClient({ url: server.url })),
    "redis 6, a pool": () => open(redis.createClientPool({ url: server.url })),
    "redis 4": () => open(redis4.createClient({ url: server.url })),
    ioredis: () => open(new IoRedis(server.url, { lazyConnect: true })),
    "ioredis with a prefix": () => open(new IoRedis(server.url, { lazyConnect: true, keyPrefix: "app:" })),
    "@upstash/redis": () => new Upstash({ url: rest.url, token: "t", enableTelemetry: false }),
    "@upstash/redis without pipelines": () => new Upstash({ url: rest.url, token: "t", enableTelemetry: false, enableAutoPipelining: false }),
    "@upstash/redis that reads no JSON": () => new Upstash({ url: rest.url, token: "t", enableTelemetry: false, automaticDeserialization: false }),
  };
  for (const [name, make] of Object.entries(fits)) {
    test(`${name} grants once, and again what was released`, async () => {
      let isFailing = true;
      const fail = () => {
        if (isFailing) throw new Error("no");
      };
      const { send, told } = receiving(fail, { replayStore: redisReplayStore(await make()), namespace: name });
      assert.equal(await send(), "500 handler_failed");
      isFailing = false;
      assert.deepEqual([await send(), await send(), await send()], ["200 handled", "200 duplicate", "200 duplicate"]);
      assert.deepEqual(told.errors.map(({ code }) => code), ["handler_failed"]);
      const [key, ...others] = await admin.keys(`*${name}:*`);
      assert.equal(others.length, 0);
      const ttl = await admin.pTTL(key);
      assert.ok(ttl > 86_000_000 && ttl <= 86_400_000, `${ttl} ms`);
    });
  }

  test("Upstash's client takes a token that looks like a number for somebody's", async () => {
    const store = redisReplayStore(await fits["@upstash/redis"]());
    for (const token of ["01234567890123456789012345678901", "12345678901234567890123456789012", "12e45678901234567890123456789012"]) {
      await admin.set(`held ${token}`, token);
      assert.equal(await store.claim(`held ${token}`, 60_000, 0), null);
    }
  });

  /** Redis has set the key of each, and its answer is not the one that says so. */
  const odd = {
    "redis 6 that makes bytes of texts": async () => (await fits["redis 6"]()).withTypeMapping({ [redis.RESP_TYPES.SIMPLE_STRING]: Buffer }),
    "redis 4 in a wrapper": async () => wrapped(await fits["redis 4"]()),
    "ioredis in a wrapper": async () => wrapped(await fits.ioredis()),
    "@upstash/redis in a wrapper": async () => wrapped(fits["@upstash/redis"]()),
  };
  const wrapped = (client) => new Proxy(client, {
    get(_, name) {
      if (name === "set") return async (...given) => ({ answer: await client.set(...given) });
      return typeof client[name] === "function" ? client[name].bind(client) : client[name];
    },
  });
  for (const [name, make] of Object.entries(odd)) {
    test(`${name} holds no claim of what was refused, which is handled when it is sent again`, async () => {
      const options = { namespace: name };
      const { send, told } = receiving(() => assert.fail("handled"), { ...options, replayStore: redisReplayStore(await make()) });
      for (let copy = 1; copy <= 2; copy += 1) assert.equal(await send(), "503 replay_store_unavailable");
      for (const line of told.lines) assert.match(line, /answered SET with an object: its commands must give promises of text or null\)/);
      assert.deepEqual(await admin.keys(`*${name}:*`), []);
      const mended = receiving(() => {}, { ...options, replayStore: redisReplayStore(await fits["redis 6"]()) });
      assert.deepEqual([await mended.send(), await mended.send()], ["200 handled", "200 duplicate"]);
    });
  }
});

test("clients that answer by callbacks, and those of other packages, are refused when the store is made", () => {
  const made = [];
  const upstash = new Upstash({ url: "https://example.upstash.io", token: "t" });
  const keep = (client) => (made.push(client.on("error", () => {})), client);
  const refused = {
    "one of redis 3": keep(redis3.createClient({ port: 1, retry_strategy: () => undefined })),
    "one in legacyMode": redis4.createClient({ url: NOWHERE, legacyMode: true }),
    "what its legacy\\(\\) gives": redis.createClient({ url: NOWHERE }).legacy(),
    "what its multi\\(\\) or pipeline\\(\\) gives, which asks nothing before exec\\(\\)": redis.createClient({ url: NOWHERE }).multi(),
    "one of @valkey/valkey-glide": { get() {}, set() {}, invokeScript() {}, customCommand() {} },
    "Bun's": { get() {}, set() {}, eval() {}, send() {}, hget() {} },
    // As Deno's, whose set takes its options in an object with other names, and ignores these.
    "a client of another package": { get() {}, set() {}, eval() {}, hget() {}, on: 1 },
    "an object": {},
    undefined: undefined,
  };
  for (const [what, client] of Object.entries(refused)) {
    assert.throws(() => redisReplayStore(client), { name: "TypeError", message: new RegExp(`^client must be a connected client of .*, not ${what}`) });
  }
  const queues = [redis4.createClient().multi(), new IoRedis({ lazyConnect: true }).multi(), new IoRedis({ lazyConnect: true }).pipeline(), upstash.multi(), upstash.pipeline()];
  for (const client of queues) assert.throws(() => redisReplayStore(client), /not what its multi\(\) or pipeline\(\) gives/);
  for (const client of made) client.end(true);
});

test("clients of every kind are known without a connection", () => {
  const rootNodes = [{ url: NOWHERE }];
  const sentinel = { name: "a", sentinelRootNodes: [{ host: "127.0.0.1", port: 1 }] };
  const client = redis.createClient({ url: NOWHERE });
  for (const one of [client, client.withTypeMapping({}), redis.createClientPool(), redis.createCluster({ rootNodes }), redis.createSentinel(sentinel)]) {
    assert.ok(redisReplayStore(one));
  }
  for (const one of [redis4.createClient(), redis4.createCluster({ rootNodes }), new IoRedis({ lazyConnect: true }), new IoRedis.Cluster([{ port: 1 }], { lazyConnect: true })]) {
    assert.ok(redisReplayStore(one));
  }
});

test("compilers take the clients that fit, and refuse those that answer by callbacks", () =>
  compiles("redis", CLIENTS, ["redis", "redis3", "redis4", "ioredis", "@upstash/redis"]));

const CLIENTS = `
import { Redis as Upstash } from "@upstash/redis";
import { Cluster, Redis } from "ioredis";
import { createClient, createClientPool, createCluster, createSentinel } from "redis";
import { createClient as createClient4, createCluster as createCluster4 } from "redis4";
import { redisReplayStore } from "twenty-webhook";

redisReplayStore(createClient());
redisReplayStore(createClientPool());
redisReplayStore(createCluster({ rootNodes: [] }));
redisReplayStore(createSentinel({ name: "", sentinelRootNodes: [] }));
redisReplayStore(createClient4());
redisReplayStore(createCluster4({ rootNodes: [] }));
redisReplayStore(new Redis());
redisReplayStore(new Cluster([]));
redisReplayStore(new Upstash({ url: "", token: "" }));
redisReplayStore(Upstash.fromEnv());
// @ts-expect-error It answers by callbacks.
redisReplayStore(createClient().legacy());
// @ts-expect-error It is no client of Redis.
redisReplayStore(new Map<string, string>());
`;
