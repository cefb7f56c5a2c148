// Replays and duplicates across processes, with a real Redis: alive, paused, gone, restarted.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { open } from "./processes.mjs";
import { proxyOf } from "./proxy.mjs";
import { redisServer } from "./redis.mjs";
import { post } from "./sender.mjs";
import { until } from "./until.mjs";

const person = (id) => JSON.stringify({ eventName: "person.created", record: { id } });

/** Receivers that share a store, each a process. */
const fleet = (count, one, options) => Promise.all(Array.from({ length: count }, () => open(one(options))));
const counted = (answers) => Object.fromEntries(counts(answers));
const counts = (list) => list.reduce((found, one) => found.set(one, (found.get(one) ?? 0) + 1), new Map());

/** `one({ url, onStoreFailure, … })` starts a receiver with a store in the Redis there. */
export function claims(store, one) {
  describe(`receivers in four processes, with ${store}`, () => {
    let redis, receivers;
    before(async () => {
      redis = await redisServer();
      receivers = await fleet(4, one, { url: redis.url });
    });
    after(async () => {
      await Promise.all(receivers.map((receiver) => receiver.close()));
      await redis.close();
    });

    test("of 1,000 copies of one delivery at once exactly one is handled", async () => {
      // On a busy machine so many may wait for longer than the store's second; those are sent again.
      const send = async (url) => {
        for (let times = 0; ; times += 1) {
          const answer = await post(url, person("one"));
          if (answer !== "503 replay_store_unavailable" || times === 10) return answer;
        }
      };
      const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => send(receivers[index % 4].url)));
      assert.deepEqual(counted(answers), { "200 handled": 1, "200 duplicate": 999 });
      // A line may come after the answer.
      await until(() => receivers.some(({ lines }) => lines.length > 0));
      assert.deepEqual(receivers.flatMap(({ lines }) => lines), ["one"]);
    });
  });

  // Side by side, because each waits for time to pass.
  describe(`${store} that is paused, slow or killed`, { concurrency: true }, () => {
    for (const [onStoreFailure, expected] of [["refuse", "503 replay_store_unavailable"], ["handle", "200 handled"]]) {
      test(`with onStoreFailure "${onStoreFailure}"`, async () => {
        const redis = await redisServer();
        const proxy = await proxyOf(redis.port);
        const receiver = await open(one({ url: proxy.url, onStoreFailure }));
        const sent = (id) => post(receiver.url, person(id));
        // Claimed late and released, if it was refused; handled, if it was.
        const late = onStoreFailure === "refuse" ? "200 handled" : "200 duplicate";
        try {
          assert.equal(await sent("before"), "200 handled");
          redis.pause();
          assert.equal(await sent("paused"), expected);
          redis.resume();
          await pause(2_000);
          assert.equal(await sent("before"), "200 duplicate");
          assert.equal(await sent("paused"), late);
          proxy.delayMs = 700;
          assert.equal(await sent("slow"), expected);
          proxy.delayMs = 0;
          await pause(2_000);
          assert.equal(await sent("slow"), late);
          await redis.kill();
          assert.equal(await sent("killed"), expected);
          await redis.start();
          await pause(2_000);
          assert.equal(await sent("again"), "200 handled");
          const logged = receiver.noise.filter((line) => line.includes("replay_store_unavailable"));
          assert.equal(logged.length, 3, logged.join("\n"));
        } finally {
          await receiver.close();
          await proxy.close();
          await redis.close();
        }
      });
    }
  });
}

/** Redis away while the receiver starts, and for longer than a client tries at first. */
export function outages(store, one) {
  test(`a receiver starts while ${store} finds no Redis, and claims again soon after an outage`, async () => {
    const redis = await redisServer();
    await redis.kill();
    const receiver = await open(one({ url: redis.url }));
    const claimsAgain = async (id) => {
      await redis.start();
      await until(async () => (await post(receiver.url, person(id))) === "200 handled");
    };
    try {
      assert.equal(await post(receiver.url, person("never there")), "503 replay_store_unavailable");
      await claimsAgain("there");
      await redis.kill();
      for (let second = 0; second < 5; second += 1) {
        assert.equal(await post(receiver.url, person(`outage ${second}`)), "503 replay_store_unavailable");
      }
      await claimsAgain("there again");
      assert.deepEqual(receiver.lines, ["there", "there again"]);
    } finally {
      await receiver.close();
      await redis.close();
    }
  });
}

/** Load in both ways in which Redis may keep, or not keep, what it was told. */
export function restarts(store, one) {
  describe(`a restart of Redis under load, by kill -9, with ${store}`, () => {
    /** Sends events, each twice, while Redis is killed and started again. */
    async function load(...settings) {
      const redis = await redisServer(...settings);
      const receivers = await fleet(2, one, { url: redis.url });
      try {
        const answers = [];
        const sending = (async () => {
          for (let id = 0; id < 400; id += 1) {
            answers.push(...(await Promise.all(receivers.map(({ url }) => post(url, person(`event-${id}`))))));
          }
        })();
        await pause(300);
        await redis.kill();
        await pause(100);
        await redis.start();
        await sending;
        // Once more, when all is well again: everything that was handled must still be known.
        for (let id = 0; id < 400; id += 1) answers.push(await post(receivers[id % 2].url, person(`event-${id}`)));
        await pause(1_000);
        return { answers, handled: counts(receivers.flatMap(({ lines }) => lines)) };
      } finally {
        await Promise.all(receivers.map((receiver) => receiver.close()));
        await redis.close();
      }
    }

    test("handles nothing twice with appendonly yes and appendfsync always", async () => {
      const { answers, handled } = await load("--appendonly", "yes", "--appendfsync", "always");
      assert.deepEqual([...handled].filter(([, times]) => times > 1), []);
      assert.equal(answers.length, 1_200);
      assert.equal(answers.filter((answer) => answer === "200 handled").length, handled.size);
      assert.ok(handled.size > 390, `${handled.size} of 400 were handled`);
    });

    test("answers every request without persistence, and may handle an event twice", async (t) => {
      const { answers, handled } = await load();
      assert.equal(answers.length, 1_200);
      assert.ok(answers.every((answer) => /^(200 (handled|duplicate)|503 replay_store_unavailable)$/.test(answer)), JSON.stringify(counted(answers)));
      t.diagnostic(`${[...handled.values()].filter((times) => times > 1).length} of 400 events were handled twice`);
    });
  });
}
