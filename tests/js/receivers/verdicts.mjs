// One example, end to end.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { CELLS } from "./cells.mjs";
import { open } from "./processes.mjs";

/** Every cell against one server, and nothing printed by its handlers but what the cells make them print. */
export function verdicts(name, kind) {
  // Side by side, because one waits for ten seconds for what is never complete.
  describe(name, { concurrency: 4, skip: kind.skip }, () => {
    let server;
    before(async () => (server = await open(kind)));
    for (const { name: what, needs, check } of CELLS) {
      const instead = kind.but?.[what];
      if (instead !== null && (needs === "" || kind.can.includes(needs))) test(what, () => check(server, instead));
    }
    after(async () => {
      await server?.close();
      assert.deepEqual(server?.lines.toSorted(), server?.expected.toSorted(), "what the handlers printed");
    });
  });
}
