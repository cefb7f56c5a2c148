// Examples without the variable that holds the secret: nothing is accepted, least of all what is signed with a published text.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

import { env, open, program } from "./processes.mjs";
import { body } from "./receiving.mjs";
import { post, signed } from "./sender.mjs";
import { example, next, worker } from "./servers.mjs";

const GATEWAY = fileURLToPath(new URL("gateway.mjs", import.meta.url));
const PROGRAMS = {
  ...Object.fromEntries(["node-http", "express4", "express5", "fastify", "koa", "hono"].map((name) => [name, [example(name, "server.js")]])),
  lambda: [GATEWAY, example("lambda/index.js"), "v2"],
};

for (const [name, parameters] of Object.entries(PROGRAMS)) {
  test(`${name} does not start`, async () => {
    for (const TWENTY_WEBHOOK_SECRET of [undefined, ""]) {
      const starting = open({ start: () => program(process.execPath, { TWENTY_WEBHOOK_SECRET }, parameters) });
      await assert.rejects(starting, /it ended with 1: [^]*(secret must be text|The secret is empty)/);
    }
  });
}

/** They start where there is no secret, as in a pipeline, and look for it when a delivery comes. */
const LATE = {
  nextjs: [() => next({ ...env, TWENTY_WEBHOOK_SECRET: undefined }), () => next({ ...env, TWENTY_WEBHOOK_SECRET: "" })],
  workers: [() => worker("workers", ""), () => worker("workers", '(name = "TWENTY_WEBHOOK_SECRET", text = "")')],
};

for (const [name, starts] of Object.entries(LATE)) {
  test(`${name} answers nothing but errors`, async () => {
    for (const start of starts) {
      const server = await open({ start, ...(name === "workers" && { path: "/" }) });
      try {
        for (const secret of ["set at run time", "undefined", "a"]) {
          assert.equal(await post(server.url, body(), signed(body(), { secret })), "500 webhook_unavailable");
        }
        assert.match(server.noise.join("\n"), /webhook_unavailable: .*(secret must be text|The secret is empty)/);
        assert.deepEqual(server.lines, []);
      } finally {
        await server.close();
      }
    }
  });
}
