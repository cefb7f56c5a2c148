// Cloudflare's workerd, the real binary, with what its own bundler makes of the package: the .wasm file as a module.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { before, test } from "node:test";

import { bundle, folder, program, record, run } from "./support.mjs";

const DIRECTORY = folder("workerd");
const WORKER = "worker.mjs";
const MODULES = ["diagnose.wasm", "module.wasm"];

before(async () => {
  await bundle(WORKER, {
    outdir: DIRECTORY,
    outExtension: { ".js": ".mjs" },
    conditions: ["workerd"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
  });
  assert.deepEqual(readdirSync(DIRECTORY).sort(), [...MODULES, WORKER]);
});

/** Compatibility dates and flags, and whether Node's Buffer is there; at newer dates it is in any case. */
const CELLS = [
  ["2025-06-01", "", false],
  ["2025-06-01", "nodejs_compat", true],
  ["2026-11-01", "", true],
  ["2026-11-01", "nodejs_compat", true],
];

for (const [date, flag, hasBuffer] of CELLS) {
  test(`workerd of ${date}, ${flag || "no flags"}`, async (t) => {
    const config = join(DIRECTORY, `${date}-${flag}.capnp`);
    writeFileSync(config, configuration(date, flag));
    const result = await ask(config);
    assert.equal(result.hasBuffer, hasBuffer);
    const version = (await run(program("workerd"), ["--version"])).trim().replace("workerd ", "");
    record(t, `workerd ${version}, date ${date}${flag && `, ${flag}`}`, result);
  });
}

function configuration(date, flag) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "${WORKER}", esModule = embed "${WORKER}"),
    ${MODULES.map((name) => `(name = "${name}", wasm = embed "${name}"),`).join("\n    ")}
  ],
  compatibilityDate = "${date}",
  compatibilityFlags = [${flag && `"${flag}"`}],
);
`;
}

/** Starts it, asks once, and ends it; it tells its port on descriptor 3. */
async function ask(config) {
  const workerd = spawn(program("workerd"), ["serve", "--control-fd=3", config], { stdio: ["ignore", "inherit", "pipe", "pipe"] });
  let complaints = "";
  workerd.stderr.on("data", (piece) => (complaints += piece));
  const ended = new Promise((resolve) => workerd.on("close", resolve));
  try {
    const port = await Promise.race([portOf(workerd.stdio[3]), ended.then(() => assert.fail(`it ended: ${complaints}`))]);
    const response = await fetch(`http://127.0.0.1:${port}/`);
    assert.ok(response.ok, `${await response.clone().text()}\n${complaints}`);
    return await response.json();
  } finally {
    workerd.kill();
    await ended;
  }
}

async function portOf(stream) {
  for await (const line of createInterface({ input: stream })) {
    const { event, port } = JSON.parse(line);
    if (event === "listen") return port;
  }
  return new Promise(() => {});
}
