// Deno and Bun, which take the module in the script, though both could load a native one.
import { test } from "node:test";

import { program, record, run } from "./support.mjs";

const GUEST = "tests/js/runtimes/guests/cell.mjs";

// It may read the installed packages, and nothing else; or everything, as who deploys it may have allowed.
for (const [allowed, flags] of [["nothing", []], ["everything", ["--allow-all"]]]) {
  test(`Deno, allowed ${allowed}`, async (t) => {
    const version = (await run(program("deno"), ["--version"])).match(/deno (\S+)/)[1];
    const printed = await run(program("deno"), ["run", "--no-remote", "--node-modules-dir=manual", "--no-prompt", ...flags, GUEST]);
    record(t, `Deno ${version}, allowed ${allowed}`, JSON.parse(printed));
  });
}

test("Bun", async (t) => {
  const version = (await run(program("bun"), ["--version"])).trim();
  record(t, `Bun ${version}`, JSON.parse(await run(program("bun"), ["run", "--no-install", GUEST])));
});
