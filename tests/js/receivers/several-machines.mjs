// Replays and duplicates across processes that share a database: alive, paused, gone, restarted, and processes that are killed.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { open } from "./processes.mjs";
import { proxyOf } from "./proxy.mjs";
import { post } from "./sender.mjs";
import { until } from "./until.mjs";

const person = (id) => JSON.stringify({ eventName: "person.created", record: { id } });

/** Receivers that share a store, each a process. */
const fleet = (count, one, options) => Promise.all(Array.from({ length: count }, () => open(one(options))));
const counted = (answers) => Object.fromEntries(counts(answers));
const counts = (list) => list.reduce((found, one) => found.set(one, (found.get(one) ?? 0) + 1), new Map());

/** On a busy machine the store may take longer than its second: what is refused for that is sent again. */
async function answered(url, body) {
  for (let times = 0; ; times += 1) {
    const answer = await post(url, body);
    if (answer !== "503 replay_store_unavailable" || times === 20) return answer;
  }
}

/** `one({ url, onStoreFailure, … })` starts a receiver with a store in the database there, `start` a server of that database. */
export function claims(store, one, start) {
  describe(`receivers in four processes, with ${store}`, () => {
    let server, receivers;
    before(async () => {
      server = await start();
      receivers = await fleet(4, one, { url: server.url });
    });
    after(async () => {
      await Promise.all(receivers.map((receiver) => receiver.close()));
      await server.close();
    });

    test("of 1,000 copies of one delivery at once exactly one is handled", async () => {
      const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => answered(receivers[index % 4].url, person("one"))));
      assert.deepEqual(counted(answers), { "200 handled": 1, "200 duplicate": 999 });
      // A line may come after the answer.
      await until(() => receivers.some(({ lines }) => lines.length > 0));
      assert.deepEqual(receivers.flatMap(({ lines }) => lines), ["one"]);
    });
  });

}

/** A server that does not answer, answers late, or is not there. */
export function failures(store, one, start) {
  // Side by side, because each waits for time to pass.
  describe(`${store} that is paused, slow or killed`, { concurrency: true }, () => {
    for (const [onStoreFailure, expected] of [["refuse", "503 replay_store_unavailable"], ["handle", "200 handled"]]) {
      test(`with onStoreFailure "${onStoreFailure}"`, async () => {
        const server = await start();
        const proxy = await proxyOf(server.port);
        const receiver = await open(one({ url: server.urlAt(proxy.port), onStoreFailure }));
        const sent = (id) => post(receiver.url, person(id));
        // As often as it takes: on a busy machine the store may be late by itself.
        const becomes = (id, answer) => until(async () => (await sent(id)) === answer);
        // Claimed late and released, if it was refused; handled, if it was.
        const late = onStoreFailure === "refuse" ? "200 handled" : "200 duplicate";
        try {
          await becomes("before", "200 duplicate");
          server.pause();
          assert.equal(await sent("paused"), expected);
          server.resume();
          await becomes("before", "200 duplicate");
          await becomes("paused", late);
          proxy.delayMs = 700;
          assert.equal(await sent("slow"), expected);
          proxy.delayMs = 0;
          await becomes("slow", late);
          await server.kill();
          assert.equal(await sent("killed"), expected);
          await server.start();
          await becomes("killed", late);
          const logged = receiver.noise.filter((line) => line.includes("replay_store_unavailable"));
          // In Rust the record is a field of the line.
          const names = (line, id) => line.includes(`record ${id}]`) || line.includes(`record_id="${id}"`);
          for (const id of ["paused", "slow", "killed"]) assert.ok(logged.some((line) => names(line, id)), logged.join("\n"));
          if (onStoreFailure === "handle") return;
          // A line may come after the answer.
          await until(() => receiver.lines.length >= 4);
          assert.deepEqual(receiver.lines, ["before", "paused", "slow", "killed"]);
        } finally {
          await receiver.close();
          await proxy.close();
          await server.close();
        }
      });
    }
  });
}

/** A server that is away while the receiver starts, and for longer than a client tries at first. */
export function outages(store, one, start) {
  test(`a receiver starts while ${store} finds no server, and claims again soon after an outage`, async () => {
    const server = await start();
    await server.kill();
    const receiver = await open(one({ url: server.url }));
    const claimsAgain = async (id) => {
      await server.start();
      await until(async () => (await post(receiver.url, person(id))) === "200 handled");
    };
    try {
      assert.equal(await post(receiver.url, person("never there")), "503 replay_store_unavailable");
      await claimsAgain("there");
      await server.kill();
      for (let second = 0; second < 5; second += 1) {
        assert.equal(await post(receiver.url, person(`outage ${second}`)), "503 replay_store_unavailable");
      }
      await claimsAgain("there again");
      assert.deepEqual(receiver.lines, ["there", "there again"]);
    } finally {
      await receiver.close();
      await server.close();
    }
  });
}

/** Sends events, each to both receivers, while something is killed; then each once more, when all is well again. */
async function load(receivers, kill) {
  const answers = [];
  const sending = (async () => {
    for (let id = 0; id < 400; id += 1) {
      answers.push(...(await Promise.all(receivers.map(({ url }) => post(url, person(`event-${id}`)).catch(() => "gone")))));
    }
  })();
  await pause(300);
  await kill();
  await sending;
  for (let id = 0; id < 400; id += 1) answers.push(await answered(receivers[id % 2].url, person(`event-${id}`)));
  await pause(1_000);
  return answers;
}

/** `settings` are those with which the server keeps what it has answered, `careless` those with which it may not. */
export function restarts(store, one, start, { settings = [], careless } = {}) {
  async function restarted(given) {
    const server = await start(...given);
    const receivers = await fleet(2, one, { url: server.url });
    try {
      const answers = await load(receivers, async () => {
        await server.kill();
        await pause(100);
        await server.start();
      });
      return { answers, handled: counts(receivers.flatMap(({ lines }) => lines)) };
    } finally {
      await Promise.all(receivers.map((receiver) => receiver.close()));
      await server.close();
    }
  }

  describe(`a restart of the server under load, by kill -9, with ${store}`, () => {
    test(`handles nothing twice ${["with", ...settings].join(" ")}`, async () => {
      const { answers, handled } = await restarted(settings);
      assert.deepEqual([...handled].filter(([, times]) => times > 1), []);
      assert.equal(answers.length, 1_200);
      assert.equal(answers.filter((answer) => answer === "200 handled").length, handled.size);
      assert.ok(handled.size > 390, `${handled.size} of 400 were handled`);
    });

    if (!careless) return;
    test("answers every request without persistence, and may handle an event twice", async (t) => {
      const { answers, handled } = await restarted(careless);
      assert.equal(answers.length, 1_200);
      assert.ok(answers.every((answer) => /^(200 (handled|duplicate)|503 replay_store_unavailable)$/.test(answer)), JSON.stringify(counted(answers)));
      t.diagnostic(`${[...handled.values()].filter((times) => times > 1).length} of 400 events were handled twice`);
    });
  });
}

/** A process of two that dies and comes back. What it had claimed and not handled is lost. */
export function deaths(store, one, start) {
  test(`a receiver that is killed under load, by kill -9, handles nothing twice, with ${store}`, async () => {
    const server = await start();
    const receivers = await fleet(2, one, { url: server.url });
    const dead = receivers[0];
    try {
      const answers = await load(receivers, async () => {
        await dead.close();
        receivers[0] = await open(one({ url: server.url }));
      });
      const handled = counts([dead, ...receivers].flatMap(({ lines }) => lines));
      assert.deepEqual([...handled].filter(([, times]) => times > 1), []);
      assert.ok(answers.includes("gone") && answers.includes("200 duplicate"));
      assert.ok(handled.size >= 399, `${handled.size} of 400 were handled`);
    } finally {
      await Promise.all(receivers.map((receiver) => receiver.close()));
      await server.close();
    }
  });
}
