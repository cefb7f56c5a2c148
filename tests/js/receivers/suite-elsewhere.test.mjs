// The public suite of replay stores where the tests themselves do not run: in workerd, in a newer Node, in Bun.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { inherited } from "./processes.mjs";
import { bundled } from "./servers.mjs";
import { FOLDER } from "./support.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const NODE = here("../node_modules/node22/bin/node");
const BUN = here("../node_modules/.bin/bun");

/** What went wrong, of each case; all of it if a case is missing. */
async function failures(program, ...parameters) {
  const { stdout } = await promisify(execFile)(program, parameters, { cwd: here("."), env: inherited, timeout: 120_000 });
  return JSON.parse(stdout);
}

const passed = (count) => ({ count, failed: [] });
const deleted = { expired: 0 };

test("node:sqlite", async () => assert.deepEqual(await failures(NODE, here("sqlite-guest.mjs")), { ...passed(7), ...deleted }));
test("bun:sqlite", async () => assert.deepEqual(await failures(BUN, here("sqlite-guest.mjs")), { ...passed(7), ...deleted }));

test("Cloudflare's D1 and the example of a Durable Object", async () => {
  const folder = await bundled("suite", { stdin: { contents: WORKER, resolveDir: FOLDER } });
  assert.deepEqual(await failures(NODE, here("cloudflare-guest.mjs"), folder), { d1: { ...passed(8), ...deleted }, durableObject: passed(7) });
});

const WORKER = `
import { sqlReplayStore } from "twenty-webhook";
import { testReplayStore } from "twenty-webhook/testing";
import { durableReplayStore } from "./examples/durable-object/src/claims.js";
import { runCases } from ${JSON.stringify(here("cases.mjs"))};

export { Claim } from "./examples/durable-object/src/claims.js";

export default {
  async fetch(request, { DB, CLAIMS }) {
    await DB.exec(sqlReplayStore(DB).createTable);
    await DB.exec("INSERT INTO twenty_webhook_claims VALUES ('expired', 'old', 0)");
    let isLost = false;
    const lose = (answer) => {
      const isThisOne = isLost;
      isLost = false;
      if (isThisOne) throw new Error("D1_ERROR: Network connection lost.");
      return answer;
    };
    const losing = {
      batch() {},
      prepare: (text) => ({ bind: (...values) => ({ all: async () => lose(await DB.prepare(text).bind(...values).all()) }) }),
    };
    const d1 = await runCases(testReplayStore(() => sqlReplayStore(losing), { loseAnswer: () => (isLost = true) }));
    const { results } = await DB.prepare("SELECT key FROM twenty_webhook_claims WHERE expires_at = 0").all();
    d1.expired = results.length;
    return Response.json({ d1, durableObject: await runCases(testReplayStore(() => durableReplayStore(CLAIMS))) });
  },
};
`;
