// Bodies that something holds back, and bodies of a kind that the receiver cannot read: the log names the cause.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { test } from "node:test";

import { receiving, webhook } from "./receiving.mjs";
import { post, signed } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

const body = JSON.stringify({ eventName: "person.created", record: { id: "7" } });
const adapter = (name) => installed(`twenty-webhook/${name}`).receive;

/** What a server answers to a genuine delivery, and what it logs. */
async function asked(serverOf, settings = {}) {
  const lines = [];
  const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
  const server = createServer(serverOf({ logger, replayStore: null, ...settings }));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    return [await post(`http://127.0.0.1:${server.address().port}/`, body), lines.join()];
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

const express = (before) => (options) => {
  const app = createRequire(example("express5", "package.json"))("express")();
  app.use((request, _, next) => (before(request), next()));
  return app.all("/", adapter("express")(webhook, () => {}, options));
};
const node = (change) => (options) => {
  const receive = adapter("node")(webhook, () => {}, options);
  return (request, response) => receive(change(request), response);
};

test("a stream that a middleware paused is read", async () => {
  assert.deepEqual(await asked(express((request) => request.pause())), ["200 handled", ""]);
});

test("a stream that somebody else is to read is told as held back", async () => {
  const [said, logged] = await asked(express((request) => request.on("readable", () => {})), { bodyTimeoutMs: 100 });
  assert.equal(said, "408 body_timeout");
  assert.match(logged, /No byte of the body arrived in time\. .* something holds it back or has read it\. .*app\.all/);
});

test("a request without a stream has lost its body", async () => {
  const [said, logged] = await asked(node(({ method, headers }) => ({ method, headers, body: JSON.parse(body) })));
  assert.equal(said, "500 body_already_read");
  assert.doesNotMatch(logged, /please report it/);
});

test("a rawBody that throws is none", async () => {
  const throwing = (request) => Object.defineProperty(request, "rawBody", { get() { throw new Error("bang"); } });
  assert.deepEqual(await asked(node(throwing)), ["200 handled", ""]);
});

test("a body that is no web stream is of no Request of the platform", async () => {
  for (const odd of [body, Buffer.from(body), JSON.parse(body), Readable.from([Buffer.from(body)])]) {
    const request = () => ({ method: "POST", headers: new Headers(signed(body)), bodyUsed: false, body: odd });
    const { send, told } = receiving(() => assert.fail("handled"));
    assert.equal(await send(request()), "500 not_a_request");
    assert.match(told.lines[0], /The request's body is an? \w+ instead of a ReadableStream: pass on the platform's own Request/);
    await assert.rejects(webhook.verifyRequest(request()), { code: "not_a_request", status: 500 });
  }
});
