// 2,000 events for each example that keeps its work, while its receiver and its workers are killed: none lost, and none done twice
// but where docs/lasting-work.md says so.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { WAYS, WAYS_IN_PYTHON, open } from "../lasting.mjs";
import { post } from "../sender.mjs";

const EVENTS = 2_000;
const SENDERS = 8;
const KILLS = 5;
const WORKERS = 2;

/** What a worker may have done but not acknowledged when it is killed, where its work is not in one transaction with that. */
const IN_HAND = { "queue-bullmq": 10 };

const ways = [...Object.entries(WAYS), ...Object.entries(WAYS_IN_PYTHON).map(([name, way]) => [`${name} in Python`, way])];

describe(`${EVENTS} events under kill -9`, () => {
  for (const [name, way] of ways.filter(([name]) => !process.env.WAYS || process.env.WAYS.split(",").includes(name))) {
    test(name, async (t) => {
      const opened = await open(way, { workers: WORKERS, FAULTS: "1" });
      try {
        const { again, kills } = await load(opened);
        const done = await settled(opened);
        const times = new Map();
        for (const id of done) times.set(id, (times.get(id) ?? 0) + 1);
        const twice = [...times.values()].filter((count) => count > 1).length;
        const lost = EVENTS - times.size;
        t.diagnostic(`${name}: ${EVENTS} events, ${kills}, ${again} sent again, lost ${lost}, twice ${twice}`);
        assert.equal(lost, 0, opened.noise.slice(-20).join("\n"));
        assert.ok(twice <= (IN_HAND[name] ?? 0) * KILLS, `twice ${twice}`);
      } finally {
        await opened.close();
      }
    });
  }
});

/** Sends each event until it is answered 200, as a proxy that repeats would, and kills while that and the work go on. */
async function load(opened) {
  let [next, answered, again] = [0, 0, 0];
  const sender = async () => {
    while (next < EVENTS) {
      const body = JSON.stringify({ eventName: "person.created", record: { id: `event-${next++}` } });
      while ((await post(opened.url, body).catch((error) => error.code)) !== "200 handled") {
        again += 1;
        await pause(20);
      }
      answered += 1;
    }
  };
  const killer = async (progress, kill) => {
    for (let number = 1; number <= KILLS; number += 1) {
      while ((await progress()) < (number * EVENTS) / (KILLS + 1)) await pause(20);
      await kill(number);
    }
  };
  const killers = [];
  if (!opened.endsWithReceiver) killers.push(killer(() => answered, () => opened.restartReceiver()));
  if (opened.workers.length) killers.push(killer(async () => new Set(await opened.done()).size, (number) => opened.restartWorker(number % WORKERS)));
  await Promise.all([...killers, ...Array.from({ length: SENDERS }, sender)]);
  const kills = ["its receiver", "a worker"].slice(opened.endsWithReceiver ? 1 : 0, opened.workers.length ? 2 : 1).map((one) => `${one} killed ${KILLS} times`);
  return { again, kills: kills.join(", ") || "two batches of five failed" };
}

/** What was done once nothing more is: a job of a killed worker comes back after some minutes. */
async function settled(opened) {
  let [done, moved] = [await opened.done(), Date.now()];
  while (new Set(done).size < EVENTS && Date.now() - moved < QUIET_MS) {
    await pause(500);
    const next = await opened.done();
    if (next.length !== done.length) moved = Date.now();
    done = next;
  }
  // What was still in hand may be done a second time.
  if (opened.workers.length) await pause(5_000);
  return opened.done();
}

const QUIET_MS = 240_000;
