// Requests that are not Node's own but imitate it: those of the wrappers for Lambda, of Vercel's functions, of Next's pages/api.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import vendia from "@vendia/serverless-express";
import serverless from "serverless-http";

import { inherited } from "./processes.mjs";
import { SECRET, post, signed, words } from "./sender.mjs";
import { example } from "./servers.mjs";
import { FOLDER, installed } from "./support.mjs";

const { Webhook } = installed("twenty-webhook");
const adapter = (name) => installed(`twenty-webhook/${name}`).receive;
const of = (name) => createRequire(example(name, "package.json"));
const webhook = new Webhook(SECRET);

const lines = [];
const options = { logger: { warn: (line) => lines.push(line), error: (line) => lines.push(line) }, replayStore: null };
const body = JSON.stringify({ eventName: "person.created", record: { id: "7", text: "é" } });
const FORGED = { "X-Twenty-Webhook-Signature": "0".repeat(64) };
const forged = (text) => ({ ...signed(text), ...FORGED });

/** What a listener of Node's answers to a delivery. */
async function asked(listener, ...delivery) {
  const server = createServer(listener);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  lines.length = 0;
  try {
    return await post(`http://127.0.0.1:${server.address().port}/`, ...delivery);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

describe("behind a wrapper for Lambda, whose Content-Length is a number,", () => {
  const express = of("express5")("express")().all("/", adapter("express")(webhook, () => {}, options));
  const koa = new (of("koa")("koa"))().use(adapter("koa")(webhook, () => {}, options));
  const wrapped = {
    "Express by @vendia/serverless-express": vendia({ app: express }),
    "Express by serverless-http": serverless(express),
    "Koa by serverless-http": serverless(koa),
  };
  const event = (text, headers, isBase64Encoded) => ({
    version: "2.0", routeKey: "$default", rawPath: "/", rawQueryString: "", requestContext: { http: { method: "POST", path: "/", sourceIp: "127.0.0.1" }, stage: "$default" },
    headers: { "content-type": "application/json", ...headers }, body: isBase64Encoded ? Buffer.from(text).toString("base64") : text, isBase64Encoded,
  });
  for (const [name, handler] of Object.entries(wrapped)) {
    test(name, async () => {
      for (const isBase64Encoded of [false, true]) {
        for (const length of [{}, { "content-length": String(Buffer.byteLength(body)) }]) {
          const said = async (headers) => (({ statusCode, body: text }) => words(statusCode, text))(await handler(event(body, { ...headers, ...length }, isBase64Encoded), {}));
          assert.equal(await said(signed(body)), "200 handled", lines.join());
          assert.equal(await said(forged(body)), "401 signature_mismatch");
        }
      }
    });
  }
});

describe("a function of Vercel's that takes a request and a response", { concurrency: 1 }, () => {
  const folder = path.join(FOLDER, "vercel");
  before(() => {
    mkdirSync(path.join(folder, "api"), { recursive: true });
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
    for (const [name, source] of Object.entries(FUNCTIONS)) writeFileSync(path.join(folder, "api", `${name}.mjs`), source);
  });

  /** Under the server with which Vercel's own tool runs functions; Hono's packages are its example's. */
  async function under(name, hasHelpers, use) {
    const program = path.join(path.dirname(fileURLToPath(import.meta.resolve("@vercel/node"))), "dev-server.mjs");
    const environment = { VERCEL_DEV_ENTRYPOINT: `api/${name}.mjs`, VERCEL_DEV_CONFIG: "{}", VERCEL_DEV_BUILD_ENV: hasHelpers ? "{}" : '{"NODEJS_HELPERS":"0"}' };
    const child = fork(program, [], { cwd: folder, env: { ...inherited, ...environment, TWENTY_WEBHOOK_SECRET: SECRET }, stdio: ["ignore", "pipe", "pipe", "ipc"] });
    let logged = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (logged += text));
    try {
      const { port } = await new Promise((ready, failed) => child.once("message", ready).once("exit", (code) => failed(new Error(`it ended with ${code}: ${logged}`))));
      await use(`http://127.0.0.1:${port}/`, () => logged);
    } finally {
      child.removeAllListeners("exit").kill("SIGKILL");
    }
  }

  for (const name of ["node", "express", "hono"]) {
    for (const hasHelpers of [true, false]) {
      test(`${name}, ${hasHelpers ? "with" : "without"} Vercel's helpers, which have read the body`, () => under(name, hasHelpers, async (url, logged) => {
        assert.equal(await post(url, body), "200 handled", logged());
        assert.equal(await post(url, body, forged(body)), "401 signature_mismatch");
        // Vercel's getter of the parsed body throws for this one.
        assert.equal(await post(url, "{oops", forged("{oops")), "401 signature_mismatch");
        assert.equal(await post(url, "{oops"), "200 handled");
        const long = JSON.stringify({ eventName: "person.created", record: { text: "é".repeat(100_000) } });
        assert.equal(await post(url, long), "200 handled");
      }));
    }
  }

  test("that has read the body, too", () => under("drained", true, async (url, logged) => {
    assert.equal(await post(url, body), "500 body_already_read");
    assert.match(logged(), /body_already_read: Something read the request's body before the receiver could: call the receiver before what reads it/);
  }));
});

const FUNCTION = (name) => `
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/${name}";
const receiver = receive(new Webhook(process.env.TWENTY_WEBHOOK_SECRET), () => {}, { replayStore: null });`;
const FUNCTIONS = {
  node: `${FUNCTION("node")}\nexport default receiver;`,
  express: `${FUNCTION("express")}\nexport default receiver;`,
  drained: `${FUNCTION("node")}
export default async (request, response) => {
  await new Promise((read) => request.on("data", () => {}).on("end", read));
  await receiver(request, response);
};`,
  hono: `${FUNCTION("hono")}
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
export default getRequestListener(new Hono().all("/", receiver).fetch);`,
};

describe("under Next's pages/api", () => {
  const { apiResolver } = of("nextjs")("next/dist/server/api-utils/node/api-resolver.js");
  const context = { previewModeId: "a", previewModeEncryptionKey: "b", previewModeSigningKey: "c" };
  for (const name of ["node", "express"]) {
    const route = (config) => {
      const module = { default: adapter(name)(webhook, () => {}, options), config };
      return (request, response) => void apiResolver(request, response, {}, module, context, false, false, "/api/twenty");
    };

    test(`${name}: the line to write is named`, async () => {
      assert.equal(await asked(route(), body), "500 body_already_read");
      assert.match(lines.join(), /export const config = \{ api: \{ bodyParser: false \} \}/);
      assert.doesNotMatch(lines.join(), /express\.json|call the receiver before/);
    });

    test(`${name}: without Next's parser it is handled`, async () => {
      assert.equal(await asked(route({ api: { bodyParser: false } }), body), "200 handled");
      assert.equal(await asked(route({ api: { bodyParser: false } }), "{oops", forged("{oops")), "401 signature_mismatch");
    });
  }
});

describe("a request whose `on` was replaced, as tracers do,", () => {
  const traced = (listener) => (request, response) => {
    const { on } = request;
    request.on = request.addListener = (...given) => on.apply(request, given);
    return listener(request, response);
  };
  const receiver = adapter("node")(webhook, () => {}, { ...options, bodyTimeoutMs: 60_000 });

  test("is read", async () => assert.equal(await asked(traced(receiver), body), "200 handled"));

  test("and which was read before is not waited for", async () => {
    const drained = traced(async (request, response) => {
      for await (const _ of request);
      return receiver(request, response);
    });
    assert.equal(await asked(drained, body), "500 body_already_read");
  });

  test("and of which a part was read before is no forgery", async () => {
    const begun = traced((request, response) => {
      request.once("data", () => (request.pause(), setImmediate(() => receiver(request, response))));
    });
    assert.equal(await asked(begun, body.padEnd(300_000)), "500 body_already_read");
  });
});
