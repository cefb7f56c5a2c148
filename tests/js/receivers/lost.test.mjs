// A body that was lost on the way is not told as a forged one.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { body, delivery, receiving, webhook } from "./receiving.mjs";
import { post, signed, words } from "./sender.mjs";
import { installed } from "./support.mjs";

const announced = () => ({ ...signed(body()), "Content-Length": String(body().length) });
const told = (lines) => assert.match(lines.join(), /body_already_read: The Content-Length header announces a body, and none came/);

test("a Request that has none, or an empty stream, where one is announced", async () => {
  const empty = () => new ReadableStream({ start: (controller) => controller.close() });
  for (const make of [() => delivery(null, announced()), () => delivery(empty(), announced(), { duplex: "half" }), () => delivery("", announced())]) {
    const { send, told: heard } = receiving(() => assert.fail("handled"));
    assert.equal(await send(make()), "500 body_already_read");
    told(heard.lines);
    await assert.rejects(webhook.verifyRequest(make()), { code: "body_already_read", status: 500 });
  }
});

test("an event of Lambda without a body", async () => {
  const lines = [];
  const handler = installed("twenty-webhook/lambda").receive(webhook, () => {}, { logger: { warn: () => {}, error: (line) => lines.push(line) } });
  for (const lost of [null, undefined, ""]) {
    const { statusCode, body: text } = await handler({ httpMethod: "POST", headers: announced(), body: lost }, {});
    assert.equal(words(statusCode, text), "500 body_already_read");
    told(lines.splice(0));
  }
});

test("an empty rawBody that a parser has left", async () => {
  const lines = [];
  const receive = installed("twenty-webhook/node").receive(webhook, () => {}, { logger: { warn: () => {}, error: (line) => lines.push(line) } });
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    request.rawBody = "";
    await receive(request, response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  assert.equal(await post(`http://127.0.0.1:${server.address().port}/`, body()), "500 body_already_read");
  told(lines);
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test("a body of another length than was announced is said to be", async () => {
  const { send, told: heard } = receiving(() => assert.fail("handled"));
  assert.equal(await send(delivery(body().slice(0, 20), announced())), "401 signature_mismatch");
  assert.match(heard.lines[0], /announces 50 bytes, and 20 came: something on the way may have changed the body/);
});

test("an empty body that is signed is one", async () => {
  const kinds = [];
  const { send } = receiving((event) => kinds.push(event.kind));
  for (const headers of [signed(""), { ...signed("", { timestamp: Date.now() - 1 }), "Content-Length": "0" }]) await send(delivery("", headers));
  assert.deepEqual(kinds, ["unknown"]);
});
