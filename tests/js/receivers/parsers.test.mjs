// Body parsers before the receiver: what kept the bytes is used, what did not is named with the line to change.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, test } from "node:test";

import { BUILT, addParsed, serve } from "./built.mjs";
import { open } from "./processes.mjs";
import { SECRET, post, signed } from "./sender.mjs";
import { azure, elysia, example } from "./servers.mjs";
import { installed } from "./support.mjs";

const { Webhook } = installed("twenty-webhook");
const adapter = (name) => installed(`twenty-webhook/${name}`).receive;
const of = (name) => createRequire(example(name, "package.json"));
const webhook = new Webhook(SECRET);

const lines = [];
const options = { logger: { warn: (line) => lines.push(line), error: (line) => lines.push(line) } };
const servers = [];
let id = 0;

/** What a server answers to a genuine delivery, and what it logs. */
async function ask(server, at = "/", text = "é", send = post) {
  if (!server.listening) await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  lines.length = 0;
  const body = JSON.stringify({ eventName: "person.created", record: { id: ++id, text } });
  return [await send(`http://127.0.0.1:${server.address().port}${at}`, body), lines.join()];
}
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

const HANDLED = ["200 handled", ""];
const refused = async (answer, remedy) => {
  const [said, logged] = await answer;
  assert.equal(said, "500 body_already_read");
  assert.match(logged, remedy);
};

for (const version of ["express4", "express5"]) {
  const express = of(version)("express");
  const app = (...before) => {
    const server = express();
    for (const one of before) server.use(one);
    server.all("/", adapter("express")(webhook, () => {}, options));
    return createServer(server);
  };
  test(`${version} with express.json() before it`, () => refused(ask(app(express.json())), /move app\.all\(.*above app\.use\(express\.json\(\)\)/));
  test(`${version} with express.text() before it`, () => refused(ask(app(express.text({ type: "*/*" }))), /above/));
  test(`${version} with express.raw() before it`, async () => assert.deepEqual(await ask(app(express.raw({ type: "*/*" }))), HANDLED));
  test(`${version} with a parser for other types before it`, async () => assert.deepEqual(await ask(app(express.urlencoded({ extended: false }))), HANDLED));
  test(`${version} with a rawBody, as NestJS and Cloud Functions keep it`, async () => {
    const keep = (request, _, bytes) => void (request.rawBody = bytes);
    assert.deepEqual(await ask(app(express.json({ verify: keep }))), HANDLED);
  });
}

for (const name of ["node", "express", "koa"]) {
  test(`${name} with an empty rawBody, which a middleware is about to fill`, async () => {
    const collect = (holder, request) => ((holder.rawBody = ""), request.on("data", (piece) => (holder.rawBody += piece)));
    const receive = adapter(name)(webhook, () => {}, options);
    const koa = () => new (of("koa")("koa"))().use((context, next) => (collect(context.request, context.req), next())).use(receive).callback();
    const server = name === "koa" ? createServer(koa()) : createServer((request, response) => (collect(request, request), receive(request, response)));
    assert.deepEqual(await ask(server), HANDLED);
  });
}

test("a rawBody that is half filled is no forgery", async () => {
  const receive = adapter("node")(webhook, () => {}, options);
  const server = createServer((request, response) => {
    request.rawBody = "";
    request.on("data", (piece) => (request.rawBody += piece)).once("data", () => setImmediate(() => (request.pause(), receive(request, response))));
  });
  await refused(ask(server, "/", "x".repeat(1 << 19)), /call next\(\) when the request has ended/);
});

test("Node's http after something read the stream", async () => {
  const receive = adapter("node")(webhook, () => {}, options);
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    await receive(request, response);
  });
  await refused(ask(server), /call the receiver before/);
});

test("Koa after a body parser", async () => {
  const Koa = of("koa")("koa");
  const { bodyParser } = of("koa")("@koa/bodyparser");
  const receive = adapter("koa")(webhook, () => {}, options);
  // It keeps rawBody, and that is used.
  assert.deepEqual(await ask(createServer(new Koa().use(bodyParser()).use(receive).callback())), HANDLED);
  const drain = async ({ req }, next) => {
    for await (const _ of req);
    await next();
  };
  await refused(ask(createServer(new Koa().use(drain).use(receive).callback())), /above app\.use\(bodyParser\(\)\)/);
});

test("Fastify after a hook read the stream", async () => {
  const app = of("fastify")("fastify")();
  app.addHook("onRequest", async ({ raw }) => {
    for await (const _ of raw);
  });
  app.register(adapter("fastify")(webhook, () => {}, options));
  await app.listen({ port: 0, host: "127.0.0.1" });
  await refused(ask(app.server), /onRequest hook/);
});

test("Fastify with the app's own parsers", async () => {
  const app = of("fastify")("fastify")();
  app.addContentTypeParser("application/json", { parseAs: "string" }, () => assert.fail("parsed"));
  app.register(adapter("fastify")(webhook, () => {}, options), { prefix: "/webhooks/twenty" });
  await app.listen({ port: 0, host: "127.0.0.1" });
  for (const path of ["/webhooks/twenty", "/webhooks/twenty/"]) assert.deepEqual(await ask(app.server, path), HANDLED);
});

test("Hono after a middleware read the body", async () => {
  const { Hono } = of("hono")("hono");
  const { createAdaptorServer } = of("hono")("@hono/node-server");
  const app = new Hono();
  app.use(async (context, next) => (await context.req.json(), next()));
  app.all("/", adapter("hono")(webhook, () => {}, options));
  await refused(ask(createAdaptorServer({ fetch: app.fetch })), /request\.clone\(\)/);
});

/** A server of Node before which a middleware reads every request to its end. */
const drained = (handle) => createServer(async (request, response) => {
  for await (const _ of request);
  await handle(request, response);
});

for (const isChunked of [false, true]) {
  test(`Hono after its server's request was drained, ${isChunked ? "in chunks" : "with a length"}`, async () => {
    const { Hono } = of("hono")("hono");
    const { getRequestListener } = of("hono")("@hono/node-server");
    for (const receive of [adapter("hono")(webhook, () => {}, options), ({ req }) => adapter("fetch")(webhook, () => {}, options)(req.raw)]) {
      const app = new Hono().all("/", receive);
      const inChunks = (url, body) => post(url, Readable.from([body]), signed(body));
      const [said, logged] = await ask(drained(getRequestListener(app.fetch)), "/", "é", isChunked ? inChunks : post);
      // Nothing tells an empty body in chunks that was read from one that nobody signed.
      assert.equal(said, isChunked ? "401 signature_mismatch" : "500 body_already_read");
      assert.match(logged, /something read it before the receiver could/);
    }
  });
}

test("React Router after its server's request was drained: its Request never ends", async () => {
  const { createReadableStreamFromReadable } = createRequire(path.join(process.env.BUILT_EXAMPLES, "react-router/package.json"))("@react-router/node");
  const receive = adapter("fetch")(webhook, () => {}, { ...options, bodyTimeoutMs: 100 });
  const handle = async (request, response) => {
    const { headers, method } = request;
    const answer = await receive(new Request("http://localhost/", { headers, method, body: createReadableStreamFromReadable(request), duplex: "half" }));
    response.writeHead(answer.status).end(await answer.text());
  };
  const [said, logged] = await ask(drained(handle));
  assert.equal(said, "408 body_timeout");
  assert.match(logged, /No byte of the body arrived in time\. .* something holds it back or has read it\. .*request\.clone\(\)/);
});

/** Examples with a second route, which parses the body before it calls the receiver. */
const PARSED = {
  ...Object.fromEntries(Object.keys(BUILT).map((name) => [name, () => serve(name)])),
  elysia: () => elysia({}, "parsed.ts"),
  "azure-functions": () => azure({}, "parsed.js"),
};

for (const [name, start] of Object.entries(PARSED)) {
  test(`${name} after the body was parsed`, { skip: BUILT[name]?.skip ?? false }, async () => {
    if (!BUILT[name]) addParsed(name, example(name));
    const server = await open({ start, path: "/webhooks/parsed" });
    try {
      await refused(post(server.url, "{}").then((said) => [said, server.noise.join()]), name === "nuxt" ? /call the receiver before/ : /request\.clone\(\)/);
    } finally {
      await server.close();
    }
  });
}

test("Lambda has no background", () => {
  assert.throws(() => adapter("lambda")(webhook, () => {}, { background: true }), { name: "TypeError", message: /hand long work to a queue/ });
});
