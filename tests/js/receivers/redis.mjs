// A real redis-server on loopback, for one test.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { freePort } from "./processes.mjs";

/** Starts one; it can be stopped, paused and started again on the same port and files. */
export async function redisServer(...settings) {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "redis-"));
  const parameters = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--loglevel", "warning", ...settings];
  let child;
  const server = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      child = spawn("redis-server", parameters, { stdio: ["ignore", "ignore", "inherit"] });
      await answering(port, child);
    },
    async kill() {
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await closed;
    },
    pause: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    async close() {
      if (child.exitCode === null && child.signalCode === null) await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function answering(port, child) {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(20)) {
    assert.equal(child.exitCode, null, "redis-server ended");
    const pong = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
      socket.on("data", (data) => resolve(String(data).startsWith("+PONG")) || socket.destroy()).on("error", () => resolve(false));
    });
    if (pong) return;
  }
  assert.fail("redis-server does not answer");
}
