// A real PostgreSQL on loopback, for one test: a cluster of its own in a temporary folder.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { freePort } from "./processes.mjs";

/** Starts one; it can be stopped and started again on the same port and files. */
export async function postgresServer() {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "postgres-"));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const asOwner = { ...owner, cwd: folder, stdio: ["ignore", "ignore", "inherit"] };
  execFileSync(program("initdb"), ["--pgdata", folder, "--username", "postgres", "--auth", "trust", "--no-sync", "--encoding", "UTF8"], asOwner);
  const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: "", fsync: "off", log_min_messages: "panic", max_connections: 100 };
  const parameters = ["-D", folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  let child;
  const server = {
    port,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async start() {
      // What is left of one that was killed keeps the next from starting, for a moment.
      for (const deadline = Date.now() + 30_000; ; await pause(100)) {
        assert.ok(Date.now() < deadline, "postgres does not start");
        child = spawn(program("postgres"), parameters, asOwner);
        if (await answering(port, child)) return;
      }
    },
    async kill() {
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await closed;
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        const closed = new Promise((resolve) => child.once("close", resolve));
        child.kill("SIGQUIT");
        await closed;
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await server.start();
  return server;
}

/** It does not run as root. */
const owner = process.getuid?.() === 0 ? idsOf("nobody") : {};

function idsOf(user) {
  const [uid, gid] = ["-u", "-g"].map((which) => Number(execFileSync("id", [which, user])));
  return { uid, gid };
}

/** Debian keeps the programs of each version in a folder of its own. */
function program(name) {
  const versions = "/usr/lib/postgresql";
  const newest = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  const debians = path.join(versions, String(newest), "bin", name);
  return existsSync(debians) ? debians : name;
}

async function answering(port, child) {
  const isReady = () => {
    try {
      execFileSync(program("pg_isready"), ["--host", "127.0.0.1", "--port", String(port), "--quiet"]);
      return true;
    } catch {
      return false;
    }
  };
  for (const deadline = Date.now() + 30_000; Date.now() < deadline && child.exitCode === null; await pause(50)) if (isReady()) return true;
  return false;
}
