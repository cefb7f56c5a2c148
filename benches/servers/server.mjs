// One server: `node server.mjs <framework> <with|without>`. Without, it does what the framework's guide says for JSON; both
// answer the same. Tells its port, and when asked how much it has handled and how much processor time that took.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

import { bodyParser } from "@koa/bodyparser";
import { createAdaptorServer } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";

const [framework, way] = process.argv.slice(2);
const installed = createRequire(path.join(process.env.INSTALLED, "package.json"));
const { Webhook, memoryReplayStore } = installed("twenty-webhook");
const receive = () => {
  const replayStore = memoryReplayStore({ maxEntries: Number(process.env.CLAIMS) });
  return installed(`twenty-webhook/${framework}`).receive(new Webhook(process.env.SECRET), { "person.*": handle }, { replayStore });
};

let handled = 0;
const handle = () => void (handled += 1);
const OK = { outcome: "handled" };

const servers = {
  node: {
    with: () => createServer(receive()),
    without: () =>
      createServer(async (request, response) => {
        const pieces = [];
        for await (const piece of request) pieces.push(piece);
        handle(JSON.parse(Buffer.concat(pieces).toString()));
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(OK));
      }),
  },
  express: {
    with: () => createServer(express().all("/", receive())),
    without: () => createServer(express().post("/", express.json(), ({ body }, response) => (handle(body), response.json(OK)))),
  },
  koa: {
    with: () => createServer(new Koa().use(receive()).callback()),
    without: () => createServer(new Koa().use(bodyParser()).use((context) => (handle(context.request.body), (context.body = OK))).callback()),
  },
  hono: {
    with: () => createAdaptorServer({ fetch: new Hono().all("/", receive()).fetch }),
    without: () => createAdaptorServer({ fetch: new Hono().post("/", async (context) => (handle(await context.req.json()), context.json(OK))).fetch }),
  },
  fastify: {
    with: async () => ready(Fastify().register(receive())),
    without: async () => ready(Fastify().post("/", async ({ body }) => (handle(body), OK))),
  },
};

async function ready(app) {
  await app.ready();
  return app.server;
}

const server = await servers[framework][way]();
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send({ handled, cpu: user + system });
});
process.on("disconnect", () => process.exit());
