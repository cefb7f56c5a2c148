// Memory over many verifications and refusals of every kind: it does not grow, and holds nothing of what went before.
// VERIFICATIONS asks for more of them, and a tenth as many refusals of each kind.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, given) {
    const instance = Reflect.construct(target, given);
    memories.push(instance.exports.memory);
    return instance;
  },
});
const { api, backend } = await import("./installed.mjs");
const { Webhook, codes } = api;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const NOW = 1_764_000_000_000;
const VERIFICATIONS = Number(process.env.VERIFICATIONS ?? 20_000);
const REFUSALS = VERIFICATIONS / 10;
const MEGABYTE = 1 << 20;
const SECRET = randomUUID();
const webhook = new Webhook(SECRET, { maxBodyBytes: 100_000 });
const canonical = new Webhook(SECRET, { payloadForm: "canonical" });

/** A body of its own, and the headers that the sender gives it. */
function delivery(number, { body = JSON.stringify({ eventName: "person.created", record: { id: `${number}-${SECRET_OF_BODIES}`, fill: "é€x".repeat(number % 900) } }), timestamp = NOW } = {}) {
  const signature = createHmac("sha256", SECRET).update(`${timestamp}:`).update(body).digest("hex");
  return { body, headers: { "x-twenty-webhook-timestamp": String(timestamp), "x-twenty-webhook-signature": signature } };
}

const SECRET_OF_BODIES = randomUUID();
const changed = (made, name, value) => ({ ...made, headers: { ...made.headers, [`x-twenty-webhook-${name}`]: value } });
const deep = "[".repeat(1_025);

/** A refusal of each code that a verification gives. */
const refusals = {
  payload_too_large: (number) => ({ ...delivery(number), body: "x".repeat(100_001) }),
  missing_header: (number) => changed(delivery(number), "signature", undefined),
  repeated_header: (number) => changed(delivery(number), "timestamp", `${NOW}, ${NOW}`),
  malformed_timestamp: (number) => changed(delivery(number), "timestamp", `${number}x`),
  timestamp_too_old: (number) => delivery(number, { timestamp: NOW - 300_001 - number }),
  timestamp_too_new: (number) => delivery(number, { timestamp: NOW + 300_001 + number }),
  malformed_signature: (number) => changed(delivery(number), "signature", `${number}`.repeat(9)),
  signature_mismatch: (number) => changed(delivery(number), "signature", "0".repeat(64)),
  payload_not_utf8: (number) => delivery(number, { body: Buffer.of(0x22, 0xff, 0x22) }),
  payload_not_json: (number) => delivery(number, { body: `{"${number}` }),
  payload_too_deep: () => delivery(0, { body: deep }),
};
const READS = ["payload_not_utf8", "payload_not_json", "payload_too_deep"];

test("there is a refusal of each code that a verification gives", () => {
  assert.deepEqual(Object.keys(refusals).sort(), codes.slice(0, codes.indexOf("secret_empty")).sort());
});

test(`${VERIFICATIONS} verifications, ${backend}`, (t) => isFlat(t, VERIFICATIONS, (number) => {
  const { body, headers } = delivery(number);
  const { id, event, payload } = webhook.verify(body, headers, { now: NOW });
  assert.ok(id.length === 64 && event.recordId.startsWith(`${number}-`) && payload.length > 0);
}));

for (const [code, make] of Object.entries(refusals)) {
  test(`${REFUSALS} refusals with ${code}, ${backend}`, (t) => isFlat(t, REFUSALS, (number) => {
    const { body, headers } = make(number);
    try {
      (READS.includes(code) ? canonical : webhook).verify(body, headers, { now: NOW });
    } catch (error) {
      if (error.code === code) return;
      throw error;
    }
    assert.fail("accepted");
  }));
}

/** What is collected is gone, but engine and allocator keep room, and give some back: so the least at the end against the most in the middle. */
async function isFlat(t, count, act) {
  const [resident, module] = [[], []];
  for (let part = 0; part < 10; part += 1) {
    for (let number = (part * count) / 10; number < ((part + 1) * count) / 10; number += 1) act(number);
    await new Promise(setImmediate); // What was handed over from outside of the engine is given back between its turns.
    collect();
    // Of the engine's heap only what is in use: its young generation grows by 16 MiB at a time, late in a long run, too.
    const { rss, heapTotal, heapUsed } = process.memoryUsage();
    resident.push(Math.round((rss - heapTotal + heapUsed) / MEGABYTE));
    module.push(memories.reduce((bytes, memory) => bytes + memory.buffer.byteLength, 0));
  }
  t.diagnostic(`MiB after each tenth: ${resident.join(" ")}; of WebAssembly ${module.at(-1) / MEGABYTE}`);
  const grown = Math.min(...resident.slice(8)) - Math.max(...resident.slice(3, 5));
  assert.ok(grown < ALLOWANCE, `it grew by ${grown} MiB in the second half`);
  assert.equal(module.at(-1), module[4], "WebAssembly's memory grew in the second half");
}

const ALLOWANCE = 20;

test("neither the secret nor an earlier body is left in WebAssembly's memory", { skip: backend !== "wasm" }, () => {
  const last = delivery(0, { body: "the last body" });
  webhook.verify(last.body, last.headers, { now: NOW });
  const isFound = (what) => memories.some((memory) => Buffer.from(memory.buffer).includes(what));
  assert.ok(isFound("the last body"), "what is looked for is found where it is");
  for (const gone of [SECRET, SECRET_OF_BODIES, deep.slice(0, 64)]) assert.ok(!isFound(gone), `of "${gone}" something is left`);
});
