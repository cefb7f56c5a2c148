// One example that keeps its work, end to end: it is done, a copy is not, and a store that is gone takes nothing along.
import assert from "node:assert/strict";

import { open } from "./lasting.mjs";
import { post } from "./sender.mjs";
import { until } from "./until.mjs";

const person = (id) => JSON.stringify({ eventName: "person.created", record: { id, name: "Zo\u00eb \u{1f600}" } });

export async function takesItsPath(way) {
  const opened = await open(way);
  const sent = (id) => post(opened.url, person(id));
  const done = async (id) => (await opened.done()).filter((one) => one === id).length;
  try {
    for (const id of ["1", "2"]) assert.equal(await sent(id), "200 handled", opened.noise.join("\n"));
    // With another timestamp and another nonce it is the same event.
    assert.equal(await sent("1"), "200 handled");
    await until(async () => (await done("1")) && (await done("2")));
    if (opened.store.kill) {
      await opened.store.kill();
      assert.equal(await sent("3"), "500 handler_failed");
      await opened.store.start();
      await until(async () => (await sent("3")) === "200 handled");
      await until(() => done("3"));
    }
    if (way.givesUp) {
      opened.store.pause();
      assert.equal(await sent("paused"), "500 handler_failed");
      opened.store.resume();
    }
    assert.equal(await sent("4"), "200 handled", opened.noise.join("\n"));
    await until(() => done("4"));
    // The store may have taken what it did not answer.
    assert.deepEqual((await opened.done()).filter((id) => id !== "paused").toSorted(), opened.store.kill ? ["1", "2", "3", "4"] : ["1", "2", "4"]);
  } finally {
    await opened.close();
  }
}
