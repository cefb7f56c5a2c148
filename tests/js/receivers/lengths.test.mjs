// What a request says of its length, and what comes: nobody without the secret makes a receiver hold more than the limit.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";

import { BUILT, serve } from "./built.mjs";
import { env, open } from "./processes.mjs";
import { body, delivery, receiving, webhook } from "./receiving.mjs";
import { guest } from "./runtimes.mjs";
import { converse, onTheWire, post, request, signed } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

const MALFORMED = ["50, 50", "50,50", "abc", "-1", "+50", "", "5 0", "0x10", "1e3", "٥"];
const PIECES = 512;

/** A stream of 32 MiB that counts what was taken of it. */
function long() {
  const taken = { pieces: 0 };
  const pull = (controller) => (taken.pieces < PIECES ? (taken.pieces++, controller.enqueue(new Uint8Array(65_536))) : controller.close());
  return [new ReadableStream({ pull }, { highWaterMark: 0 }), taken];
}

/** A `Request` whose headers are what somebody says they are: a header cannot hold every text in all libraries. */
function claiming(length, stream) {
  const headers = new Map(Object.entries({ ...signed(""), "Content-Length": length }));
  const get = (wanted) => [...headers].find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
  const fetched = { get, forEach() {}, [Symbol.toStringTag]: "Headers" };
  const arrayBuffer = () => new Response(stream).arrayBuffer();
  return { method: "POST", headers: fetched, body: stream, bodyUsed: false, arrayBuffer };
}

test("a Content-Length that is repeated or malformed is refused unread", async () => {
  for (const length of MALFORMED) {
    const [stream, taken] = long();
    const { send, told } = receiving(() => assert.fail("handled"));
    assert.equal(await send(claiming(length, stream)), "400 malformed_content_length", length);
    assert.match(told.lines[0], /^warn twenty-webhook: malformed_content_length: The Content-Length header/);
    await assert.rejects(webhook.verifyRequest(claiming(length, long()[0])), { code: "malformed_content_length", status: 400 });
    assert.equal(taken.pieces, 0);
  }
});

test("what comes is counted, whatever the Content-Length says", async () => {
  for (const length of ["0", "5", "1048576", "007", undefined]) {
    const headers = length === undefined ? signed("") : { ...signed(""), "Content-Length": length };
    const ways = [
      (request) => receiving(() => assert.fail("handled")).send(request),
      (request) => webhook.verifyRequest(request).then(() => "verified", ({ status, code }) => `${status} ${code}`),
    ];
    for (const way of ways) {
      const [stream, taken] = long();
      assert.equal(await way(delivery(stream, headers, { duplex: "half" })), "413 payload_too_large", length);
      assert.ok(taken.pieces < 25, `${taken.pieces} pieces were taken`);
    }
  }
  const genuine = delivery(body(), { ...signed(body()), "Content-Length": String(body().length) });
  assert.equal(await receiving(() => {}).send(genuine), "200 handled");
});

test("a middleware of Hono that unpacks the body does not unpack the limit", async () => {
  const { Hono } = createRequire(example("hono", "package.json"))("hono");
  const { createAdaptorServer } = createRequire(example("hono", "package.json"))("@hono/node-server");
  const [stream, taken] = long();
  const app = new Hono();
  app.use(async (context, next) => {
    await context.req.raw.arrayBuffer();
    context.req.raw = new Request(context.req.raw.url, { method: "POST", headers: context.req.raw.headers, body: stream, duplex: "half" });
    await next();
  });
  app.all("/", installed("twenty-webhook/hono").receive(webhook, () => assert.fail("handled"), { logger: null }));
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  assert.equal(await request(`http://127.0.0.1:${port}/`, { ...signed("{}"), "Content-Length": 2 }, (sent) => sent.end("{}")), "413 payload_too_large");
  assert.ok(taken.pieces < 25, `${taken.pieces} pieces were taken`);
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test("a smaller limit of SvelteKit's is not told as a body that is late", { skip: BUILT.sveltekit.skip }, async () => {
  const server = await open({ start: () => serve("sveltekit", { ...env, BODY_SIZE_LIMIT: "1000" }) });
  try {
    assert.equal(await request(server.url, { ...signed(""), "Content-Type": "application/json", "Transfer-Encoding": "chunked" }, (sent) => sent.end("a".repeat(2_000))), "413 payload_too_large");
    assert.ok(server.noise.some((line) => line.includes("payload_too_large") && line.includes("1000")), server.noise.join("\n"));
    assert.equal(await post(server.url, "{}"), "200 ignored");
  } finally {
    await server.close();
  }
});

for (const name of ["Deno", "Bun"]) {
  describe(`${name}, whose server joins repeated headers`, () => {
    let server;
    before(async () => (server = await open(guest(name, "fetch"))));
    after(() => server?.close());

    /** The first answer to a request whose head has these lengths, of which nothing of the body is sent. */
    const ask = async (...lengths) => {
      const lines = ["POST / HTTP/1.1", "Host: localhost", ...lengths.map((length) => `Content-Length: ${length}`)];
      const head = [...lines, ...Object.entries(signed("")).map(([header, value]) => `${header}: ${value}`)].join("\r\n");
      const text = await converse(server.port, `${head}\r\n\r\n`, (received) => /\r\n\r\n/.test(received));
      return text.split("\r\n", 1)[0].split(" ")[1];
    };

    test("a repeated Content-Length is refused before anything of the body comes", async () => {
      assert.equal(await ask(67_108_864, 67_108_864), "400");
      assert.equal(await ask(50, 50), "400");
      assert.ok(server.noise.some((line) => line.includes("malformed_content_length")), server.noise.join("\n"));
    });

    test("a malformed one is refused by the server or by the receiver", async () => {
      for (const length of MALFORMED.filter((text) => /^[\x20-\x7e]*$/.test(text))) assert.equal(await ask(length), "400", length);
      assert.equal(await ask(2 ** 21), "413");
    });

    test("a genuine delivery is handled", async () => {
      const text = await converse(server.port, onTheWire("/", body()), (received) => /\}(\r\n0\r\n\r\n)?$/.test(received));
      assert.match(text, /^HTTP\/1\.1 200 [^]*\{"outcome":"handled"\}/);
    });
  });
}
