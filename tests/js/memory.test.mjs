// The WebAssembly module's memory: what is refused leaves it as it was, and what breaks it costs one call.
import assert from "node:assert/strict";
import { test } from "node:test";

// The exports of every instance, the latest last: how else to see its memory?
const instances = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, given) {
    const instance = Reflect.construct(target, given);
    instances.push(instance.exports);
    return instance;
  },
});
const { Webhook, WebhookError, WebhookVerificationError, backend, canonicalize, isEvent } = await import("twenty-webhook/wasm");

const NOW = 1_764_000_000_000;
const BODY = '{"eventName":"person.created","record":{"id":"7"}}';
const webhook = new Webhook("secret");
const HEADERS = webhook.sign(BODY, { timestamp: NOW });
const PAGE = 65_536;
const MOST_PAGES = 65_536;
const MOST_BYTES = 2 ** 32 - 1;
const memory = () => instances.at(-1).memory;
const size = () => memory().buffer.byteLength;
const verify = (body = BODY, headers = HEADERS, by = webhook) => by.verify(body, headers, { now: NOW });

test("the instance is seen", () => {
  assert.equal(backend, "wasm");
  assert.equal(instances.length, 1);
  assert.ok(size() >= PAGE, `${size()}`);
  assert.equal(verify().id.length, 64);
});

const GIGABYTE = 2 ** 30;
for (const [what, make] of [
  ["bytes", () => new Uint8Array(GIGABYTE)],
  ["a view", () => new DataView(new ArrayBuffer(GIGABYTE))],
  ["text", () => "x".repeat(500_000_000)],
  ["text that is not ASCII", () => "\u20ac".repeat(250_000_000)],
  ["text with an unpaired surrogate", () => `\ud800${"x".repeat(100_000_000)}`],
]) {
  test(`a refused body of up to 1 GB leaves the memory as it was: ${what}`, () => {
    const before = size();
    assert.throws(() => verify(make()), { code: "payload_too_large", status: 413 });
    assert.equal(size(), before);
    assert.equal(instances.length, 1);
  });
}

test("of a long header no more is copied than it can need", () => {
  const before = size();
  for (const name of Object.keys(HEADERS)) {
    const headers = { ...HEADERS, [name]: "1".repeat(100_000_000) };
    if (name.endsWith("Nonce")) assert.equal(verify(BODY, headers).nonce, null);
    else assert.throws(() => verify(BODY, headers), { status: 401 });
  }
  assert.equal(size(), before);
});

test("large bodies that were accepted do not take ever more memory", () => {
  const patient = new Webhook("secret", { maxBodyBytes: 2 ** 25 });
  const body = new Uint8Array(2 ** 25);
  const headers = patient.sign(body, { timestamp: NOW });
  const sizes = Array.from({ length: 12 }, () => (verify(body, headers, patient), size()));
  assert.deepEqual(new Set(sizes.slice(2)).size, 1, `${sizes}`);
});

/** Leaves no room to grow, so that an allocation ends in a trap. Nothing is written: it is address space only. */
function exhaust() {
  memory().grow(MOST_PAGES - size() / PAGE);
}

/** An instance that has had no large text yet, whose place the next one could take. */
function startAnew() {
  const text = "x".repeat(size());
  exhaust();
  assert.throws(() => canonicalize(text), { code: "internal" });
  assert.equal(verify().secretIndex, 0);
}

const LARGE = JSON.stringify("x".repeat(3_000_000));
const patient = new Webhook("secret", { maxBodyBytes: Number.MAX_SAFE_INTEGER });
const LARGE_HEADERS = patient.sign(LARGE, { timestamp: NOW });
const verifyLarge = () => verify(LARGE, LARGE_HEADERS, patient);
const unread = verifyLarge();
for (const [what, expected, action, result] of [
  ["canonicalize", WebhookError, () => canonicalize(LARGE), LARGE],
  ["verify", WebhookVerificationError, () => verifyLarge().secretIndex, 0],
  ["sign", WebhookError, () => Object.keys(patient.sign(LARGE)).length, 3],
  ["a webhook's secret", WebhookError, () => new Webhook(LARGE) instanceof Webhook, true],
  ["a delivery's id", WebhookError, () => unread.id.length, 64],
  ["a delivery's event", WebhookError, () => unread.event.kind, "unknown"],
]) {
  test(`a trap costs one call: ${what}`, () => {
    startAnew();
    const [{ event }, count] = [verify(), instances.length];
    assert.ok(size() < 64 * PAGE, `${size()}`);
    exhaust();
    assert.throws(action, (error) => {
      assert.equal(Object.getPrototypeOf(error), expected.prototype);
      assert.equal(error.code, "internal");
      assert.equal(error.status, expected === WebhookVerificationError ? 500 : undefined);
      assert.ok(error.cause instanceof WebAssembly.RuntimeError, `${error.cause}`);
      return true;
    });
    assert.equal(instances.length, count);
    // Webhooks that were made before go on, with all their settings.
    assert.equal(verify().event.recordId, "7");
    assert.equal(instances.length, count + 1, "a fresh instance");
    assert.ok(size() < 64 * PAGE, "with a memory of its own");
    assert.equal(action(), result, "the same call, with room");
    assert.throws(() => verify(`${BODY} `), { code: "signature_mismatch" });
    assert.throws(() => verify(LARGE), { code: "payload_too_large" });
    assert.equal(verifyLarge().timestamp.getTime(), NOW);
    assert.ok(isEvent(event, "person.created"));
    assert.equal(instances.length, count + 1);
  });
}

test("a body beyond what the module can address costs one call", () => {
  const count = instances.length;
  for (const bytes of [3 * GIGABYTE, 4 * GIGABYTE - 1, 4 * GIGABYTE, 4 * GIGABYTE + 16]) {
    let body;
    try {
      body = new Uint8Array(bytes);
    } catch {
      continue; // More than this Node's arrays hold.
    }
    const refusal = bytes > MOST_BYTES ? { code: "payload_too_large", status: 413 } : { code: "internal", status: 500 };
    assert.throws(() => verify(body, HEADERS, patient), refusal);
    assert.throws(() => canonicalize(body), { code: "internal" });
    assert.equal(verify().secretIndex, 0);
  }
  assert.ok(instances.length > count);
});
