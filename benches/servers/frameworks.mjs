// How a server of each framework is started, asked how much it has done, and stopped.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { program, withBundle } from "../js/fetch.mjs";
import { configuration, start } from "../js/workerd.mjs";

/** Each needs a variable that says where what it is made of has been put. */
export const platforms = [
  { needs: "INSTALLED", frameworks: ["node", "express", "koa", "hono", "fastify", "bun"], start: startNode },
  { needs: "INSTALLED", frameworks: existsSync("/proc/self/stat") ? ["worker"] : [], start: startWorker },
  { needs: "PYTHON", frameworks: ["fastapi", "flask", "django", "wsgi"], start: startPython },
  { needs: "AXUM", frameworks: ["axum"], start: startAxum },
];

async function startNode(framework, side, env) {
  const execPath = framework === "bun" ? program("bun") : process.execPath;
  const server = fork(here("server.mjs"), [framework, side], { execPath, env: { ...env, NODE_ENV: "production" } });
  const ended = ends(server);
  const { port } = await told(server, "message", ended);
  const stats = () => {
    server.send("how much");
    return told(server, "message", ended);
  };
  return { url: `http://127.0.0.1:${port}/`, stats, stop: () => stop(server, ended) };
}

/** Of its processor time only the system knows. */
async function startWorker(_, side, env) {
  const given = Object.entries({ SECRET: env.SECRET, CLAIMS: env.CLAIMS, SIDE: side });
  const define = Object.fromEntries(given.map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)]));
  const options = { conditions: ["workerd"], loader: { ".wasm": "copy" }, assetNames: "[name]", define };
  const { server, port } = await withBundle("../servers/worker.mjs", env.INSTALLED, options, (directory) => start(configuration(directory)));
  const url = `http://127.0.0.1:${port}/`;
  const stats = async () => ({ ...(await asked(url)), cpu: processorMicros(server.pid) });
  const ended = ends(server);
  return { url, stats, stop: () => stop(server, ended) };
}

/** What it has used, in its own code and the kernel's; the fields after the name, which may have spaces. */
function processorMicros(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MICROS_PER_TICK;
}

const MICROS_PER_TICK = 10_000;

function startPython(framework, side, env) {
  return startProgram(env.PYTHON, [here("python/server.py"), framework, side], env);
}

function startAxum(_, side, env) {
  return startProgram(env.AXUM, [side], env);
}

async function startProgram(file, options, env) {
  const server = spawn(file, options, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = ends(server);
  const url = `http://127.0.0.1:${Number(await told(server.stdout, "data", ended))}/`;
  return { url, stats: () => asked(url), stop: () => stop(server, ended) };
}

/** On a connection of its own, which no server waits for when it is to end. */
async function asked(url) {
  return (await fetch(`${url}stats`, { headers: { connection: "close" } })).json();
}

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** What a server says next, unless it ends before. */
async function told(source, event, ended) {
  const failed = ended.then(([code, signal]) => Promise.reject(new Error(`a server has ended with ${code ?? signal}`)));
  return (await Promise.race([once(source, event), failed]))[0];
}

async function stop(server, ended) {
  server.kill();
  await ended;
}

const running = new Set();

async function ends(server) {
  running.add(server);
  try {
    return await once(server, "exit");
  } finally {
    running.delete(server);
  }
}

// No server outlives the comparison, however that ends.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
process.once("exit", () => running.forEach((server) => server.kill()));
