// The public suite of replay stores: every store of the package passes it, and wrong ones do not.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import Database from "better-sqlite3";
import IoRedis from "ioredis";
import pg from "pg";
import postgres from "postgres";
import { createClient } from "redis";

import { postgresServer } from "./postgres.mjs";
import { redisServer } from "./redis.mjs";
import { losing, suite } from "./suites.mjs";
import { installed } from "./support.mjs";

const { memoryReplayStore, redisReplayStore, sqlReplayStore } = installed("twenty-webhook");
const { testReplayStore } = installed("twenty-webhook/testing");

suite("memory", () => memoryReplayStore());

describe("with a Redis", () => {
  let redis;
  const open = {};
  before(async () => {
    redis = await redisServer();
    open.redis = losing(await createClient({ url: redis.url }).connect(), "set");
    open.ioredis = losing(new IoRedis(redis.url), "set");
  });
  after(async () => {
    open.redis.client.destroy();
    open.ioredis.client.disconnect();
    await redis.close();
  });
  for (const name of ["redis", "ioredis"]) {
    suite(name, () => redisReplayStore(open[name].client), { loseAnswer: () => open[name].loseAnswer() });
  }
});

describe("with a PostgreSQL", () => {
  let server;
  const open = {};
  before(async () => {
    server = await postgresServer();
    open.pg = losing(new pg.Pool({ connectionString: server.url }), "query");
    open.postgres = losing(postgres(server.url), "unsafe");
    await open.pg.client.query(sqlReplayStore(open.pg.client).createTable);
  });
  after(async () => {
    await Promise.all([open.pg.client.end(), open.postgres.client.end()]);
    await server.close();
  });
  for (const name of ["pg", "postgres"]) {
    suite(name, () => sqlReplayStore(open[name].client), { loseAnswer: () => open[name].loseAnswer() });
  }
});

const database = new Database(":memory:");
database.exec(sqlReplayStore(database).createTable);
suite("better-sqlite3", () => sqlReplayStore(database));

/** A store that is right: what is wrong with the others is what differs from it. */
class Right {
  held = new Map();
  serial = 0;
  now = () => performance.now();
  spelt = (key) => key;
  lifetime = (ttlMs) => ttlMs;
  claim(key, ttlMs) {
    const known = this.held.get(this.spelt(key));
    if (known && known.goneAt > this.now()) return this.refusal;
    const token = `${(this.serial += 1)}`;
    this.held.set(this.spelt(key), { token, goneAt: this.now() + this.lifetime(ttlMs) });
    return token;
  }
  refusal = null;
  release(key, token) {
    if (this.held.get(this.spelt(key))?.token === token) this.held.delete(this.spelt(key));
  }
}

const WRONG = {
  "grants every claim": [class extends Right { claim() { return `${(this.serial += 1)}`; } }, "a key is granted"],
  "refuses with false": [class extends Right { refusal = false; }, "a key is granted"],
  "refuses with nothing": [class extends Right { refusal = undefined; }, "a key is granted"],
  "refuses with empty text": [class extends Right { refusal = ""; }, "a key is granted"],
  "grants with true": [class extends Right { claim(...given) { return super.claim(...given) === null ? null : true; } }, "a key is granted"],
  "grants with half a character": [class extends Right { claim(...given) { return super.claim(...given) && "\ud800"; } }, "a key is granted"],
  "has one token": [class extends Right { claim(...given) { return super.claim(...given) && "token"; } release(key) { this.held.delete(key); } }, "a released key"],
  "does not release": [class extends Right { release() {} }, "a released key"],
  "releases by whatever token": [class extends Right { release(key) { this.held.delete(key); } }, "a token that does not hold"],
  "fails to release what is not there": [class extends Right { release(key, token) { if (!this.held.has(key)) throw new Error("no"); super.release(key, token); } }, "a token that does not hold"],
  "keeps claims for ever": [class extends Right { lifetime = () => Infinity; }, "a claim is gone"],
  "counts in whole seconds, up": [class extends Right { lifetime = (ttlMs) => Math.ceil(ttlMs / 1_000) * 1_000; }, "a claim is gone"],
  "counts in whole seconds, down": [class extends Right { lifetime = (ttlMs) => Math.floor(ttlMs / 1_000) * 1_000; }, "a claim is gone"],
  "prolongs a claim that is asked for": [class extends Right { claim(...given) { const token = super.claim(...given); this.held.get(given[0]).goneAt = this.now() + given[1]; return token; } }, "a claim is gone"],
  "looks, then claims": [class extends Right { async claim(...given) { const known = this.held.get(given[0]); await null; return known && known.goneAt > this.now() ? null : (this.held.delete(given[0]), super.claim(...given)); } }, "of a hundred claims"],
  "cuts keys": [class extends Right { spelt = (key) => key.slice(0, 255); }, "keys are told apart"],
  "compares keys without case": [class extends Right { spelt = (key) => key.toLowerCase(); }, "keys are told apart"],
  "trims keys": [class extends Right { spelt = (key) => key.trim(); }, "keys are told apart"],
  "composes characters": [class extends Right { spelt = (key) => key.normalize(); }, "keys are told apart"],
};

describe("the suite finds a store that", { concurrency: true }, () => {
  const failures = async (makeStore, options) => {
    const failed = await Promise.all(testReplayStore(makeStore, options).map(({ name, run }) => run().then(() => [], (error) => [[name, error.message]])));
    return failed.flat();
  };
  test("is right to be right", async () => assert.deepEqual(await failures(() => new Right()), []));
  for (const [what, [Wrong, expected]] of Object.entries(WRONG)) {
    test(what, async () => {
      // On a busy machine a case that looks at times may see too little.
      for (let times = 0; times < 20; times += 1) {
        const failed = await failures(() => new Wrong());
        if (failed.some(([name]) => name.startsWith(expected))) return;
      }
      assert.fail("it was not found");
    });
  }

  test("cannot be made, and one that does not ask again", async () => {
    const bang = () => { throw new Error("no database"); };
    assert.deepEqual((await failures(bang)).map(([, message]) => message), Array(7).fill("no database"));
    let loses = 0;
    class Once extends Right {
      async claim(...given) {
        const token = super.claim(...given);
        if (loses-- > 0) throw new Error("the answer was lost");
        return token;
      }
    }
    assert.deepEqual(await failures(() => new Once(), { loseAnswer: () => (loses = 1) }), [
      ["a claim whose answer was lost is granted when it is asked for again", "the answer was lost"],
    ]);
  });
});
