// Every example, end to end: the packed package, the real framework, a real port, the same verdicts.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { CELLS } from "./cells.mjs";
import { SERVERS, open } from "./servers.mjs";

const chosen = process.env.EXAMPLES?.split(",") ?? Object.keys(SERVERS);

// Side by side, because each waits for ten seconds in the cell that is never complete.
describe("examples", { concurrency: 4 }, () => {
  for (const name of chosen) {
    const kind = SERVERS[name];
    describe(name, { concurrency: 4 }, () => {
      let server;
      before(async () => (server = await open(kind)));
      for (const { name: what, needs, check } of CELLS) {
        if (needs === "" || kind.can.includes(needs)) test(what, () => check(server));
      }
      after(async () => {
        await server?.close();
        assert.deepEqual(server?.lines.toSorted(), server?.expected.toSorted(), "what the handlers printed");
      });
    });
  }
});
