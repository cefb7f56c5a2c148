// The example for axum under HTTP/2.
import assert from "node:assert/strict";
import http2 from "node:http2";
import { after, before, test } from "node:test";

import { open } from "../processes.mjs";
import { signed } from "../sender.mjs";
import { ask, pour } from "../streams.mjs";
import { until } from "../until.mjs";
import { example } from "./examples.mjs";

const PATH = { ":path": "/webhooks/twenty" };
const person = (id) => JSON.stringify({ eventName: "person.created", record: { id } });

let receiver, client;
before(async () => {
  receiver = await open({ start: example("example-axum") });
  client = http2.connect(`http://127.0.0.1:${receiver.port}`);
});
after(async () => {
  client.destroy();
  await receiver.close();
});
const deliver = (body) => ask(client, { ...PATH, ...signed(body) }, (stream) => stream.end(body));

test("deliveries are handled once, side by side", async () => {
  const bodies = Array.from({ length: 50 }, (_, id) => person(`side by side ${id}`));
  const answers = await Promise.all([...bodies, ...bodies].map(deliver));
  assert.equal(answers.filter(({ said }) => said === "200 handled").length, 50);
  assert.equal(answers.filter(({ said }) => said === "200 duplicate").length, 50);
});

test("a stream that is cut while the body comes is of a client that has gone", async () => {
  await ask(client, { ...PATH, ...signed(person("cut")), "content-length": person("cut").length }, (stream) => {
    stream.write(person("cut").slice(0, 10));
    setTimeout(() => stream.destroy(), 50);
  });
  await until(() => receiver.noise.some((line) => line.includes("body_timeout: The client went away before the body was complete")));
});

for (const [what, headers, expected] of [["unsigned", () => ({}), "401 missing_header"], ["too large", () => signed(""), "413 payload_too_large"]]) {
  test(`after a refusal of what is ${what} its stream ends, and its connection goes on`, async () => {
    let poured;
    const { said, isClosed } = await ask(client, { ...PATH, ...headers() }, (stream) => (poured = pour(stream)));
    assert.deepEqual([said, isClosed], [expected, true]);
    assert.ok(poured.bytes < 1 << 22, `${poured.bytes} bytes were taken`);
    assert.equal((await deliver(person(`after ${what}`))).said, "200 handled");
  });
}
