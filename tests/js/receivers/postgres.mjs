// A real PostgreSQL with a cluster of its own, for one test.
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import pg from "pg";

import { database } from "./database.mjs";
import { freePort } from "./processes.mjs";

export async function postgresServer(...settings) {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "postgres-"));
  const files = path.join(folder, "cluster");
  if (OWNER) chownSync(folder, OWNER.uid, OWNER.gid);
  const initdb = ["--pgdata", files, "--username", "tests", "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"];
  execFileSync(program("initdb"), initdb, { ...OWNER, cwd: folder, stdio: "ignore" });
  const parameters = ["-D", files, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", ...settings];
  return database({
    port, folder, program: program("postgres"), parameters, settings: { ...OWNER, cwd: folder }, answers,
    url: (at) => `postgres://tests@127.0.0.1:${at}/postgres`,
  });
}

/** The server refuses to run as root. */
const OWNER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

/** Debian keeps a server's programs beside the search path, one folder for each version. */
function program(name) {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : [];
  return versions.map((version) => path.join(root, version, "bin", name)).find(existsSync) ?? name;
}

/** It listens before it has recovered what it kept. */
async function answers(port) {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "tests", database: "postgres", connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  return client.connect().then(() => client.query("SELECT 1")).then(() => client.end()).then(() => true, () => false);
}
