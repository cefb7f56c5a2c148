// Starts receivers as processes, and hears what their handlers print.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { SECRET } from "./sender.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** A running server: where it is, and the lines it has printed. */
export async function open({ start, path: at = "/webhooks/twenty" }) {
  const { child, port } = await start();
  const lines = [];
  const noise = [];
  let found;
  const listening = new Promise((resolve, reject) => {
    found = resolve;
    child.on("error", reject).on("close", (code) => reject(new Error(`it ended with ${code}: ${noise.join("\n")}`)));
  });
  for (const stream of [child.stdout, child.stderr, child.stdio[3]]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      const [, heard] = /^listening on .*?(\d+)\D*$|"port":(\d+)/.exec(line)?.filter(Boolean) ?? [];
      if (heard) found(Number(heard));
      else if (line.startsWith("handled ")) lines.push(line.slice("handled ".length));
      else noise.push(line);
    });
  }
  const actual = port ? await answering(port, listening) : await listening;
  const expected = [];
  return {
    url: `http://127.0.0.1:${actual}${at}`, port: actual, path: at, lines, expected, noise, child,
    handled: (line) => expected.push(line),
    async close() {
      child.removeAllListeners("close");
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await closed;
    },
  };
}

const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
export { inherited };
export const env = { ...inherited, TWENTY_WEBHOOK_SECRET: SECRET, NEXT_TELEMETRY_DISABLED: "1" };
export const given = { stdio: ["ignore", "pipe", "pipe"] };

export function node(cwd, ...parameters) {
  return { child: spawn(process.execPath, parameters, { cwd, env: { ...env, PORT: "0" }, ...given }) };
}

/** A receiver with a store of this kind: `fixture.mjs` has them. */
export const fixture = (store) => (options) => ({ start: () => node(HERE, "fixture.mjs", JSON.stringify({ store, ...options })), path: "/" });

export function program(file, settings = {}, parameters = []) {
  return { child: spawn(file, parameters, { env: { ...env, PORT: "0", ...settings }, ...given }) };
}

/** Below those that the system gives out, one of which somebody else's server or client could be given meanwhile. */
export async function freePort() {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const server = createServer();
    const isFree = await new Promise((resolve) => server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)));
    if (!isFree) continue;
    await new Promise((closed) => server.close(closed));
    return port;
  }
}

async function answering(port, ended) {
  let hasEnded = false;
  ended.catch(() => (hasEnded = true));
  const answers = (async () => {
    for (const deadline = Date.now() + 30_000; !hasEnded && Date.now() < deadline; await new Promise((wait) => setTimeout(wait, 50))) {
      if (await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false)) return port;
    }
    throw new Error("it does not answer");
  })();
  return Promise.race([answers, ended]);
}
