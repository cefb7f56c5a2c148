// What is handed to a receiver by mistake: it is answered, logged, and touches no other request.
import assert from "node:assert/strict";
import { test } from "node:test";

import { SECRET, signed } from "./sender.mjs";
import { installed } from "./support.mjs";

for (const entry of ["twenty-webhook", "twenty-webhook/wasm"]) {
  const { Webhook } = installed(entry);
  const { receive } = installed("twenty-webhook/lambda");
  const body = JSON.stringify({ eventName: "person.created", record: { id: "7" } });
  const made = (handler, options = {}) => {
    const lines = [];
    const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    const handle = receive(new Webhook(SECRET), handler, { logger, ...options });
    const event = { requestContext: { http: { method: "POST" } }, headers: signed(body), body };
    return { lines, send: async (changes = {}) => (({ statusCode, body: said }) => `${statusCode} ${said}`)(await handle({ ...event, ...changes }, {})) };
  };

  test(`${entry}: a request that fails before it has begun ends no other one`, async () => {
    let finish;
    let runs = 0;
    const { send, lines } = made(() => new Promise((resolve) => ((runs += 1), (finish = resolve))));
    const first = send();
    await new Promise((turn) => setImmediate(turn));
    assert.equal(await send({ requestContext: {}, httpMethod: 5 }), '500 {"code":"not_a_request"}');
    assert.equal(await send(), '200 {"outcome":"duplicate"}');
    finish();
    assert.equal(await first, '200 {"outcome":"handled"}');
    assert.deepEqual([runs, lines.length], [1, 1]);
  });

  test(`${entry}: a body that is a number is no verdict`, async () => {
    const { send, lines } = made(() => assert.fail("handled"));
    for (const number of [16, 32, 48, 64, 80]) {
      const forged = { ...signed(body), "X-Twenty-Webhook-Signature": "0".repeat(64) };
      assert.equal(await send({ headers: forged, body: number }), '500 {"code":"body_already_read"}');
    }
    assert.equal(lines.length, 5);
    assert.match(lines[0], /body is a number instead of text/);
  });

  test(`${entry}: a token that could not be given back as it came grants nothing`, async () => {
    const replayStore = { claim: () => "\ud800", release: () => assert.fail("released") };
    const { send, lines } = made(() => assert.fail("handled"), { replayStore });
    assert.equal(await send(), '503 {"code":"replay_store_unavailable"}');
    assert.match(lines[0], /unpaired surrogates/);
  });
}

test("a request of Node's without headers is answered, and the promise does not reject", async () => {
  const { Webhook } = installed("twenty-webhook");
  const { receive } = installed("twenty-webhook/node");
  for (const request of [{ method: "POST" }, {}, undefined]) {
    const said = [];
    const response = { writeHead: (status) => said.push(status), end: (text) => said.push(text) };
    await receive(new Webhook(SECRET), () => assert.fail("handled"), { logger: null })(request, response);
    assert.deepEqual(said, [500, '{"code":"not_a_request"}']);
  }
});
