// The store in memory: what it grants, forgets and refuses.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { installed } from "./support.mjs";

const { memoryReplayStore, redisReplayStore } = installed("twenty-webhook");
const HOUR = 3_600_000;
/** By which a client of the package redis is known. */
const SHAPE = { on() {}, hGet() {} };

test("a key is granted once, until its claim is released or has expired", async () => {
  const store = memoryReplayStore();
  const token = store.claim("a", 1_000, 0);
  assert.equal(typeof token, "string");
  assert.equal(store.claim("a", 1_000, 0), null);
  assert.notEqual(store.claim("b", 1_000, 0), token);
  store.release("a", "another token");
  assert.equal(store.claim("a", 1_000, 0), null);
  store.release("a", token);
  const again = store.claim("a", 1_000, 0);
  assert.notEqual(again, token);
  store.release("a", token);
  assert.equal(store.claim("a", 1_000, 0), null);
  await pause(1_010);
  assert.ok(store.claim("a", 1_000, 0));
});

test("a full store forgets the expired, then the oldest past the window, and else fails", async () => {
  const store = memoryReplayStore({ maxEntries: 3 });
  assert.ok(store.claim("kept", HOUR, HOUR));
  for (const key of ["a", "b"]) assert.ok(store.claim(key, HOUR, 1_000));
  assert.throws(() => store.claim("c", HOUR, 0), /is full: it holds 3 claims/);
  assert.equal(store.claim("a", HOUR, 0), null);
  await pause(1_100);
  assert.ok(store.claim("c", HOUR, HOUR), "the oldest past its own window was forgotten, whatever the window of who claims");
  assert.ok(store.claim("a", HOUR, HOUR));
  assert.equal(store.claim("kept", HOUR, 0), null);
  const expiring = memoryReplayStore({ maxEntries: 2 });
  expiring.claim("a", 10, 10);
  expiring.claim("b", HOUR, HOUR);
  await pause(20);
  assert.ok(expiring.claim("c", HOUR, HOUR));
  assert.equal(expiring.claim("b", HOUR, HOUR), null);
  assert.throws(() => expiring.claim("d", HOUR, HOUR), /is full/);
  const mixed = memoryReplayStore({ maxEntries: 2 });
  mixed.claim("long", HOUR, HOUR);
  mixed.claim("short", 10, 10);
  await pause(20);
  assert.ok(mixed.claim("c", HOUR, HOUR));
  assert.equal(mixed.claim("long", HOUR, HOUR), null);
});

test("the one a receiver has by default holds a hundred thousand", () => {
  const store = memoryReplayStore();
  for (let key = 0; key < 100_000; key += 1) assert.ok(store.claim(String(key), HOUR, HOUR));
  assert.throws(() => store.claim("one more", HOUR, HOUR), /100000/);
});

test("a claim in Redis whose answer was lost, and which the client sent again, is its own", async () => {
  const held = new Map();
  const client = {
    ...SHAPE,
    set: async (key, token) => (held.has(key) ? null : (held.set(key, token), null)), // as the second answer says
    get: async (key) => held.get(key),
    eval: async () => 1,
  };
  const store = redisReplayStore(client);
  const token = await store.claim("a", HOUR, HOUR);
  assert.match(token, /^t[0-9a-f]{32}$/);
  assert.equal(await store.claim("a", HOUR, HOUR), null);
});

// As a server does; asking again keeps no process alive.
const alive = setInterval(() => {}, 1_000);
after(() => clearInterval(alive));

/** A client of a Redis with one key: `fates` are what becomes of its commands, then all go well. */
function clientOf(...fates) {
  let held;
  const client = {
    ...SHAPE,
    asked: 0,
    run: async (command) => {
      client.asked += 1;
      const fate = fates.shift();
      if (fate && !fate.isDone) throw fate.error;
      const answer = command();
      if (fate) throw fate.error;
      return answer;
    },
    set: (_, token) => client.run(() => (held === undefined ? ((held = token), "OK") : null)),
    get: () => client.run(() => held ?? null),
    eval: async () => 1,
  };
  return client;
}
const lost = { isDone: true, error: new Error("Socket closed unexpectedly") };
const said = (text) => ({ isDone: false, error: new Error(text) });
const LOADING = said("LOADING Redis is loading the dataset in memory");

test("a claim in Redis whose answer was lost is found, whatever is said in between", async () => {
  const client = clientOf(lost, LOADING, said("NOPERM no"), said("Connection is closed."), said("connect ECONNREFUSED"));
  assert.match(await redisReplayStore(client).claim("a", HOUR, HOUR), /^t[0-9a-f]{32}$/);
  assert.equal(await redisReplayStore(client).claim("a", HOUR, HOUR), null);
});

test("a Redis that will be well again is asked again, one that refuses is not", async () => {
  for (const word of ["LOADING", "MASTERDOWN", "TRYAGAIN", "READONLY", "CLUSTERDOWN"]) {
    const client = clientOf(said(`${word} for now`));
    assert.ok(await redisReplayStore(client).claim("a", HOUR, HOUR), word);
    assert.equal(client.asked, 2);
  }
  for (const text of ["NOPERM no", "WRONGPASS no", "ERR no", "The client is closed", "Connection is closed."]) {
    const client = clientOf(said(text));
    await assert.rejects(redisReplayStore(client).claim("a", HOUR, HOUR), { message: text });
    assert.equal(client.asked, 1);
  }
});

test("a Redis that says neither OK nor whose key it is has neither granted nor refused", async () => {
  const claim = (set, get) => redisReplayStore({ ...SHAPE, set: () => set, get: () => get, eval() {} }).claim("a", HOUR, HOUR);
  for (const answer of [undefined, true, 0, "QUEUED", {}, Promise.resolve(false)]) {
    await assert.rejects(claim(answer), /^Error: the client of redis answered SET with (undefined|true|0|false|an object|a string): /);
  }
  for (const answer of [undefined, 7, "", {}, Buffer.from("t")]) {
    await assert.rejects(claim(null, answer), /^Error: the client of redis answered GET with (undefined|7|empty text|an object): /);
  }
  await assert.rejects(claim(null, null), /answered both SET with NX and GET with null/);
  assert.equal(await claim(null, "another's"), null);
});

test("a key that is released between two commands is claimed", async () => {
  const answers = [null, "OK"];
  const client = { ...SHAPE, set: async () => answers.shift(), get: async () => null, eval() {} };
  assert.match(await redisReplayStore(client).claim("a", HOUR, HOUR), /^t/);
});

test("an error of Redis's client that has no text is an error of the store", async () => {
  const bang = () => { throw new Error("bang"); };
  for (const thrown of [Object.create(null), { toString: bang }, Object.defineProperty(new Error("NOPERM"), "message", { get: bang })]) {
    let asked = 0;
    const set = () => ((asked += 1), asked < 2 ? Promise.reject(thrown) : "OK");
    assert.ok(await redisReplayStore({ ...SHAPE, set, get: bang, eval() {} }).claim("a", HOUR, HOUR));
  }
});

test("sizes and clients that cannot be meant are refused", () => {
  for (const maxEntries of [0, -1, 1.5, NaN, Infinity]) assert.throws(() => memoryReplayStore({ maxEntries }), RangeError);
  assert.throws(() => memoryReplayStore({ maxEntries: "3" }), TypeError);
  for (const client of [undefined, null, {}, "redis://localhost", { set() {} }]) assert.throws(() => redisReplayStore(client), TypeError);
});
