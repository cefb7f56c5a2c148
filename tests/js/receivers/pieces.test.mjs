// Bodies whose stream gives text, as after `request.setEncoding`, or fails where it is listened to: every request has an answer.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { afterEach, describe, test } from "node:test";

import { body as person, delivery, receiving } from "./receiving.mjs";
import { SECRET, post, signed } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

const { Webhook } = installed("twenty-webhook");
const webhook = new Webhook(SECRET);
const adapter = (name) => installed(`twenty-webhook/${name}`).receive;
const of = (name) => createRequire(example(name, "package.json"));

const servers = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

/** Servers before whose receiver something says in what encoding it wants the body. */
const SERVERS = {
  node: (encoding, options) => {
    const receive = adapter("node")(webhook, () => {}, options);
    return (request, response) => (request.setEncoding(encoding), receive(request, response));
  },
  express4: (encoding, options) => express("express4", encoding, options),
  express5: (encoding, options) => express("express5", encoding, options),
  koa: (encoding, options) => {
    const app = new (of("koa")("koa"))().use(({ req }, next) => (req.setEncoding(encoding), next()));
    return app.use(adapter("koa")(webhook, () => {}, options)).callback();
  },
};

function express(version, encoding, options) {
  const app = of(version)("express")();
  app.use((request, _, next) => (request.setEncoding(encoding), next()));
  return app.all("/", adapter("express")(webhook, () => {}, options));
}

for (const [name, serve] of Object.entries(SERVERS)) {
  test(`${name} after setEncoding`, async () => {
    let id = 0;
    const event = (text) => JSON.stringify({ eventName: "person.created", record: { id: ++id, text } });
    const lines = [];
    const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    const ask = async (encoding, body, headers = signed(body)) => {
      const server = createServer(serve(encoding, { logger }));
      servers.push(server);
      await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
      return post(`http://127.0.0.1:${server.address().port}/`, body, headers);
    };
    for (const text of ["", "é 語 🦀", "é語🦀".repeat(20_000)]) {
      assert.equal(await ask("utf8", event(text)), "200 handled");
      assert.equal(await ask("utf8", event(text), { ...signed("other") }), "401 signature_mismatch");
    }
    assert.equal(await ask("utf8", event("é".repeat(600_000))), "413 payload_too_large");
    // Node has decoded these with a loss, so they are not what was signed any more.
    for (const encoding of ["latin1", "hex", "utf16le"]) assert.equal(await ask(encoding, event("é")), "401 signature_mismatch");
    const notUtf8 = Buffer.from([0x22, 0xff, 0x22]);
    assert.equal(await ask("utf8", notUtf8, signed(notUtf8)), "401 signature_mismatch");
    assert.ok(!lines.join().includes("internal"), lines.join("\n"));
  });
}

describe("a stream that imitates Node's", () => {
  /** What a receiver answers to it, and logs. */
  async function ask(emit, faults = {}) {
    const lines = [];
    const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    const request = Object.assign(new EventEmitter(), { method: "POST", headers: lowerCase(signed(person())), complete: true, pause() {} });
    Object.defineProperties(request, Object.getOwnPropertyDescriptors(faults));
    const answered = new Promise((resolve) => {
      const response = { writeHead: (status) => (response.status = status), end: (text) => resolve(`${response.status} ${JSON.parse(text).code ?? "handled"}`) };
      void adapter("node")(webhook, () => {}, { logger, replayStore: null })(request, response);
    });
    // From where nothing catches what a listener throws.
    setTimeout(() => emit(request), 10);
    return [await answered, lines.join("\n")];
  }
  const bang = () => { throw new Error("bang"); };
  const complete = (request) => (request.emit("data", person()), request.emit("end"));

  test("and gives whole objects is named as parsed before", async () => {
    for (const piece of [{ eventName: "person.created" }, 7, null, undefined, [1], Object.create(null)]) {
      const [answer, logged] = await ask((request) => (request.emit("data", piece), request.emit("end")));
      assert.equal(answer, "500 body_already_read");
      assert.match(logged, /body_already_read: The request's stream gives .* instead of bytes/);
    }
  });

  test("and throws when it is paused or left answers all the same", async () => {
    const faults = { removeListener: bang, pause: bang };
    assert.equal((await ask(complete, faults))[0], "200 handled");
    assert.equal((await ask((request) => request.emit("data", "x".repeat(2 ** 21)), faults))[0], "413 payload_too_large");
    assert.equal((await ask((request) => request.emit("error", new Error("cut")), faults))[0], "408 body_timeout");
  });

  test("and throws when it is listened to, or when it ends, is a fault that is answered", async () => {
    assert.equal((await ask(() => {}, { on: bang }))[0], "500 internal");
    assert.equal((await ask(complete, { get aborted() { return bang(); } }))[0], "500 internal");
  });

  test("and whose answer cannot be written leaves the promise fulfilled", async () => {
    const lines = [];
    const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    const request = { method: "GET", headers: {}, complete: true };
    let destroyed = 0;
    const response = { writeHead: bang, end() {}, destroy: () => (destroyed += 1) };
    await adapter("node")(webhook, () => {}, { logger })(request, response);
    assert.match(lines.join("\n"), /^twenty-webhook: method_not_allowed.*\ntwenty-webhook: the answer 405 .* could not be written.*bang/);
    assert.equal(destroyed, 1);
  });
});

describe("a Request", () => {
  const stream = (...pieces) => new ReadableStream({ start: (controller) => (pieces.forEach((piece) => controller.enqueue(piece)), controller.close()) });
  /** Like undici's, which cannot be given what is not bytes by a test. */
  const request = (body, more = {}) => {
    const { method, headers } = delivery();
    return { method, headers, body, bodyUsed: false, arrayBuffer: () => assert.fail("read unseen"), ...more };
  };

  test("whose stream gives text is read as UTF-8", async () => {
    const { send } = receiving(() => {});
    const [start, end] = [person().slice(0, 9), person().slice(9)];
    assert.equal(await send(request(stream(start, new TextEncoder().encode(end)))), "200 handled");
    assert.equal(await send(request(stream("é".repeat(600_000)))), "413 payload_too_large");
  });

  test("whose stream gives objects is named as parsed before", async () => {
    const { send, told } = receiving(() => {});
    assert.equal(await send(request(stream({}))), "500 body_already_read");
    assert.match(told.lines[0], /gives an object instead of bytes/);
  });

  test("whose stream cannot be left when it is late is refused all the same", async () => {
    for (const cancel of [() => { throw new Error("bang"); }, () => undefined, () => Promise.reject(new Error("bang"))]) {
      const { send } = receiving(() => {}, { bodyTimeoutMs: 50 });
      const body = { locked: false, getReader: () => ({ read: () => new Promise(() => {}), cancel }) };
      assert.equal(await send(request(body)), "408 body_timeout");
    }
  });
});

function lowerCase(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
