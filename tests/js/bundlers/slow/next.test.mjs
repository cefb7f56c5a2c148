import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { expected, input } from "../support.mjs";

/** Which Next, with which bundler, and which build runs in its routes. */
const BUILDS = [
  { folder: "next", bundler: "turbopack", node: "native", edge: "wasm" },
  { folder: "next15", bundler: "webpack", node: "native", edge: "wasm" },
];
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };

for (const { folder, bundler, ...backends } of BUILDS) {
  const app = path.join(import.meta.dirname, folder);
  const next = createRequire(path.join(app, "package.json")).resolve("next/dist/bin/next");
  const { version } = createRequire(next)("../../package.json");

  describe(`Next ${version}, ${bundler}`, () => {
    let server, address;
    before(async () => {
      rmSync(path.join(app, ".next"), { recursive: true, force: true });
      if (folder !== "next") for (const part of ["app", "next.config.mjs"]) cpSync(path.join(app, "../next", part), path.join(app, part), { recursive: true });
      const flags = bundler === "turbopack" ? ["--turbopack"] : [];
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [next, "build", ...flags, app], { env });
      assert.doesNotMatch((stdout + stderr).replace(EXPECTED_WARNING, ""), WARNING);
      const port = await freePort();
      server = spawn(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", String(port), app], { env, stdio: ["ignore", "ignore", "inherit"] });
      address = `http://127.0.0.1:${port}`;
      await answering(address);
    });
    after(() => server?.kill());

    for (const runtime of ["node", "edge"]) {
      test(runtime, async () => {
        const send = async ({ body = input.body, headers = input.headers, now = input.now }) => {
          const sent = { method: "POST", body, headers: { ...headers, "X-Now": String(now) } };
          const response = await fetch(`${address}/${runtime}`, sent);
          return { status: response.status, ...(await response.json()) };
        };
        const authentic = await send({});
        const said = async (delivery) => (({ code, status }) => `${code} ${status}`)(await send(delivery));
        assert.equal(authentic.status, 200);
        assert.deepEqual(
          {
            backend: authentic.backend,
            authentic: authentic.name,
            tampered: await said({ body: `${input.body} ` }),
            stale: await said({ now: input.now + 300_001 }),
            missing: await said({ headers: {} }),
            canonical: authentic.canonical,
          },
          expected(backends[runtime]),
        );
      });
    }

    test("nothing of Node reaches the edge", () => {
      const manifest = JSON.parse(readFileSync(path.join(app, ".next/server/middleware-manifest.json"), "utf8"));
      const { files, wasm } = manifest.functions["/edge/route"];
      assert.equal(wasm.length, 1);
      for (const file of files.filter((name) => name.endsWith(".js"))) {
        const code = readFileSync(path.join(app, ".next", file), "utf8");
        assert.ok(!/twenty-webhook-\$\{|createRequire\(/.test(code), file);
      }
    });
  });
}

/** That Next would rather have no edge, and generates nothing there beforehand, is not about the package. */
const EXPECTED_WARNING = /⚠ (?:The Edge Runtime is deprecated|Using edge runtime on a page currently disables).*/g;
const WARNING = /warn|⚠|critical dependency|not supported in the edge runtime|node:module/i;

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function answering(address) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((wait) => setTimeout(wait, 100))) {
    if (await fetch(address).then(() => true, () => false)) return;
  }
  assert.fail("next start does not answer");
}
