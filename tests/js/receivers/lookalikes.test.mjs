// Clients that have Redis's words but answer otherwise: they are refused when the store is made. Upstash's is one that fits.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Redis as Upstash } from "@upstash/redis";
import IoRedis from "ioredis";
import * as redis from "redis";
import redis3 from "redis3";
import * as redis4 from "redis4";

import { body, delivery, receiving } from "./receiving.mjs";
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

  test("a client in a transaction answers neither way", async () => {
    const pipeline = (await open(new IoRedis(server.url, { lazyConnect: true }))).pipeline();
    const { send, told } = receiving(() => assert.fail("handled"), { replayStore: redisReplayStore(pipeline) });
    assert.equal(await send(delivery(body("person.created", "pipeline"))), "503 replay_store_unavailable");
    assert.match(told.lines[0], /the client of ioredis answered SET with an object/);
  });
});

test("clients that answer by callbacks, and those of other packages, are refused when the store is made", () => {
  const made = [];
  const keep = (client) => (made.push(client.on("error", () => {})), client);
  const refused = {
    "one of redis 3": keep(redis3.createClient({ port: 1, retry_strategy: () => undefined })),
    "one in legacyMode": redis4.createClient({ url: NOWHERE, legacyMode: true }),
    "what its legacy\\(\\) gives": redis.createClient({ url: NOWHERE }).legacy(),
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
