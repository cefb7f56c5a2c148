// Starts each example as its users do.
import { execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { build } from "esbuild";

import { BUILT } from "./built.mjs";
import { env, freePort, given, inherited, node, program } from "./processes.mjs";
import { SECRET } from "./sender.mjs";
import { FOLDER } from "./support.mjs";

export const example = (...parts) => path.join(FOLDER, "examples", ...parts);

const STREAM = ["stream"];
/** Of each example how it is started, and what else than whole bodies reaches it. */
export const SERVERS = {
  "node-http": { start: () => node(example("node-http"), "server.js"), path: "/", can: STREAM },
  express4: { start: () => node(example("express4"), "server.js"), can: STREAM },
  express5: { start: () => node(example("express5"), "server.js"), can: STREAM },
  fastify: { start: () => node(example("fastify"), "server.js"), can: STREAM },
  koa: { start: () => node(example("koa"), "server.js"), can: STREAM },
  hono: { start: () => node(example("hono"), "server.js"), can: STREAM },
  nestjs: { start: nest, can: STREAM },
  nextjs: { start: () => next(), can: STREAM },
  ...BUILT,
  elysia: { start: () => elysia(), can: STREAM },
  workers: { start: () => worker("workers"), path: "/", can: STREAM },
  "durable-object": { start: () => worker("durable-object"), path: "/", can: STREAM },
  // A gateway hands over whole bodies.
  vercel: { start: () => vercel("twenty.ts"), path: "/", can: [] },
  "vercel-node": { start: () => vercel("twenty-node.ts"), path: "/", can: [] },
  "lambda-http-api": { start: () => gateway("v2"), path: "/", can: [] },
  "lambda-rest-api": { start: () => gateway("v1"), path: "/", can: [] },
  "lambda-load-balancer": { start: () => gateway("alb"), path: "/", can: [] },
  azure: { start: () => azure(), path: "/", can: [] },
};

/** Not the synchronous one: idle connections of other tests would time out unseen. */
const run = promisify(execFile);

async function nest() {
  await run(process.execPath, [resolve("nestjs", "typescript/bin/tsc"), "--project", example("nestjs")]);
  return node(example("nestjs"), "dist/main.js");
}

export async function next(environment = env) {
  const program = resolve("nextjs", "next/dist/bin/next");
  await run(process.execPath, [program, "build", example("nextjs")], { env: { ...inherited, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" } });
  const port = await freePort();
  const parameters = [program, "start", "--hostname", "127.0.0.1", "--port", String(port), example("nextjs")];
  return { child: spawn(process.execPath, parameters, { env: { ...environment, NODE_ENV: "production" }, ...given }), port };
}

export function elysia(settings, file = "server.ts") {
  return program(programOf("bun"), settings, [example("elysia", file)]);
}

/** What `wrangler dev` runs: workerd, with the worker bundled under its conditions. */
export async function worker(name, bindings = `(name = "TWENTY_WEBHOOK_SECRET", text = "${SECRET}")`) {
  const folder = await bundled(name, { entryPoints: [example(name, "src/index.js")] });
  const config = path.join(folder, "config.capnp");
  writeFileSync(config, configOf(bindings));
  return { child: spawn(programOf("workerd"), ["serve", "--control-fd=3", config], { env, stdio: ["ignore", "pipe", "pipe", "pipe"] }) };
}

/** A folder with a worker as Cloudflare's tools bundle it. */
export async function bundled(name, entry) {
  const folder = path.join(FOLDER, "bundles", name);
  mkdirSync(folder, { recursive: true });
  await build({
    ...entry, outfile: path.join(folder, "worker.js"), bundle: true, format: "esm", target: "es2022", conditions: ["workerd"],
    external: ["cloudflare:workers"], loader: { ".wasm": "copy" }, assetNames: "[name]", logLevel: "error",
  });
  return folder;
}

const configOf = (bindings) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "module.wasm", wasm = embed "module.wasm"),
  ],
  bindings = [${[bindings, '(name = "CLAIMS", durableObjectNamespace = "Claim")'].filter(Boolean)}],
  durableObjectNamespaces = [(className = "Claim", uniqueKey = "claims")],
  durableObjectStorage = (inMemory = void),
  compatibilityDate = "2025-09-01",
);
`;

/** One of the other runtimes, of the tests' own packages. */
function programOf(name) {
  return fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
}

/** What `vercel dev` runs functions with. */
export async function vercel(file, settings) {
  const tool = resolve("vercel", "@vercel/node");
  const told = { VERCEL_DEV_ENTRYPOINT: `api/webhooks/${file}`, VERCEL_DEV_CONFIG: "{}", VERCEL_DEV_BUILD_ENV: "{}" };
  const given = { cwd: example("vercel"), env: { ...env, ...told, ...settings }, stdio: ["ignore", "pipe", "pipe", "ipc"] };
  const typescript = ["--import", pathToFileURL(createRequire(tool).resolve("tsx")).href];
  const child = fork(path.join(path.dirname(tool), "dev-server.mjs"), { ...given, execArgv: typescript });
  const [{ port }] = await once(child, "message");
  return { child, port };
}

export async function azure(settings, file = "twenty.js") {
  await run(process.execPath, [resolve("azure-functions", "typescript/bin/tsc"), "--project", example("azure-functions")]);
  return program(process.execPath, settings, [fileURLToPath(new URL("azure.mjs", import.meta.url)), example("azure-functions/dist", file)]);
}

function gateway(format) {
  return node(FOLDER, fileURLToPath(new URL("gateway.mjs", import.meta.url)), example("lambda/index.js"), format);
}

/** A program of an example's packages, wherever npm has put them. */
export function resolve(name, file) {
  return createRequire(example(name, "package.json")).resolve(file);
}
