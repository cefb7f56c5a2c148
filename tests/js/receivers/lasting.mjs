// The examples that keep work in a queue, or in a row of its own: how each is started, and what it has done.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { postgresServer } from "./postgres.mjs";
import { env, freePort, given } from "./processes.mjs";
import { redisServer } from "./redis.mjs";
import { example } from "./servers.mjs";
import { until } from "./until.mjs";

const NODE = process.execPath;
/** pg-boss and miniflare want a newer one than this package. */
export const NODE24 = fileURLToPath(new URL("../node_modules/node24/bin/node", import.meta.url));
const PYTHON = process.env.PYTHON ?? "python3";
const python = (name) => fileURLToPath(new URL(`../../../bindings-python/examples/${name}`, import.meta.url));
const HOST = fileURLToPath(new URL("cloudflare-host.mjs", import.meta.url));

/**
 * Of each example: what keeps its work, its folder, how its receiver and its workers are started, and whether what it does is
 * printed or written to rows.
 */
export const WAYS = {
  "queue-bullmq": { store: redis, folder: example("queue-bullmq"), receiver: [NODE, "server.js"], worker: [NODE, "worker.js"], done: lines },
  "queue-pg-boss": { store: postgres, folder: example("queue-pg-boss"), receiver: [NODE24, "server.js"], worker: [NODE24, "worker.js"], done: rowsOfPostgres },
  "queue-cloudflare": { store: folder, folder: example("queue-cloudflare"), receiver: [NODE24, HOST], done: rowsOfHost },
  "queue-celery": {
    store: redis, folder: python("queue-celery"), receiver: [PYTHON, "-m", "gunicorn", "app:app"], done: lines,
    worker: [PYTHON, "-m", "celery", "--app", "tasks", "worker", "--concurrency", "4", "--loglevel", "warning"],
  },
  "unique-row-postgres": { store: postgres, folder: example("unique-row-postgres"), receiver: [NODE, "server.js"], done: rowsOfPostgres },
  "unique-row-sqlite": { store: folder, folder: example("unique-row-sqlite"), receiver: [NODE, "server.js"], done: rowsOfSqlite },
  "unique-row-sqlite (Python)": { store: folder, folder: python("unique-row-sqlite"), receiver: [PYTHON, "-m", "gunicorn", "app:app"], done: rowsOfSqlite },
};

/** One example with its store, a receiver and workers. */
export async function open(name, { workers = 1 } = {}) {
  const way = WAYS[name];
  const store = await way.store();
  const port = await freePort();
  const environment = { ...env, ...store.environment, PORT: String(port), PYTHONDONTWRITEBYTECODE: "1", NODE_NO_WARNINGS: "1" };
  const printed = [];
  const noise = [];
  const start = (command) => begin(command, way.folder, environment, printed, noise);
  const opened = {
    url: `http://127.0.0.1:${port}${way.folder.includes("bindings-python") ? "/webhooks/twenty" : "/"}`,
    store,
    noise,
    receiver: start(way.receiver),
    workers: way.worker ? Array.from({ length: workers }, () => start(way.worker)) : [],
    /** Each id as often as its event was handled. */
    done: () => way.done({ printed, store, port }),
    async restartReceiver() {
      await opened.receiver.kill();
      opened.receiver = start(way.receiver);
      await opened.listening();
    },
    async restartWorker(index) {
      await opened.workers[index].kill();
      opened.workers[index] = start(way.worker);
    },
    listening: () => until(() => fetch(`http://127.0.0.1:${port}/`).then(() => true, () => opened.receiver.assertRunning())),
    async close() {
      await Promise.all([opened.receiver, ...opened.workers].map((running) => running.kill()));
      await store.close();
    },
  };
  await opened.listening().catch(async (error) => {
    await opened.close();
    throw error;
  });
  return opened;
}

/** A process of a group of its own: what it has begun ends with it. */
function begin([file, ...parameters], cwd, environment, printed, noise) {
  const child = spawn(file, parameters, { cwd, env: environment, ...given, detached: true });
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.once("error", (error) => noise.push(error.message));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      const [, id] = /\bhandled \S+ (\S+)$/.exec(line) ?? [];
      if (id) printed.push(id);
      else noise.push(line);
    });
  }
  return {
    assertRunning() {
      if (child.exitCode !== null || child.pid === undefined) throw new Error(`it ended with ${child.exitCode}: ${noise.join("\n")}`);
      return false;
    },
    signal: (name) => process.kill(-child.pid, name),
    async kill() {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        return; // It has ended.
      }
      await closed;
    },
  };
}

async function redis() {
  const server = await redisServer("--appendonly", "yes", "--appendfsync", "always");
  return { ...server, environment: { REDIS_URL: server.url } };
}

async function postgres() {
  const server = await postgresServer();
  return { ...server, environment: { DATABASE_URL: server.url } };
}

async function folder() {
  const kept = mkdtempSync(path.join(tmpdir(), "lasting-"));
  const database = path.join(kept, "twenty.db");
  return { database, environment: { DATABASE: database, STATE: kept }, close: async () => rmSync(kept, { recursive: true, force: true }) };
}

async function lines({ printed }) {
  return printed;
}

async function rowsOfPostgres({ store }) {
  const { Client } = createRequire(example("unique-row-postgres", "package.json"))("pg");
  const client = new Client({ connectionString: store.url });
  await client.connect();
  try {
    return (await client.query("SELECT record FROM change")).rows.map(({ record }) => record);
  } finally {
    await client.end();
  }
}

async function rowsOfSqlite({ store }) {
  const Database = createRequire(example("unique-row-sqlite", "package.json"))("better-sqlite3");
  const database = new Database(store.database);
  try {
    return database.prepare("SELECT record FROM change").all().map(({ record }) => record);
  } finally {
    database.close();
  }
}

/** Only its host can look into the worker's database. */
async function rowsOfHost({ port }) {
  return (await fetch(`http://127.0.0.1:${port}/done`)).json();
}
