// Examples in TypeScript, by the types of their frameworks.
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import { BUILT, checkTypes } from "./built.mjs";
import { example, resolve } from "./servers.mjs";

const run = promisify(execFile);

describe("types", { concurrency: 2 }, () => {
  for (const [name, { skip }] of Object.entries(BUILT)) test(name, { skip }, () => checkTypes(name));
  for (const name of ["azure-functions", "elysia", "nestjs", "vercel"]) {
    test(name, () => run(process.execPath, [resolve(name, "typescript/bin/tsc"), "--noEmit", "--project", example(name)]));
  }
});
