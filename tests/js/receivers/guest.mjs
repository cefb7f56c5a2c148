// A receiver under the server of whatever runs this: Node's, Deno's or Bun's. `guest.mjs ADAPTER [late]`; late is its webhook.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { SECRET } from "./sender.mjs";
import { FOLDER, installed } from "./support.mjs";

const [adapter = "fetch", late] = process.argv.slice(2);
const { Webhook } = installed("twenty-webhook");
const webhook = new Webhook(SECRET);
const source = late ? async () => (await pause(500), webhook) : webhook;
const receiver = installed(`twenty-webhook/${adapter}`).receive(source, ({ record }) => console.log(`handled ${record.id}`), { bodyTimeoutMs: 1_000 });
const of = (name) => createRequire(path.join(FOLDER, "examples", name, "package.json"));
const listening = ({ port }) => console.log(`listening on ${port}`);
const listen = (server) => server.listen(0, "127.0.0.1", () => listening(server.address()));

const LISTENERS = {
  node: () => listen(createServer(receiver)),
  express: () => listen(createServer(of("express5")("express")().all("/", receiver))),
  koa: () => listen(createServer(new (of("koa")("koa"))().use(receiver).callback())),
  async fastify() {
    const app = of("fastify")("fastify")();
    app.register(receiver);
    await app.ready();
    listen(app.server);
  },
  hono: () => serve(new (of("hono")("hono").Hono)().all("/", receiver).fetch),
  fetch: () => serve(receiver),
};
await LISTENERS[adapter]();

function serve(handle) {
  const fetch = (request) => handle(request);
  if (globalThis.Deno) Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: listening }, fetch);
  else if (globalThis.Bun) listening(Bun.serve({ port: 0, hostname: "127.0.0.1", fetch }));
  else of("hono")("@hono/node-server").serve({ fetch, port: 0, hostname: "127.0.0.1" }, listening);
}
