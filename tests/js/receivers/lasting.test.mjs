// Work that outlives the receiver: every example's happy path, copies of an event, and a store that is gone.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";

import { NODE24, WAYS, open } from "./lasting.mjs";
import { post } from "./sender.mjs";
import { until } from "./until.mjs";

const person = (id) => JSON.stringify({ eventName: "person.created", record: { id, name: "Zoë 😀" } });

describe("lasting work", { concurrency: 2 }, () => {
  for (const name of Object.keys(WAYS).filter((way) => !WAYS[way].folder.includes("bindings-python"))) {
    const skip = WAYS[name].receiver[0] === NODE24 && !existsSync(NODE24) && "npm has no newer Node for this machine";
    test(name, { skip }, async () => {
      const way = await open(name);
      try {
        for (const id of ["1", "2"]) assert.equal(await post(way.url, person(id)), "200 handled");
        // Sent again with another timestamp and another nonce, it is the same event.
        assert.equal(await post(way.url, person("1")), "200 handled");
        await until(async () => (await way.done()).length >= 2);
        if (way.store.kill) {
          await way.store.kill();
          assert.equal(await post(way.url, person("3")), "500 handler_failed");
          await way.store.start();
          await until(async () => (await post(way.url, person("3"))) === "200 handled");
        }
        assert.equal(await post(way.url, person("4")), "200 handled");
        await until(async () => (await way.done()).includes("4"));
        const done = await way.done();
        assert.deepEqual(done.filter((id) => id !== "3").toSorted(), ["1", "2", "4"]);
        if (way.store.kill) await until(async () => (await way.done()).filter((id) => id === "3").length === 1);
      } finally {
        await way.close();
      }
    });
  }
});
