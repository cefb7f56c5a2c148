// Hono: what a middleware takes of the request is left to it, and each request's own execution context is asked.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";

import { body, delivery, webhook } from "./receiving.mjs";
import { post } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

const require = createRequire(example("hono", "package.json"));
const { Hono } = require("hono");
const { serve } = require("@hono/node-server");

/** An application whose middleware is this one, and the lines that its receiver logs. */
function application(options, ...middlewares) {
  const lines = [];
  const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
  const app = new Hono();
  for (const middleware of middlewares) app.use(middleware);
  app.all("/", installed("twenty-webhook/hono").receive(webhook, () => {}, { logger, replayStore: null, ...options }));
  return { app, lines };
}

describe("on Hono's server for Node", () => {
  /** What is answered to a delivery, and what the middleware has read. */
  async function through(middleware) {
    const read = [];
    const { app, lines } = application({}, (context, next) => middleware(context, next, (text) => read.push(text)));
    let server;
    const port = await new Promise((listening) => (server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (at) => listening(at.port))));
    try {
      return { answered: await post(`http://127.0.0.1:${port}/`, body()), read, lines };
    } finally {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  }

  const keeping = {
    "a clone that is read afterwards": async ({ req }, next, keep) => {
      const clone = req.raw.clone();
      await next();
      keep(await clone.text());
    },
    "a clone that is read before": async ({ req }, next, keep) => {
      keep(await req.raw.clone().text());
      await next();
    },
    "a clone that is read meanwhile": async ({ req }, next, keep) => {
      const reading = req.raw.clone().text();
      await next();
      keep(await reading);
    },
    "a clone that takes the place of the request": async ({ req }, next, keep) => {
      const first = req.raw;
      req.raw = first.clone();
      await next();
      keep(await first.text());
    },
    "a request of its own": async ({ req }, next, keep) => {
      const text = await req.text();
      req.raw = new Request(req.raw.url, { method: "POST", headers: req.raw.headers, body: text });
      await next();
      keep(text);
    },
  };
  for (const [what, middleware] of Object.entries(keeping)) {
    test(`a middleware has all of ${what}, and the delivery is handled`, async () => {
      const { answered, read, lines } = await through(middleware);
      assert.equal(answered, "200 handled", lines.join());
      assert.deepEqual(read, [body()]);
    });
  }

  test("a middleware that only looks at the request changes nothing", async () => {
    const { answered } = await through(async ({ req }, next) => {
      assert.ok(req.raw.headers.get("x-twenty-webhook-signature") && req.raw.signal && req.raw.url && !req.raw.bodyUsed);
      await next();
    });
    assert.equal(answered, "200 handled");
  });
});

test("an execution context is used by each request that has one, whatever those before it had", async () => {
  const { app } = application({ background: true });
  const kept = [];
  const context = { waitUntil: (promise) => void kept.push(promise), passThroughOnException() {} };
  const ask = async (...given) => assert.equal((await app.fetch(delivery(), ...given)).status, 200);
  await ask({}, context);
  await ask({});
  await ask({}, {});
  await ask({}, context);
  assert.equal(kept.length, 2);
  await Promise.all(kept);
});
