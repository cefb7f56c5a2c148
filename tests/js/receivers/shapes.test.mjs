// What one framework passes, given to the receiver of another: it is answered, and the log says which one to use.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { describe, test } from "node:test";

import azure from "@azure/functions";
import middy from "@middy/core";
import jsonBodyParser from "@middy/http-json-body-parser";

import { SECRET, post, signed, words } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

const adapter = (name) => installed(`twenty-webhook/${name}`).receive;
const of = (name) => createRequire(example(name, "package.json"));
const body = JSON.stringify({ eventName: "person.created", record: { id: "7" } });
const bang = () => { throw new Error("bang"); };
const lowerCase = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const headers = () => lowerCase(signed(body));
const fetched = () => new Request("http://localhost/", { method: "POST", headers: headers(), body });
const incoming = () => Object.assign(Readable.from([Buffer.from(body)]), { method: "POST", headers: headers(), httpVersionMajor: 1 });
const lambdaEvent = () => ({ version: "2.0", requestContext: { http: { method: "POST" } }, headers: headers(), body, isBase64Encoded: false });

/** What frameworks pass to a handler, as far as it shows which of them it is. */
const GIVEN = {
  "a Request": fetched,
  "Node's request": incoming,
  "Fastify's request": () => ({ raw: incoming(), method: "POST", headers: headers(), body: JSON.parse(body), params: {} }),
  "Koa's context": () => ({ req: incoming(), res: {}, request: { method: "POST", headers: headers() }, method: "POST", headers: headers(), set() {} }),
  "Hono's context": () => ({ req: { raw: fetched(), method: "POST", header() {} }, env: {} }),
  "an event of h3": () => ({ node: { req: incoming(), res: {} }, method: "POST", headers: new Headers(headers()), context: {} }),
  "a context that has the request": () => ({ request: fetched(), params: {}, locals: {} }),
  "an event of AWS Lambda": lambdaEvent,
  undefined: () => undefined,
  null: () => null,
  "a string": () => body,
  "an array": () => [fetched()],
  "an object": () => ({}),
  "an object ": () => new Proxy({}, { get: bang, has: bang, getPrototypeOf: bang }),
};

const REMEDIES = {
  "a Request": "use receive of twenty-webhook/fetch",
  "Node's request": "use receive of twenty-webhook/node or twenty-webhook/express",
  "Fastify's request": "register receive of twenty-webhook/fastify",
  "Koa's context": "use receive of twenty-webhook/koa",
  "Hono's context": "use receive of twenty-webhook/hono",
  "an event of h3": "toWebRequest(event)",
  "a context that has the request": "({ request }) => receiver(request)",
  "an event of AWS Lambda": "use receive of twenty-webhook/lambda",
};

/** Of each receiver what it takes, and how it is asked: what it says, where it can say it. */
const RECEIVERS = {
  fetch: ["a Request", async (receiver, given) => said(await receiver(given))],
  hono: ["Hono's context", async (receiver, given) => said(await receiver(given))],
  node: ["Node's request", byResponse],
  express: ["Node's request", byResponse],
  // What is not Koa's has no place for Koa's answer.
  koa: ["Koa's context", async (receiver, given, isTaken) => (await receiver(given, () => assert.fail("next")), isTaken ? words(given.status, given.body) : "500 not_a_request")],
  lambda: ["an event of AWS Lambda", async (receiver, given) => (({ statusCode, body: text }) => words(statusCode, text))(await receiver(given, {}))],
};

async function said(response) {
  return words(response.status, await response.text());
}

async function byResponse(receiver, given) {
  const response = { writeHead: (status) => (response.status = status), end: (text) => (response.text = text) };
  await receiver(given, response);
  return words(response.status, response.text);
}

for (const engine of ["twenty-webhook", "twenty-webhook/wasm"]) {
  const { Webhook } = installed(engine);
  const made = (name, more = {}) => {
    const lines = [];
    const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    return [adapter(name)(new Webhook(SECRET), () => {}, { logger, replayStore: null, ...more }), lines];
  };

  for (const [name, [taken, ask]] of Object.entries(RECEIVERS)) {
    describe(`${engine}: the receiver of ${name}`, () => {
      for (const [what, give] of Object.entries(GIVEN)) {
        test(`given ${what}`, async () => {
          const [receiver, lines] = made(name);
          const answer = await ask(receiver, give(), what === taken);
          if (what === taken) return assert.deepEqual([answer, lines], ["200 handled", []]);
          assert.equal(answer, "500 not_a_request");
          assert.equal(lines.length, 1);
          assert.ok(lines[0].startsWith("twenty-webhook: not_a_request: The receiver needs "), lines[0]);
          assert.ok(lines[0].includes(`, and was given ${what.trim()}: ${REMEDIES[what] ?? "pass"}`) || lines[0].includes(REMEDIES[what]), lines[0]);
        });
      }
    });
  }

  test(`${engine}: a header that is no text is named`, async () => {
    const timestamp = "x-twenty-webhook-timestamp";
    for (const value of [Buffer.from(headers()[timestamp]), Number(headers()[timestamp]), true, { value: 1 }, [7]]) {
      for (const [name, given] of [["lambda", { ...lambdaEvent(), headers: { ...headers(), [timestamp]: value } }], ["node", Object.assign(incoming(), { headers: { ...headers(), [timestamp]: value } })]]) {
        const [receiver, lines] = made(name);
        assert.equal(await RECEIVERS[name][1](receiver, given), "500 not_a_request");
        assert.match(lines[0], /not_a_request: the header x-twenty-webhook-timestamp must be text, or an array of texts, not an? (object|number|boolean): pass the headers as they came/);
      }
    }
  });

  test(`${engine}: what a middleware of Lambda's parsed is named`, async () => {
    const [receiver, lines] = made("lambda");
    const handler = middy().use(jsonBodyParser()).handler(receiver);
    const json = { "content-type": "application/json", ...headers() };
    for (const event of [{ ...lambdaEvent(), headers: json }, { ...lambdaEvent(), headers: json, body: Buffer.from(body).toString("base64"), isBase64Encoded: true }]) {
      const { statusCode, body: text } = await handler(event, {});
      assert.equal(words(statusCode, text), "500 body_already_read");
      assert.match(lines.pop(), /body_already_read: The event's body is an object instead of text: .*httpJsonBodyParser/);
    }
  });

  test(`${engine}: events of Lambda that are no requests are named`, async () => {
    const [receiver, lines] = made("lambda");
    for (const event of [{ Records: [{ body, messageAttributes: {} }] }, { Records: [{ cf: { request: { method: "POST", headers: {} } } }] }, { version: "2.0", method: "POST", headers: headers(), body }, {}]) {
      assert.equal(await RECEIVERS.lambda[1](receiver, event), "500 not_a_request");
      assert.match(lines.pop(), /not_a_request: The receiver needs an event of an HTTP request, .*API Gateway/);
    }
  });
}

test("a request of Azure Functions is a Request", async () => {
  const { Webhook } = installed("twenty-webhook");
  const receiver = adapter("fetch")(new Webhook(SECRET), () => {}, { replayStore: null });
  for (const content of [{ string: body }, { bytes: Buffer.from(body) }]) {
    assert.equal(await said(await receiver(new azure.HttpRequest({ method: "POST", url: "http://localhost/", headers: headers(), body: content }))), "200 handled");
  }
});

describe("in Fastify", () => {
  const fastify = of("fastify")("fastify");
  const { Webhook } = installed("twenty-webhook");

  test("the receivers of node and express say which one to register, and answer", async () => {
    for (const name of ["node", "express"]) {
      const lines = [];
      const app = fastify();
      app.post("/", adapter(name)(new Webhook(SECRET), () => {}, { logger: { warn: () => {}, error: (line) => lines.push(line) } }));
      await app.listen({ port: 0, host: "127.0.0.1" });
      try {
        assert.equal(await post(`http://127.0.0.1:${app.server.address().port}/`, body), "500 not_a_request");
        assert.match(lines.join("\n"), /^twenty-webhook: not_a_request: .*was given Fastify's request: register receive of twenty-webhook\/fastify[^\n]*$/);
      } finally {
        await app.close();
      }
    }
  });

  test("the plugin that is no plugin says so", async () => {
    const plugin = adapter("fastify")(new Webhook(SECRET), () => {});
    for (const given of [fetched(), undefined, {}]) await assert.rejects(plugin(given), { name: "TypeError", message: /app\.register\(receive\(/ });
  });
});

test("in Node's server, the receiver of Koa ends no process", async () => {
  const { Webhook } = installed("twenty-webhook");
  const lines = [];
  const receiver = adapter("koa")(new Webhook(SECRET), () => {}, { logger: { warn: () => {}, error: (line) => lines.push(line) } });
  const server = createServer((request, response) => void receiver(request, response).then(() => response.end("{}")));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  assert.equal(await post(`http://127.0.0.1:${server.address().port}/`, body), "200 undefined");
  assert.match(lines.join(), /was given Node's request: use receive of twenty-webhook\/node/);
  await new Promise((closed) => server.close(closed));
});
