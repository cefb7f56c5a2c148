// One server: `node server.mjs <framework> <ours|theirs>`, the same but for the receiver; theirs is written by hand. Both answer
// the same. Tells its port, and when asked how much it has handled and how much processor time that took.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

import { createAdaptorServer } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";

import * as byHand from "./by-hand-node.mjs";

const [framework, side] = process.argv.slice(2);
const installed = createRequire(path.join(process.env.INSTALLED, "package.json"));
const { Webhook, memoryReplayStore } = installed("twenty-webhook");
const receive = (adapter = framework) => {
  const replayStore = memoryReplayStore({ maxEntries: Number(process.env.CLAIMS) });
  return installed(`twenty-webhook/${adapter}`).receive(new Webhook(process.env.SECRET), { "person.*": handle }, { replayStore, logger: null });
};

let handled = 0;
const handle = () => void (handled += 1);

const servers = {
  node: { ours: () => createServer(receive()), theirs: () => byHand.node(handle) },
  express: { ours: () => createServer(express().all("/", receive())), theirs: () => byHand.expressServer(handle) },
  koa: { ours: () => createServer(new Koa().use(receive()).callback()), theirs: () => byHand.koa(handle) },
  hono: { ours: () => createAdaptorServer(new Hono().all("/", receive())), theirs: () => createAdaptorServer(byHand.hono(handle)) },
  bun: { ours: () => bun(new Hono().all("/", receive("hono"))), theirs: () => bun(byHand.hono(handle)) },
  fastify: { ours: () => ready(Fastify().register(receive())), theirs: () => ready(byHand.fastify(handle)) },
};

async function ready(app) {
  await app.ready();
  return app.server;
}

/** Hono on Bun's own server. */
function bun({ fetch }) {
  const { port } = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch });
  return { listen: (_, __, listening) => listening(), address: () => ({ port }) };
}

const server = await servers[framework][side]();
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send({ handled, cpu: user + system });
});
process.on("disconnect", () => process.exit());
