// The option diagnose: the line of a refused delivery says why, seldom, and nothing that is nobody's business.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { afterEach, describe, test } from "node:test";

import { open, program } from "./processes.mjs";
import { body, delivery, receiving } from "./receiving.mjs";
import { SECRET, post, signed } from "./sender.mjs";
import { example } from "./servers.mjs";
import { diagnosing, installed } from "./support.mjs";

const ADAPTERS = ["express", "fastify", "fetch", "hono", "koa", "lambda", "node"];
const ordinary = new (installed("twenty-webhook").Webhook)(SECRET);
const BODY = body();
const PRINTED = JSON.stringify(JSON.parse(BODY), null, 2);
const INDENTED = /^warn twenty-webhook: signature_mismatch: .* Diagnosis: body_indented \(proved\): The body was printed again .*\.$/;
const NO_DIAGNOSIS = /^warn twenty-webhook: signature_mismatch: (?!.*[Dd]iagnos)/;
const REMEDY = 'the option diagnose needs a webhook that can diagnose: import Webhook from "twenty-webhook/diagnose"';

/** What was told in any test, and the signatures that would have been right. */
const [told, right] = [[], []];
afterEach(() => {
  for (const secret of [SECRET, ...right]) assert.ok(!told.join().includes(secret), told.join());
});

/** A delivery whose signature is that of another text. */
function printed(text, was, timestamp = Date.now()) {
  right.push(createHmac("sha256", SECRET).update(`${timestamp}:${text}`).digest("hex"));
  return delivery(text, signed(was, { timestamp }));
}

/** The lines that a receiver logs of deliveries. */
async function linesOf(options, webhook, ...deliveries) {
  const receiver = receiving(() => assert.fail("handled"), options, webhook);
  for (const one of deliveries) assert.equal(await receiver.send(one), "401 signature_mismatch");
  told.push(...receiver.told.lines);
  return receiver.told.lines;
}

for (const backend of ["native", "wasm"]) {
  describe(`a receiver that diagnoses, ${backend}`, () => {
    const api = diagnosing(backend);
    assert.equal(api.backend, backend);
    const webhook = new api.Webhook(SECRET);

    test("says why, where express.json() parsed the body and a middleware printed it again", async () => {
      const express = createRequire(example("express5", "package.json"))("express");
      const lines = [];
      const logger = { warn: (line) => lines.push(`warn ${line}`), error: (line) => lines.push(`error ${line}`) };
      const print = (request, _, next) => ((request.rawBody = JSON.stringify(request.body, null, 2)), next());
      const receive = installed("twenty-webhook/express").receive(webhook, () => {}, { diagnose: true, logger });
      const server = createServer(express().use(express.json(), print).all("/", receive));
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      try {
        assert.equal(await post(`http://127.0.0.1:${server.address().port}/`, BODY), "401 signature_mismatch");
      } finally {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
      told.push(...lines);
      assert.equal(lines.length, 1);
      assert.match(lines[0], INDENTED);
    });

    test("says nothing of it without the option", async () => {
      for (const options of [{}, { diagnose: false }, { diagnose: undefined }]) {
        const [line] = await linesOf(options, webhook, printed(PRINTED, BODY));
        assert.match(line, NO_DIAGNOSIS);
      }
    });

    test("looks at bodies of up to 64 kB", async () => {
      const of = (bytes) => BODY.padEnd(bytes);
      const [largest] = await linesOf({ diagnose: true }, webhook, printed(of(65_536), BODY));
      assert.match(largest, / Diagnosis: body_line_end_added \(proved\): /);
      const [larger] = await linesOf({ diagnose: true }, webhook, printed(of(65_537), BODY));
      assert.match(larger, / It was not diagnosed, because its body has more than 65536 bytes\.$/);
    });

    test("looks once in five seconds", async () => {
      let now = 1_735_066_639_761;
      const at = (later) => printed(PRINTED, BODY, 1_735_066_639_761 + later);
      const clock = () => now;
      const { send, told: { lines } } = receiving(() => {}, { diagnose: true, clock }, webhook);
      for (const later of [0, 4_000, 6_000]) {
        now = 1_735_066_639_761 + later;
        assert.equal(await send(at(later)), "401 signature_mismatch");
      }
      told.push(...lines);
      assert.match(lines[0], INDENTED);
      assert.match(lines[1], / It was not diagnosed, because another was less than 5 seconds ago\.$/);
      assert.match(lines[2], INDENTED);
    });

    test("diagnoses by webhooks that are found late, and says which cannot", async () => {
      for (const find of [() => webhook, async () => webhook]) {
        const [line] = await linesOf({ diagnose: true }, find, printed(PRINTED, BODY));
        assert.match(line, INDENTED);
      }
      for (const find of [() => ordinary, async () => ordinary]) {
        const { send, told: { lines, errors } } = receiving(() => assert.fail("handled"), { diagnose: true }, find);
        assert.equal(await send(), "500 webhook_unavailable");
        assert.equal(lines.length, 1);
        assert.ok(lines[0].endsWith(`(${REMEDY})`), lines[0]);
        assert.ok(errors[0].cause instanceof TypeError);
      }
      const { send } = receiving(() => assert.fail("handled"), { diagnose: true }, () => null);
      assert.equal(await send(), "404 unknown_webhook");
    });

    test("takes what is authentic, and shares its store with others", async () => {
      const replayStore = installed("twenty-webhook").memoryReplayStore();
      const receivers = [receiving(() => {}, { diagnose: true, replayStore }, webhook), receiving(() => {}, { replayStore }, ordinary)];
      const said = [];
      for (const { send } of [...receivers, ...receivers]) said.push(await send(delivery()));
      assert.deepEqual(said, ["200 handled", "200 duplicate", "200 duplicate", "200 duplicate"]);
      assert.deepEqual(receivers.flatMap(({ told }) => told.lines), []);
    });
  });
}

for (const name of ADAPTERS) {
  test(`${name} does not diagnose by a webhook that cannot`, () => {
    const make = (diagnose, webhook = ordinary) => installed(`twenty-webhook/${name}`).receive(webhook, () => {}, { diagnose });
    assert.throws(() => make(true), { name: "TypeError", message: REMEDY });
    for (const wrong of [1, "true", null]) assert.throws(() => make(wrong), { name: "TypeError", message: /^diagnose must be a boolean/ });
    make(false);
    make(true, new (diagnosing("native").Webhook)(SECRET));
  });
}

for (const name of ["express5", "fastify", "hono", "koa", "node-http"]) {
  test(`the example of ${name} diagnoses in development only`, async () => {
    for (const [NODE_ENV, isDiagnosed] of [["development", true], ["production", false], [undefined, false]]) {
      const server = await open({ start: () => program(process.execPath, { NODE_ENV }, [example(name, "server.js")]) });
      try {
        assert.equal(await post(server.url, PRINTED, signed(BODY)), "401 signature_mismatch");
        // When this is answered, that has been logged.
        assert.match(await post(server.url, BODY), /^200 /);
      } finally {
        await server.close();
      }
      assert.equal(/signature_mismatch: .* Diagnosis: body_indented/.test(server.noise.join("\n")), isDiagnosed, server.noise.join("\n"));
    }
  });
}
