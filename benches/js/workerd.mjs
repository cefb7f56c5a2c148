// Cloudflare's workerd, the real binary.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { FETCH_COMPARISONS, FETCH_SIZES, program, withBundle } from "./fetch.mjs";
import { REMOTE, compare } from "./harness.mjs";

export async function workerd({ installed, bodies, isSmoke }, report) {
  const texts = JSON.parse(readFileSync(bodies, "utf8"));
  const runtime = execFileSync(program("workerd"), ["--version"], { encoding: "utf8" }).trim();
  const options = { conditions: ["workerd"], loader: { ".wasm": "copy" }, assetNames: "[name]" };
  await withBundle("fetch/worker.mjs", installed, options, async (directory) => {
    const config = configuration(directory);
    for (const comparison of FETCH_COMPARISONS) {
      await serve(config, async (ask) => {
        for (const bytes of FETCH_SIZES) report.add(runtime, [await measure(ask, comparison, texts[bytes], isSmoke)]);
      });
    }
  });
}

async function measure(ask, { what, peer }, text, isSmoke) {
  const row = await (await ask(`prepare?what=${what}&peer=${peer}`, { method: "POST", body: text })).json();
  const side = (name) => async (count) => {
    const start = performance.now();
    await ask(`run?side=${name}&count=${count}`);
    return (performance.now() - start) * 1e6;
  };
  return { ...row, ...(await compare(side("ours"), side("theirs"), isSmoke, REMOTE)) };
}

async function serve(config, use) {
  const { port, complaints, stop } = await start(config);
  try {
    await use(async (path, request) => {
      const response = await fetch(`http://127.0.0.1:${port}/${path}`, request);
      if (!response.ok) throw new Error(`${await response.text()}\n${complaints()}`);
      // To its end, or the connection is not used again.
      if (!request) await response.arrayBuffer();
      return response;
    });
  } finally {
    await stop();
  }
}

/** Starts it; it tells its port on descriptor 3. */
export async function start(config) {
  const server = spawn(program("workerd"), ["serve", "--control-fd=3", config], { stdio: ["ignore", "inherit", "pipe", "pipe"] });
  let text = "";
  server.stderr.on("data", (piece) => (text += piece));
  const complaints = () => text;
  const ended = new Promise((resolve) => server.on("close", resolve));
  const stop = () => (server.kill(), ended);
  const port = await Promise.race([portOf(server.stdio[3]), ended.then(() => assert.fail(`it ended: ${text}`))]);
  return { server, port, complaints, stop };
}

async function portOf(stream) {
  for await (const line of createInterface({ input: stream })) {
    const { event, port } = JSON.parse(line);
    if (event === "listen") return port;
  }
  return new Promise(() => {});
}

/** The file that says what it runs: a bundle's worker.mjs, with the module beside it. */
export function configuration(directory) {
  const config = join(directory, "config.capnp");
  writeFileSync(config, CONFIGURATION);
  return config;
}

const CONFIGURATION = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "module.wasm", wasm = embed "module.wasm"),
  ],
  compatibilityDate = "2025-06-01",
  compatibilityFlags = ["nodejs_compat"],
);
`;
