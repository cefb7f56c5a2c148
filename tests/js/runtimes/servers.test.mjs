// Deno and Bun, which take the module in the script, though both could load a native one.
import { test } from "node:test";

import { program, record, run } from "./support.mjs";

const GUEST = "tests/js/runtimes/guests/cell.mjs";

test("Deno", async (t) => {
  const version = (await run(program("deno"), ["--version"])).match(/deno (\S+)/)[1];
  // It may read the installed packages, and nothing else.
  const printed = await run(program("deno"), ["run", "--no-remote", "--node-modules-dir=manual", "--no-prompt", GUEST]);
  record(t, `Deno ${version}`, JSON.parse(printed));
});

test("Bun", async (t) => {
  const version = (await run(program("bun"), ["--version"])).trim();
  record(t, `Bun ${version}`, JSON.parse(await run(program("bun"), ["run", "--no-install", GUEST])));
});
