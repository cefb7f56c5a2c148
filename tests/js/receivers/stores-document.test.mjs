// The JavaScript of docs/stores.md: each store that it makes passes the public suite, in the runtime that it is for.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import Database from "better-sqlite3";
import { createClient } from "redis";

import { inherited } from "./processes.mjs";
import { redisServer } from "./redis.mjs";
import { bundled } from "./servers.mjs";
import { FOLDER, installed } from "./support.mjs";
import { postgresWithTable } from "./tables.mjs";
import { restOf } from "./upstash.mjs";

const { sqlReplayStore } = installed("twenty-webhook");
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const document = readFileSync(here("../../../docs/stores.md"), "utf8");
const blocks = (language) => document.split(`\n\`\`\`${language}\n`).slice(1).map((rest) => rest.split("```")[0]);
const folder = path.join(FOLDER, "documents");

let postgres, redis, rest, admin, env;
before(async () => {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path.join(folder, "node_modules"))) symlinkSync(here("node_modules"), path.join(folder, "node_modules"));
  [postgres, redis] = await Promise.all([postgresWithTable(), redisServer()]);
  admin = await createClient({ url: redis.url }).connect();
  rest = await restOf(admin);
  const upstash = { UPSTASH_REDIS_REST_URL: rest.url, UPSTASH_REDIS_REST_TOKEN: "t", UPSTASH_DISABLE_TELEMETRY: "1" };
  env = { ...inherited, DATABASE_URL: postgres.url, REDIS_URL: redis.url, ...upstash };
});
after(async () => {
  admin?.destroy();
  rest?.close();
  await Promise.all([postgres?.close(), redis?.close()]);
});

const run = async (program, ...parameters) => (await promisify(execFile)(program, parameters, { cwd: folder, env, timeout: 120_000 })).stdout;
const passed = { count: 7, failed: [] };
const suite = `
import { testReplayStore } from "twenty-webhook/testing";
import { runCases } from ${JSON.stringify(here("cases.mjs"))};
const suite = () => runCases(testReplayStore(() => replayStore));
`;

/** By what a block imports: what runs it. */
const RUNTIMES = [
  ['"cloudflare:workers"', inWorkerd],
  ['"node:test"', async (file) => assert.match(await run(process.execPath, "--test", file), /# pass 7\n# fail 0/)],
  ['"node:sqlite"', (file) => passes(here("../node_modules/node22/bin/node"), file)],
  ['"bun:sqlite"', (file) => passes(here("../node_modules/.bin/bun"), file)],
  ["", (file) => passes(process.execPath, file)],
];

for (const [number, block] of blocks("js").entries()) {
  test(/from "(?!twenty-webhook")(.*)"/.exec(block)[1], async () => {
    for (const name of ["claims.db", "claims.db-wal", "claims.db-shm"]) rmSync(path.join(folder, name), { force: true });
    const file = path.join(folder, `${number}.mjs`);
    const [, inRuntime] = RUNTIMES.find(([word]) => block.includes(word));
    const isTest = block.includes('"node:test"');
    writeFileSync(file, isTest ? block : `${block}${suite}`);
    await inRuntime(file);
  });
}

async function passes(program, file) {
  writeFileSync(file, `${readFileSync(file, "utf8")}console.log(JSON.stringify(await suite()));\nprocess.exit(0);\n`);
  assert.deepEqual(JSON.parse(await run(program, file)), passed);
}

async function inWorkerd(file) {
  const worker = `${readFileSync(file, "utf8")}
export class Claim {}
export default {
  async fetch() {
    await env.DB.exec(replayStore.createTable);
    return Response.json(await suite());
  },
};`;
  const bundle = await bundled("document", { stdin: { contents: worker, resolveDir: FOLDER } });
  assert.deepEqual(JSON.parse(await run(here("../node_modules/node22/bin/node"), here("cloudflare-guest.mjs"), bundle)), passed);
}

test("the table", () => {
  assert.deepEqual(blocks("sql"), [sqlReplayStore(new Database(":memory:")).createTable]);
});
