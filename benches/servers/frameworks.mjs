// How a server of each framework is started, asked how much it has done, and stopped.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Each needs a variable that says where what it is made of has been put. */
export const platforms = [
  { needs: "INSTALLED", frameworks: ["node", "express", "koa", "hono", "fastify"], start: startNode },
  { needs: "PYTHON", frameworks: ["fastapi", "flask", "django", "wsgi"], start: startPython },
  { needs: "AXUM", frameworks: ["axum"], start: startAxum },
];

async function startNode(framework, way, env) {
  const server = fork(here("server.mjs"), [framework, way], { env: { ...env, NODE_ENV: "production" } });
  const ended = ends(server);
  const { port } = await told(server, "message", ended);
  const stats = () => {
    server.send("how much");
    return told(server, "message", ended);
  };
  return { url: `http://127.0.0.1:${port}/`, stats, stop: () => stop(server, ended) };
}

function startPython(framework, way, env) {
  return startProgram(env.PYTHON, [here("python/server.py"), framework, way], env);
}

function startAxum(_, way, env) {
  return startProgram(env.AXUM, [way], env);
}

async function startProgram(program, options, env) {
  const server = spawn(program, options, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = ends(server);
  const url = `http://127.0.0.1:${Number(await told(server.stdout, "data", ended))}/`;
  // On a connection of its own, which no server waits for when it is to end.
  const stats = async () => (await fetch(`${url}stats`, { headers: { connection: "close" } })).json();
  return { url, stats, stop: () => stop(server, ended) };
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
