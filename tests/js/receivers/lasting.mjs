// The examples that keep work in a queue, or in a row of its own: how each is started, and what it has done.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { postgresServer } from "./postgres.mjs";
import { env, freePort, given } from "./processes.mjs";
import { redisServer } from "./redis.mjs";
import { until } from "./until.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const NODE = process.execPath;
/** pg-boss and miniflare want a newer one than this package. */
export const NODE24 = here("../node_modules/node24/bin/node");
const PYTHON = process.env.PYTHON ?? "python3";
const GUNICORN = [PYTHON, "-m", "gunicorn", "app:app"];
const celery = (...parameters) => [PYTHON, "-m", "celery", "--app", "tasks", "--quiet", ...parameters, "--loglevel", "warning"];

const js = (name) => path.join(process.env.RECEIVERS ?? "", "examples", name);
const python = (name) => here(`../../../bindings-python/examples/${name}`);

/**
 * Of each example: its folder, what keeps its work and whether its client gives up on one that hangs, how its receiver, its workers and what else it has are started, and where it
 * is seen what was done.
 */
export const WAYS = {
  "queue-bullmq": { folder: js("queue-bullmq"), store: redis, receiver: [NODE, "server.js"], worker: [NODE, "worker.js"], done: printedLines, givesUp: true },
  "queue-pg-boss": { folder: js("queue-pg-boss"), store: postgres, receiver: [NODE24, "server.js"], worker: [NODE24, "worker.js"], done: rowsOfPostgres },
  "queue-cloudflare": { folder: js("queue-cloudflare"), store: folder, receiver: [NODE24, here("cloudflare-host.mjs")], done: rowsOfHost, endsWithReceiver: true },
  "unique-row-postgres": { folder: js("unique-row-postgres"), store: postgres, receiver: [NODE, "server.js"], done: rowsOfPostgres, givesUp: true },
  "unique-row-sqlite": { folder: js("unique-row-sqlite"), store: folder, receiver: [NODE, "server.js"], done: rowsOfSqlite },
};

export const WAYS_IN_PYTHON = {
  "queue-celery": {
    folder: python("queue-celery"), store: redisAndPostgres, receiver: GUNICORN, path: "/webhooks/twenty", done: rowsOfPostgres,
    worker: celery("worker", "--concurrency", "4"), beside: celery("beat", "--schedule", path.join(tmpdir(), `beat-${process.pid}`)),
  },
  "unique-row-sqlite": { folder: python("unique-row-sqlite"), store: folder, receiver: GUNICORN, path: "/webhooks/twenty", done: rowsOfSqlite },
};

/** One example with its store, a receiver and workers. */
export async function open(way, { workers = 1, ...settings } = {}) {
  const store = await way.store(path.join(way.folder, "schema.sql"));
  const port = await freePort();
  const environment = { ...env, ...store.environment, ...settings, PORT: String(port), PYTHONDONTWRITEBYTECODE: "1", NODE_NO_WARNINGS: "1" };
  const printed = [];
  const noise = [];
  const start = (command) => begin(command, way.folder, environment, printed, noise);
  const beside = way.beside ? [start(way.beside)] : [];
  const opened = {
    url: `http://127.0.0.1:${port}${way.path ?? "/"}`,
    store,
    noise,
    /** Whether what keeps the work is a part of the receiver, so that both would be killed. */
    endsWithReceiver: way.endsWithReceiver === true,
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
      await Promise.all([opened.receiver, ...opened.workers, ...beside].map((running) => running.kill()));
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

async function postgres(schema) {
  const server = await postgresServer();
  if (existsSync(schema)) await run("psql", [server.url, "--quiet", "--file", schema]);
  return { ...server, database: server.url, environment: { DATABASE_URL: server.url } };
}

async function redisAndPostgres(schema) {
  const [queue, rows] = await Promise.all([redis(), postgres(schema)]);
  const close = () => Promise.all([queue.close(), rows.close()]);
  return { ...queue, database: rows.database, close, environment: { ...queue.environment, ...rows.environment } };
}

async function folder() {
  const kept = mkdtempSync(path.join(tmpdir(), "lasting-"));
  const database = path.join(kept, "twenty.db");
  return { database, environment: { DATABASE: database, STATE: kept }, close: async () => rmSync(kept, { recursive: true, force: true }) };
}

async function printedLines({ printed }) {
  return printed;
}

const CHANGES = "SELECT record FROM change";

async function rowsOfPostgres({ store }) {
  const { stdout } = await run("psql", [store.database, "--quiet", "--tuples-only", "--no-align", "--command", CHANGES]);
  return stdout.split("\n").filter(Boolean);
}

async function rowsOfSqlite({ store }) {
  const program = "import sqlite3, sys; [print(*row) for row in sqlite3.connect(sys.argv[1], timeout=30).execute(sys.argv[2])]";
  const { stdout } = await run(PYTHON, ["-c", program, store.database, CHANGES]);
  return stdout.split("\n").filter(Boolean);
}

/** Only its host can look into the worker's database. */
async function rowsOfHost({ port }) {
  return (await fetch(`http://127.0.0.1:${port}/done`)).json();
}

const run = promisify(execFile);
