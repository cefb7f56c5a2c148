// A receiver under HTTP/2, where a request is a stream of a connection that others share.
import assert from "node:assert/strict";
import http2 from "node:http2";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { SECRET, signed } from "./sender.mjs";
import { ask, pour } from "./streams.mjs";
import { installed } from "./support.mjs";
import { until } from "./until.mjs";

const { Webhook } = installed("twenty-webhook");
const { receive } = installed("twenty-webhook/node");
const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR } = http2.constants;
const person = (id) => JSON.stringify({ eventName: "person.created", record: { id } });

const [lines, ended] = [[], []];
let server, client;
before(async () => {
  const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
  const handle = async ({ record }) => (await pause(record.id === "slow" ? 200 : 0), ended.push(record.id));
  server = http2.createServer(receive(new Webhook(SECRET), handle, { logger, bodyTimeoutMs: 2_000 }));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  client = http2.connect(`http://127.0.0.1:${server.address().port}`);
});
after(async () => {
  client.destroy();
  await new Promise((closed) => server.close(closed));
});

test("deliveries are handled once, side by side", async () => {
  const bodies = Array.from({ length: 50 }, (_, id) => person(`side by side ${id}`));
  const answers = await Promise.all([...bodies, ...bodies].map((body) => ask(client, signed(body), (stream) => stream.end(body))));
  assert.equal(answers.filter(({ said }) => said === "200 handled").length, 50);
  assert.equal(answers.filter(({ said }) => said === "200 duplicate").length, 50);
});

test("a stream that is cut while the body comes is of a client that has gone", async () => {
  lines.length = 0;
  await ask(client, signed(person("cut")), (stream) => {
    stream.write(person("cut").slice(0, 10));
    // Not close, before which this client ends the body as if it were complete.
    setTimeout(() => stream.destroy(), 50);
  });
  await until(() => lines.length > 0);
  assert.match(lines.join("\n"), /^twenty-webhook: body_timeout: The client went away before the body was complete/);
});

test("a connection that is cut while the body comes is, too", async () => {
  lines.length = 0;
  const other = http2.connect(`http://127.0.0.1:${server.address().port}`).on("error", () => {});
  const stream = other.request({ ":method": "POST", ":path": "/", ...signed(person("cut")) }).on("error", () => {});
  stream.write(person("cut").slice(0, 10));
  await pause(50);
  other.destroy();
  await until(() => lines.length > 0);
  assert.match(lines.join("\n"), /^twenty-webhook: body_timeout: The client went away before the body was complete/);
});

test("a stream that is cut later is handled", async () => {
  lines.length = 0;
  await ask(client, signed(person("slow")), (stream) => {
    stream.end(person("slow"));
    setTimeout(() => stream.close(NGHTTP2_CANCEL), 50);
  });
  await until(() => ended.includes("slow"));
  assert.deepEqual(lines, []);
});

for (const [what, headers, expected] of [
  ["unsigned", () => ({}), "401 missing_header"],
  ["too large", () => signed(""), "413 payload_too_large"],
  ["never complete", () => signed(person("never")), "408 body_timeout"],
]) {
  test(`after a refusal of what is ${what} its stream ends, and its connection goes on`, async () => {
    let poured = { bytes: 0 };
    const answer = await ask(client, headers(), (stream) => {
      if (what === "never complete") stream.write("{");
      else poured = pour(stream);
    });
    assert.deepEqual(answer, { said: expected, isClosed: true, code: NGHTTP2_NO_ERROR });
    assert.ok(poured.bytes < 1 << 22, `${poured.bytes} bytes were taken`);
    const body = person(`after ${what}`);
    assert.equal((await ask(client, signed(body), (stream) => stream.end(body))).said, "200 handled");
  });
}
