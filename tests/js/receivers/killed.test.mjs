// What becomes of an event whose receiver is killed while its handler runs, when it is sent again: docs/lasting-work.md says it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { node, open } from "./processes.mjs";
import { redisServer } from "./redis.mjs";
import { post } from "./sender.mjs";
import { until } from "./until.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const receiver = (options) => open({ start: () => node(HERE, "fixture.mjs", JSON.stringify(options)), path: "/" });

describe("a receiver that is killed while its handler runs", () => {
  let redis;
  before(async () => (redis = await redisServer()));
  after(() => redis.close());

  for (const [what, options, first, again] of [
    ["has answered nothing, and the event is handled when it is sent again", {}, "ECONNRESET", "200 handled"],
    ["and whose store outlives it has claimed the event, which is then a duplicate", { store: "redis" }, "ECONNRESET", "200 duplicate"],
    ["in the background has answered, so nobody sends it again", { background: true }, "200 accepted", "200 accepted"],
    ["in the background, and whose store outlives it, has lost the event for good", { background: true, store: "redis" }, "200 accepted", "200 duplicate"],
  ]) {
    test(what, async () => {
      const body = JSON.stringify({ eventName: "person.created", record: { id: what } });
      const settings = { url: redis.url, ...options };
      const killed = await receiver({ ...settings, isStuck: true });
      const answer = post(killed.url, body).catch((error) => error.code);
      await until(() => killed.lines.length === 1);
      if (options.background) assert.equal(await answer, first);
      await killed.close();
      assert.equal(await answer, first);
      const next = await receiver(settings);
      try {
        assert.equal(await post(next.url, body), again);
        if (again !== "200 duplicate") await until(() => next.lines.length === 1);
        assert.deepEqual(next.lines, again === "200 duplicate" ? [] : [what]);
      } finally {
        await next.close();
      }
    });
  }
});
