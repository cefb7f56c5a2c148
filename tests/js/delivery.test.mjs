// A delivery as a plain object and back, and the event of a payload that was verified before.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";

import { api, backend } from "./installed.mjs";

const { Delivery, Webhook, WebhookError, readEvent } = api;
assert.equal(api.backend, backend);

const SECRET = "a secret";
const NOW = 1_764_000_000_123;
const NONCE = "a-nonce-for-logs";
const BODY = '{"eventName":"person.created","record":{"id":"7","name":"Zoë 😀","note":"\\ud800"}}';

/** Signed by Node's own HMAC. */
function verified(body, { options = {}, timestamp = NOW, nonce = NONCE, key = SECRET } = {}) {
  const signature = createHmac("sha256", key).update(`${timestamp}:`).update(body).digest("hex");
  const headers = { "X-Twenty-Webhook-Timestamp": String(timestamp), "X-Twenty-Webhook-Signature": signature, "X-Twenty-Webhook-Nonce": nonce };
  return new Webhook([SECRET, "another"], options).verify(body, headers, { now: NOW });
}

function same(read, delivery) {
  assert.deepEqual(Buffer.from(read.payload), Buffer.from(delivery.payload));
  assert.deepEqual(read.timestamp, delivery.timestamp);
  for (const name of ["id", "nonce", "secretIndex"]) assert.equal(read[name], delivery[name], name);
  assert.deepEqual(read.event, delivery.event);
}

describe(`a delivery as JSON: ${backend}`, () => {
  test("is a plain object of texts and numbers", () => {
    const delivery = verified(BODY, { key: "another" });
    const stored = delivery.toJSON();
    assert.deepEqual(stored, { payload: BODY, id: delivery.id, timestamp: NOW, nonce: NONCE, secretIndex: 1 });
    assert.equal(Object.getPrototypeOf(stored), Object.prototype);
    assert.deepEqual(JSON.parse(JSON.stringify(delivery)), stored);
    assert.deepEqual(structuredClone(stored), stored);
  });

  test("is read back as what it was, whatever carried it", () => {
    const payloads = [BODY, "", "{}", "not JSON", "\ufeff{}", "\u0000\u007f\u2028", JSON.stringify({ eventName: "a.created", record: { id: "é".repeat(70_000) } })];
    for (const payload of payloads) {
      for (const body of [payload, Buffer.from(payload)]) {
        const delivery = verified(body);
        same(Delivery.fromJSON(JSON.parse(JSON.stringify(delivery))), delivery);
        same(Delivery.fromJSON(structuredClone(delivery.toJSON())), delivery);
        same(Delivery.fromJSON(Delivery.fromJSON(delivery.toJSON()).toJSON()), delivery);
      }
    }
    const unusable = verified(BODY, { nonce: "" });
    assert.equal(unusable.toJSON().nonce, null);
    same(Delivery.fromJSON(unusable.toJSON()), unusable);
  });

  test("holds the canonical text under that form", () => {
    const signed = '{"eventName":"a.created","record":{"1":0,"2":"\\ud800"}}';
    const headers = new Webhook(SECRET).sign(signed, { timestamp: NOW });
    const body = '{ "eventName": "a.created", "record": { "2": "\\uD800", "1": 0.0 } }';
    const delivery = new Webhook(SECRET, { payloadForm: "canonical" }).verify(body, headers, { now: NOW });
    assert.equal(delivery.toJSON().payload, signed);
    same(Delivery.fromJSON(delivery.toJSON()), delivery);
  });

  test("keeps its id and its moment, and what else stands there is ignored", () => {
    const stored = { ...verified(BODY).toJSON(), id: "0".repeat(64), attempt: 3 };
    const read = Delivery.fromJSON(stored);
    assert.equal(read.id, "0".repeat(64));
    read.timestamp.setTime(0);
    assert.equal(read.toJSON().timestamp, NOW);
  });

  test("is refused, rather than changed, for bytes that are no text", () => {
    for (const bytes of [Buffer.from([0xff]), Buffer.from('"\xe9"', "latin1"), Buffer.from("7b22ed a080 227d".replaceAll(" ", ""), "hex"), Buffer.from("e282", "hex")]) {
      const delivery = verified(bytes);
      assert.throws(() => delivery.toJSON(), (error) => error instanceof WebhookError && error.code === "payload_not_utf8");
      assert.deepEqual(Buffer.from(delivery.payload), bytes);
    }
  });

  test("is refused for a moment that no Date can hold", () => {
    const late = verified(BODY, { timestamp: 9_999_999_999_999_999n, options: { toleranceSeconds: 1e15 } });
    assert.throws(() => late.toJSON(), RangeError);
  });

  test("of another shape is a TypeError that names the field", () => {
    const stored = verified(BODY).toJSON();
    const wrong = {
      payload: [undefined, null, 7, Buffer.from(BODY), {}, "\ud800", "a\udc00b"],
      id: [undefined, null, 7, "", "abc", "A".repeat(64), "\ud800"],
      timestamp: [undefined, null, "1764000000123", new Date(NOW), NaN, -1, 0.5, 8.64e15 + 1, Infinity],
      nonce: [undefined, 7, "", {}, "\ud800", "a".repeat(129), "é"],
      secretIndex: [undefined, null, "0", -1, 0.5, 4, NaN],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const misses = value === undefined ? [{ ...stored, [name]: undefined }, Object.fromEntries(Object.entries(stored).filter(([key]) => key !== name))] : [{ ...stored, [name]: value }];
        for (const miss of misses) assert.throws(() => Delivery.fromJSON(miss), { name: "TypeError", message: new RegExp(`^${name} must be `) }, `${name}: ${String(value)}`);
      }
    }
    for (const other of [undefined, null, "", JSON.stringify(stored), 7, [], () => stored]) {
      assert.throws(() => Delivery.fromJSON(other), { name: "TypeError", message: /toJSON/ });
    }
    assert.throws(() => Delivery.fromJSON(Object.create(stored)), { name: "TypeError", message: /^payload must be / });
    const failing = { ...stored, get nonce() { throw new Error("by the caller's own object"); } };
    assert.throws(() => Delivery.fromJSON(failing), { name: "TypeError", message: /^nonce could not be read/ });
  });

  test("its class knows its own, and makes nothing by itself", () => {
    const delivery = verified(BODY);
    assert.ok(delivery instanceof Delivery);
    assert.ok(Delivery.fromJSON(delivery.toJSON()) instanceof Delivery);
    for (const other of [delivery.toJSON(), {}, null, undefined, 7]) assert.ok(!(other instanceof Delivery));
    assert.throws(() => new Delivery(), { name: "TypeError", message: /verify|fromJSON/ });
  });
});

describe(`the event of a payload: ${backend}`, () => {
  test("is the delivery's, of text and of bytes", () => {
    const payloads = [BODY, "", "not JSON", '{"metadataName":"objectMetadata"}', "[1,2]", "\ufeff{}"];
    for (const payload of payloads) {
      const { event } = verified(payload);
      const bytes = Buffer.from(payload);
      const carriers = [payload, bytes, Uint8Array.from(bytes), Uint8Array.from(bytes).buffer, new DataView(Uint8Array.from(bytes).buffer)];
      for (const carrier of carriers) assert.deepEqual(readEvent(carrier), event);
    }
    assert.equal(readEvent(BODY).record.note, "\ud800");
  });

  test("is unknown for what is no text, as a delivery's is", () => {
    for (const bytes of [Buffer.from([0xff]), Buffer.from("22eda08022", "hex")]) assert.deepEqual(readEvent(bytes), verified(bytes).event);
    assert.deepEqual(readEvent('"\ud800"'), readEvent(Buffer.from("22eda08022", "hex")));
    assert.equal(readEvent('"\ud800"').payload, null);
  });

  test("is not that of what a parser made, nor of bytes that are gone", () => {
    for (const parsed of [undefined, null, 7, {}, JSON.parse(BODY), [BODY]]) {
      assert.throws(() => readEvent(parsed), { name: "TypeError", message: /^payload must be text or bytes/ });
    }
    const gone = Uint8Array.from(Buffer.from(BODY));
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    assert.throws(() => readEvent(gone), { name: "TypeError", message: /gone/ });
  });
});
