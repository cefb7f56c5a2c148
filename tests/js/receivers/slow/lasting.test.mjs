// 2,000 events for each example that keeps its work, while its receiver and its workers are killed: none lost, and none done twice
// but where the page on lasting work says so.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { WAYS, open } from "../lasting.mjs";
import { post } from "../sender.mjs";

const EVENTS = 2_000;
const SENDERS = 8;
const KILLS = 5;
const WORKERS = 2;

/** What a worker may have done but not acknowledged when it is killed, and what it may have taken but not noted. */
const IN_HAND = { "queue-bullmq": { twice: 10, lost: 0 }, "queue-celery": { twice: 4, lost: 1 } };
const NOTHING = { twice: 0, lost: 0 };

const chosen = process.env.WAYS?.split(",") ?? Object.keys(WAYS);

describe(`${EVENTS} events under kill -9`, () => {
  for (const name of chosen) {
    test(name, async (t) => {
      const way = await open(name, { workers: WORKERS });
      try {
        const sent = await load(way);
        const done = await settled(way);
        const times = Map.groupBy ? Map.groupBy(done, (id) => id) : grouped(done);
        const twice = [...times.values()].filter(({ length }) => length > 1).length;
        const lost = EVENTS - times.size;
        const killed = `killed: the receiver ${KILLS} times${way.workers.length ? `, a worker ${KILLS} times` : ""}`;
        t.diagnostic(`${name}: ${EVENTS} sent, ${killed}, ${sent.again} sent again, lost ${lost}, twice ${twice}`);
        const inHand = IN_HAND[name] ?? NOTHING;
        assert.ok(lost <= inHand.lost * KILLS, `lost ${lost}`);
        assert.ok(twice <= inHand.twice * KILLS, `twice ${twice}`);
      } finally {
        await way.close();
      }
    });
  }
});

/** Sends each event until it is answered 200, as a proxy that repeats would, and kills while that goes on. */
async function load(way) {
  let [next, answered, again] = [0, 0, 0];
  const sender = async () => {
    while (next < EVENTS) {
      const body = JSON.stringify({ eventName: "person.created", record: { id: `event-${next++}` } });
      while ((await post(way.url, body).catch((error) => error.code)) !== "200 handled") {
        again += 1;
        await pause(20);
      }
      answered += 1;
    }
  };
  const reached = async (count) => {
    while (answered < count) await pause(5);
  };
  const killer = async () => {
    for (let kill = 1; kill <= 2 * KILLS; kill += 1) {
      await reached((kill * EVENTS) / (2 * KILLS + 1));
      if (kill % 2) await way.restartReceiver();
      else if (way.workers.length) await way.restartWorker(((kill / 2) % WORKERS));
    }
  };
  await Promise.all([killer(), ...Array.from({ length: SENDERS }, sender)]);
  return { again };
}

/** What was done once nothing more is: a job of a killed worker comes back after minutes at most. */
async function settled(way) {
  let [done, moved] = [[], Date.now()];
  while (Date.now() - moved < QUIET_MS) {
    const next = await way.done();
    if (next.length !== done.length) moved = Date.now();
    done = next;
    if (way.workers.length === 0 || new Set(done).size === EVENTS) break;
    await pause(500);
  }
  // What was still in hand may be done a second time.
  if (way.workers.length) await pause(5_000);
  return way.done();
}

const QUIET_MS = 240_000;

function grouped(ids) {
  const times = new Map();
  for (const id of ids) times.set(id, [...(times.get(id) ?? []), id]);
  return times;
}
