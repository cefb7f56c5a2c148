// Deno, which takes the module in the script, and Bun, which takes the native one if it is installed.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { APP, folder, nativeName, program, record, run } from "./support.mjs";

const GUEST = "tests/js/runtimes/guests/cell.mjs";

// It may read the installed packages, and nothing else; or everything, as who deploys it may have allowed.
for (const [allowed, flags] of [["nothing", []], ["everything", ["--allow-all"]]]) {
  test(`Deno, allowed ${allowed}`, async (t) => {
    const version = (await run(program("deno"), ["--version"])).match(/deno (\S+)/)[1];
    const printed = await run(program("deno"), ["run", "--no-remote", "--node-modules-dir=manual", "--no-prompt", ...flags, GUEST, "wasm"]);
    record(t, `Deno ${version}, allowed ${allowed}`, JSON.parse(printed));
  });
}

test("Bun", async (t) => {
  const version = (await run(program("bun"), ["--version"])).trim();
  record(t, `Bun ${version}, native`, JSON.parse(await run(program("bun"), ["run", "--no-install", GUEST, "native"])), "native");

  const portable = folder("portable-bun");
  cpSync(APP, portable, { recursive: true });
  rmSync(join(portable, "node_modules", nativeName()), { recursive: true });
  record(t, `Bun ${version}`, JSON.parse(await run(program("bun"), ["run", "--no-install", GUEST, "wasm"], { cwd: portable })));
});
