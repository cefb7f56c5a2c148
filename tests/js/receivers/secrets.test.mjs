// Examples without the variable that holds the secret: nothing is accepted, least of all what is signed with a published text.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

import { BUILT, serve } from "./built.mjs";
import { env, open, program } from "./processes.mjs";
import { body } from "./receiving.mjs";
import { post, signed } from "./sender.mjs";
import { azure, elysia, example, next, vercel, worker } from "./servers.mjs";

const GATEWAY = fileURLToPath(new URL("gateway.mjs", import.meta.url));
const started = (...parameters) => (settings) => program(process.execPath, settings, parameters);
const RECEIVERS_OWN = /webhook_unavailable: .*(secret must be text|The secret is empty)/;
/** They start where there is no secret, as in a pipeline, and look for it when a delivery comes; what the log says then. */
const LATE = {
  nextjs: [(settings) => next({ ...env, ...settings }), RECEIVERS_OWN],
  workers: [({ TWENTY_WEBHOOK_SECRET: text }) => worker("workers", text === undefined ? "" : `(name = "TWENTY_WEBHOOK_SECRET", text = "${text}")`), RECEIVERS_OWN],
  astro: [(settings) => serve("astro", { ...env, ...settings }), /TWENTY_WEBHOOK_SECRET is missing|The secret is empty/],
  nuxt: [(settings) => serve("nuxt", { ...env, ...settings }), /secret must be text|The secret is empty/],
};
const EARLY = {
  ...Object.fromEntries(["node-http", "express4", "express5", "fastify", "koa", "hono"].map((name) => [name, started(example(name, "server.js"))])),
  lambda: started(GATEWAY, example("lambda/index.js"), "v2"),
  azure,
  elysia,
  vercel: (settings) => vercel("twenty.ts", settings),
  sveltekit: (settings) => serve("sveltekit", { ...env, ...settings }),
  "react-router": (settings) => serve("react-router", { ...env, ...settings }),
};
const ABSENT = [{ TWENTY_WEBHOOK_SECRET: undefined }, { TWENTY_WEBHOOK_SECRET: "" }];
const skipOf = (name) => BUILT[name]?.skip ?? false;

for (const [name, start] of Object.entries(EARLY)) {
  test(`${name} does not start`, { skip: skipOf(name) }, async () => {
    for (const settings of ABSENT) {
      await assert.rejects(open({ start: () => start(settings) }), /it ended with 1: [^]*(secret must be text|The secret is empty)/);
    }
  });
}

for (const [name, [start, reason]] of Object.entries(LATE)) {
  test(`${name} answers nothing but errors`, { skip: skipOf(name) }, async () => {
    for (const settings of ABSENT) {
      const server = await open({ start: () => start(settings), ...(name === "workers" && { path: "/" }) });
      try {
        for (const secret of ["set at run time", "undefined", "a"]) {
          assert.match(await post(server.url, body(), signed(body(), { secret })), /^500 /);
        }
        assert.match(server.noise.join("\n"), reason);
        assert.deepEqual(server.lines, []);
      } finally {
        await server.close();
      }
    }
  });
}
