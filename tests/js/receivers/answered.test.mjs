// Something else answers first, as a time-out does, or nobody is there to be answered: the process goes on.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import net from "node:net";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { SECRET, onTheWire, post } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";
import { until } from "./until.mjs";

const { Webhook } = installed("twenty-webhook");
const webhook = new Webhook(SECRET);
const of = (name) => createRequire(example(name, "package.json"));
const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));
after(() => assert.deepEqual(unhandled, []));

/** What comes before a receiver and answers after 100 ms, while it is asked to. */
let isImpatient;
const impatient = (response) => isImpatient && void setTimeout(() => response.headersSent || response.destroyed || response.writeHead(503).end("timed out"), 100);

/** Servers whose receivers get these handlers and options. */
const SERVERS = {
  node: (...given) => {
    const receive = installed("twenty-webhook/node").receive(webhook, ...given);
    return createServer((request, response) => (impatient(response), receive(request, response)));
  },
  express: (...given) => {
    const app = of("express4")("express")();
    app.use((_, response, next) => (impatient(response), next()));
    return createServer(app.all("/", installed("twenty-webhook/express").receive(webhook, ...given)));
  },
  koa: (...given) => {
    const app = new (of("koa")("koa"))();
    app.use(({ res }, next) => (impatient(res), next()));
    return createServer(app.use(installed("twenty-webhook/koa").receive(webhook, ...given)).callback());
  },
  fastify: async (...given) => {
    const app = of("fastify")("fastify")();
    app.addHook("onRequest", async (_, reply) => impatient(reply.raw));
    app.register(installed("twenty-webhook/fastify").receive(webhook, ...given));
    await app.ready();
    return app.server;
  },
};

for (const [name, serve] of Object.entries(SERVERS)) {
  test(`${name}: another answer, and a client that has gone`, async () => {
    const [lines, ended] = [[], []];
    const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    const server = await serve(async ({ record }) => (await pause(250), ended.push(record.id)), { logger });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address();
    try {
      const body = (id) => JSON.stringify({ eventName: "person.created", record: { id } });
      isImpatient = true;
      assert.equal(await post(`http://127.0.0.1:${port}/`, body("impatient")), '503 "timed out"');
      isImpatient = false;
      const socket = net.connect(port, "127.0.0.1");
      socket.write(onTheWire("/", body("gone")));
      await pause(50);
      socket.destroy();
      await until(() => ended.length === 2);
      assert.deepEqual(ended, ["impatient", "gone"]);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0], /^twenty-webhook: something else answered before the receiver could say 200/);
      assert.equal(await post(`http://127.0.0.1:${port}/`, body("gone")), "200 duplicate");
    } finally {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  });
}
