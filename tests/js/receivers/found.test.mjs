// The webhook is found when a request is there: by a function of the user's, which gets what the framework passes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import net from "node:net";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { body, delivery, receiving } from "./receiving.mjs";
import { SECRET, onTheWire, signed } from "./sender.mjs";
import { FOLDER, installed } from "./support.mjs";
import { until } from "./until.mjs";

const { Webhook } = installed("twenty-webhook");
const webhook = new Webhook(SECRET);

describe("the function that finds the webhook", () => {
  test("is asked only for requests that may be deliveries", async () => {
    const { send } = receiving(() => {}, {}, () => assert.fail("asked"));
    assert.equal(await send(new Request("http://localhost/")), "405 method_not_allowed");
    assert.equal(await send(delivery(body(), { "Content-Encoding": "gzip" })), "415 unsupported_content_encoding");
    assert.equal(await send({ method: "POST", headers: { get: () => 7, forEach() {}, [Symbol.toStringTag]: "Headers" }, body: null }), "500 not_a_request");
  });

  test("gets what the platform passes, and gives a webhook or a promise of one", async () => {
    for (const give of [() => webhook, async () => webhook, () => ({ then: (resolve) => resolve(webhook) })]) {
      const asked = [];
      const { send } = receiving(() => {}, {}, (...passed) => (asked.push(passed), give()));
      const request = delivery();
      assert.equal(await send(request, { KEY: "value" }, "context"), "200 handled");
      assert.deepEqual(asked, [[request, { KEY: "value" }, "context"]]);
    }
  });

  test("that knows none gives null, and the answer is 404", async () => {
    for (const give of [() => null, async () => null]) {
      const { send, told } = receiving(() => assert.fail("handled"), {}, give);
      assert.equal(await send(), "404 unknown_webhook");
      assert.match(told.lines.join(), /^warn twenty-webhook: unknown_webhook: /);
    }
  });

  test("that gives anything else is told so", async () => {
    for (const [given, kind] of [[undefined, "undefined"], [{}, "an object"], ["a secret", "a string"], [false, "a boolean"], [[webhook], "an array"], [Webhook, "a function"]]) {
      for (const give of [() => given, async () => given]) {
        const { send, told } = receiving(() => assert.fail("handled"), {}, give);
        assert.equal(await send(), "500 webhook_unavailable");
        assert.match(told.lines.join(), new RegExp(`^error twenty-webhook: webhook_unavailable: .*\\(it gave ${kind}: it must give a Webhook, or null if it knows none\\)$`));
        assert.ok(told.errors[0].cause instanceof TypeError);
      }
    }
  });

  test("that makes a webhook of a secret that is not there names the secret", async () => {
    for (const [secret, reason] of [[undefined, /secret must be text/], ["", /The secret is empty/]]) {
      const { send, told } = receiving(() => assert.fail("handled"), {}, () => new Webhook(secret));
      assert.equal(await send(), "500 webhook_unavailable");
      assert.match(told.lines.join(), reason);
    }
  });

  test("that reads the body is told so", async () => {
    const { send, told } = receiving(() => assert.fail("handled"), {}, async (request) => (await request.text(), webhook));
    assert.equal(await send(), "500 body_already_read");
    assert.match(told.lines.join(), /request\.clone\(\)/);
  });

  test("decides which secret and which options a request is judged by", async () => {
    const secrets = { "/one": "secret one", "/other": "secret other" };
    const webhooks = new Map(Object.entries(secrets).map(([path, secret]) => [path, new Webhook(secret, { headerPrefix: path === "/one" ? "X-Acme-" : "X-Other-" })]));
    const { send } = receiving(() => {}, { replayStore: null }, (request) => webhooks.get(new URL(request.url).pathname) ?? null);
    for (const [path, own] of webhooks) {
      for (const signer of webhooks.values()) {
        const request = new Request(`http://localhost${path}`, { method: "POST", body: body(), headers: signer.sign(body()) });
        assert.equal(await send(request), signer === own ? "200 handled" : "401 missing_header");
      }
    }
    assert.equal(await send(), "404 unknown_webhook");
  });

  test("may find one whose tolerance is too long for the receiver's claims", async () => {
    const { send, told } = receiving(() => assert.fail("handled"), { replayTtlSeconds: 610 }, () => new Webhook(SECRET, { toleranceSeconds: 301 }));
    assert.equal(await send(), "500 webhook_unavailable");
    assert.match(told.lines.join(), /at least twice the tolerance/);
  });
});

describe("a webhook of another engine than the receiver's", () => {
  const other = installed("twenty-webhook/wasm");
  assert.deepEqual([installed("twenty-webhook").backend, other.backend], ["native", "wasm"]);

  test("is judged by its own, and both remember together", async () => {
    const webhooks = [webhook, new other.Webhook(SECRET)];
    let turn = 0;
    const { send, told } = receiving(() => {}, {}, () => webhooks[turn++ % 2]);
    assert.equal(await send(), "200 handled");
    assert.equal(await send(), "200 duplicate");
    assert.equal(await send(), "200 duplicate");
    for (const expected of ["401 signature_mismatch", "401 signature_mismatch"]) assert.equal(await send(delivery(`${body()} `, signed(body()))), expected);
    assert.deepEqual(told.errors.map(({ code }) => code), ["signature_mismatch", "signature_mismatch"]);
    assert.equal(await send(new Request("http://localhost/")), "405 method_not_allowed");
  });

  test("may be of the ECMAScript copy of this package", async () => {
    const module = await import(pathToFileURL(installed.resolve("twenty-webhook/wasm").replace("/cjs/", "/esm/")));
    assert.notEqual(module.Webhook, other.Webhook);
    const { send } = receiving(() => {}, {}, () => new module.Webhook(SECRET));
    assert.equal(await send(), "200 handled");
    assert.equal(await send(), "200 duplicate");
  });
});

test("a receiver whose webhooks come from nowhere is refused when it is made", () => {
  const program = 'try { require("twenty-webhook/fetch").receive(() => null, () => {}); } catch (error) { console.log(error.name, error.message); }';
  const said = execFileSync(process.execPath, ["--eval", program], { cwd: FOLDER, encoding: "utf8" });
  assert.match(said, /^TypeError nothing of twenty-webhook is loaded that could make a webhook: import it before the receiver is made/);
});

test("what cannot be meant fails when the receiver is made, though no webhook is there", () => {
  const make = (handlers, options) => receiving(handlers, options, () => webhook);
  assert.throws(() => make({ "person.": () => {} }), RangeError);
  assert.throws(() => make({}), RangeError);
  assert.throws(() => make(() => {}, { replayTtlSeconds: -1 }), { code: "invalid_ttl" });
  assert.throws(() => receiving(() => {}, {}, "a secret"), /webhook must be a Webhook of twenty-webhook, or a function that finds one, not a string/);
});

test("a client that leaves while its webhook is looked for ends nothing", async () => {
  const lines = [];
  const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
  let find;
  const found = () => new Promise((resolve) => (find = resolve));
  const server = createServer(installed("twenty-webhook/node").receive(found, () => assert.fail("handled"), { logger }));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    const gone = new Promise((resolve) => server.once("request", (request) => request.once("close", resolve)));
    const socket = net.connect(server.address().port, "127.0.0.1");
    socket.write(onTheWire("/", body()).slice(0, -10));
    await until(() => find);
    socket.destroy();
    await gone;
    find(webhook);
    await until(() => lines.length > 0);
    assert.match(lines.join(), /^twenty-webhook: body_timeout: The client went away/);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});
