// What each framework passes: the function that finds the webhook, handlers, onOutcome and onError get its own request.
import assert from "node:assert/strict";
import { createServer, IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import { test } from "node:test";

import { body, webhook } from "./receiving.mjs";
import { post, signed, words } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

const of = (name) => createRequire(example(name, "package.json"));
const { receive: receiveFetch } = installed("twenty-webhook/fetch");

/** Sends one delivery through each framework, and gives the answer. */
const FRAMEWORKS = {
  node: [(receive) => listening(createServer(receive)), (request) => request instanceof IncomingMessage],
  express: [
    (receive) => listening(createServer(of("express5")("express")().all("/", receive))),
    (request) => request instanceof IncomingMessage && typeof request.app === "function" && typeof request.ip === "string",
  ],
  koa: [(receive) => listening(createServer(new (of("koa")("koa"))().use(receive).callback())), (context) => context.request.ctx === context && context.method === "POST"],
  fastify: [
    async (receive) => {
      const app = of("fastify")("fastify")().register(receive);
      const { statusCode, body: text } = await app.inject({ method: "POST", url: "/", payload: body(), headers: signed(body()) });
      await app.close();
      return words(statusCode, text);
    },
    (request) => request.raw && typeof request.id === "string" && request.routeOptions.url === "/",
  ],
  hono: [
    async (receive) => {
      const response = await new (of("hono")("hono").Hono)().all("/:a", receive).request("/b", { method: "POST", body: body(), headers: signed(body()) });
      return words(response.status, await response.text());
    },
    (context) => context.req.param("a") === "b",
  ],
};

async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await post(`http://127.0.0.1:${server.address().port}/`, body());
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

for (const [name, [send, isItsOwn]] of Object.entries(FRAMEWORKS)) {
  test(`${name} passes its request, and nothing else`, async () => {
    const passed = {};
    let isOwn;
    const { receive } = installed(`twenty-webhook/${name}`);
    const handle = receive(
      (...all) => ((passed.find = all), webhook),
      (event, delivery, ...all) => ((passed.handler = all), (isOwn = isItsOwn(all[0])), assert.fail("not handled")),
      { logger: null, onOutcome: ({ request }) => (passed.onOutcome = [request]), onError: (_, { request }) => (passed.onError = [request]) },
    );
    assert.equal(await send(handle), "500 handler_failed");
    assert.deepEqual(Object.keys(passed).toSorted(), ["find", "handler", "onError", "onOutcome"]);
    for (const [who, [request, ...rest]] of Object.entries(passed)) {
      assert.equal(request, passed.find[0], who);
      assert.deepEqual(rest, [], who);
    }
    assert.ok(isOwn);
  });
}

test("lambda passes its event and its context, fetch the request and what comes with it", async () => {
  const passed = [];
  const find = (...all) => (passed.push(all), webhook);
  const handler = (_event, _delivery, ...all) => passed.push(all);
  const event = { requestContext: { http: { method: "POST" } }, headers: signed(body()), body: body() };
  const context = { awsRequestId: "1" };
  const { receive } = installed("twenty-webhook/lambda");
  assert.equal((await receive(find, handler)(event, context)).statusCode, 200);
  const request = new Request("http://localhost/", { method: "POST", body: body(), headers: signed(body()) });
  assert.equal((await receiveFetch(find, handler)(request, "env", context)).status, 200);
  for (const all of passed.slice(0, 2)) assert.deepEqual([all[0] === event, all[1] === context, all.length], [true, true, 2]);
  for (const all of passed.slice(2)) assert.deepEqual([all[0] === request, all[1], all[2] === context, all.length], [true, "env", true, 3]);
});
