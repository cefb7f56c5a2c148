// What stays in the WebAssembly module's memory: the states of the hash that are kept for a secret, and nothing else to sign with.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";

import { receive } from "twenty-webhook/fetch";

let exports_;
const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, given) {
    const instance = Reflect.construct(target, given);
    exports_ = instance.exports;
    return instance;
  },
});
const { Webhook } = await import("twenty-webhook/wasm");

const NOW = 1_764_000_000_000;
const BODY = '{"eventName":"person.created","record":{"id":"7"}}';
const BLOCK = 64;
const SECRETS = {
  "as Twenty makes them": "9f4d2c1b8e7a60534f21d0c9b8a7968574635241302f1e0dfcebdac9b8a79685",
  short: "Zqx7 kWv9 pLm3 tRb5",
  "longer than a block": "Jy4Hn8Fc2Gd6Ks0Xw1-".repeat(7),
};

for (const [what, secret] of Object.entries(SECRETS)) {
  test(`of a secret ${what}`, async () => {
    const webhook = new Webhook(secret);
    found("once it is made", ofKey(secret), []);
    for (const body of [BODY, BODY.repeat(2_000), `${BODY}é`]) {
      const tag = createHmac("sha256", secret).update(`${NOW}:${body}`).digest();
      assert.throws(() => webhook.verify(body, signed(NOW, "0".repeat(64)), { now: NOW }), { code: "signature_mismatch" });
      found("after a forged delivery", ofKey(secret), ofTag(tag));
      assert.equal(webhook.verify(body, signed(NOW, tag.toString("hex")), { now: NOW }).secretIndex, 0);
      // Its signature came in as it is.
      found("after an authentic delivery", ofKey(secret), []);
    }
    const handle = receive(webhook, () => {}, { logger: null });
    const now = String(Date.now());
    const tag = createHmac("sha256", secret).update(`${now}:${BODY}`).digest();
    const headers = signed(now, "0".repeat(64));
    const answer = await handle(new Request("https://receiver.example", { method: "POST", body: BODY, headers }));
    assert.deepEqual(await answer.json(), { code: "signature_mismatch" });
    found("after a receiver's refusal", ofKey(secret), ofTag(tag));
  });
}

function signed(timestamp, signature) {
  return { "x-twenty-webhook-timestamp": String(timestamp), "x-twenty-webhook-signature": signature };
}

test("what is looked for is found where it is", () => {
  const webhook = new Webhook("another secret");
  const lies = SECRETS.short.padEnd(BLOCK, "\0");
  webhook.verify(lies, webhook.sign(lies, { timestamp: NOW }), { now: NOW });
  assert.throws(() => found("in a body", ofKey(SECRETS.short), []), /in a body: the key/);
});

/** Searches the whole memory for eight bytes at a time, of what the hash computes with and of its words, which lie the other way round. */
function found(when, key, tag) {
  const memory = Buffer.from(exports_.memory.buffer);
  for (const [name, bytes] of [...key, ...tag]) {
    for (let at = 0; at + PIECE <= bytes.length; at += PIECE) {
      for (const piece of [bytes.subarray(at, at + PIECE), Buffer.from(bytes.subarray(at, at + PIECE)).swap32()]) {
        assert.equal(memory.indexOf(piece), -1, `${when}: ${name}, byte ${at}`);
      }
    }
  }
}

const PIECE = 8;

/** The key, and as RFC 2104 combines it with the two pads. */
function ofKey(secret) {
  const text = Buffer.from(secret);
  const key = text.length > BLOCK ? createHash("sha256").update(text).digest() : text;
  const pads = [["the inner key", 0x36], ["the outer key", 0x5c]].map(([name, pad]) => [name, key.map((byte) => byte ^ pad)]);
  return [["the key", key], ["the secret", text], ...pads];
}

function ofTag(tag) {
  return [["the expected tag", tag], ["the expected signature", Buffer.from(tag.toString("hex"))]];
}
