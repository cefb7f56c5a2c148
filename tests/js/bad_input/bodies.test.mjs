// Bodies in every carrier, in none, and in those that lie about themselves.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, test } from "node:test";
import { MessageChannel } from "node:worker_threads";
import vm from "node:vm";

import {
  BODY, NOW, backend, bang, cases, library, outcome, revoked, signature, signed, thrown, throwingProxy, verify, webhook,
} from "./support.mjs";

const bytes = Buffer.from(BODY);
const exact = () => Uint8Array.from(bytes);
// A multiple of eight, so that every typed array can hold it.
const EVEN = BODY.padEnd(Math.ceil(BODY.length / 8) * 8);
const evenBuffer = () => Uint8Array.from(Buffer.from(EVEN)).buffer;
const given = (body, headers = signed()) => () => webhook.verify(body, headers, { now: NOW });
const given8 = (body) => given(body, signed(EVEN));
const MISTAKE = "TypeError";
const MISMATCH = "signature_mismatch 401";
const UTF8 = "payload_not_utf8 400";

describe("bytes in any carrier", () => {
  const offset = Buffer.concat([Buffer.from("before"), bytes, Buffer.from("after")]);
  const arrays = [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array,
    BigUint64Array, DataView, ...(globalThis.Float16Array ? [globalThis.Float16Array] : []),
  ];
  const realm = vm.createContext({ list: [...bytes] });
  const foreign = (expression) => vm.runInContext(expression, realm);
  const resizable = (at = 0) => {
    const buffer = new ArrayBuffer(at + bytes.length, { maxByteLength: 4096 });
    new Uint8Array(buffer).set(bytes, at);
    return buffer;
  };
  class Carrier extends Uint8Array {}
  cases(test, [
    ...arrays.map((Carrier) => [Carrier.name, "accepted", given8(new Carrier(evenBuffer()))]),
    ["text", "accepted", given(BODY)],
    ["Buffer", "accepted", given(bytes)],
    ["ArrayBuffer", "accepted", given(exact().buffer)],
    ["slice of a pool", "accepted", given(offset.subarray(6, 6 + bytes.length))],
    ["view with an offset", "accepted", given(new Uint8Array(offset.buffer, offset.byteOffset + 6, bytes.length))],
    ["DataView with an offset", "accepted", given(new DataView(offset.buffer, offset.byteOffset + 6, bytes.length))],
    ["subclass", "accepted", given(Carrier.from(bytes))],
    ["frozen", "accepted", given(Object.preventExtensions(exact()))],
    ["without a prototype", "accepted", given(Object.setPrototypeOf(exact(), null))],
    ["bytes of another realm", "accepted", given(foreign("Uint8Array.from(list)"))],
    ["buffer of another realm", "accepted", given(foreign("Uint8Array.from(list).buffer"))],
    ["DataView of another realm", "accepted", given(foreign("new DataView(Uint8Array.from(list).buffer)"))],
    ["our view of its buffer", "accepted", given(new Uint8Array(foreign("Uint8Array.from(list).buffer")))],
    ["resizable buffer", "accepted", given(resizable())],
    ["view of a resizable buffer", "accepted", given(new Uint8Array(resizable()))],
    ["DataView of a resizable buffer", "accepted", given(new DataView(resizable(7), 7))],
    ["empty text", "accepted", given("", signed(""))],
    ["empty bytes", "accepted", given(new Uint8Array(), signed(""))],
    ["empty ArrayBuffer", "accepted", given(new ArrayBuffer(0), signed(""))],
    ["empty slice of bytes", "accepted", given(bytes.subarray(5, 5), signed(""))],
    ["BOM", "accepted", given(`\ufeff${BODY}`, signed(`\ufeff${BODY}`))],
    ["BOM as bytes", "accepted", given(Buffer.from(`\ufeff${BODY}`), signed(`\ufeff${BODY}`))],
    ["NUL", "accepted", given("\0", signed("\0"))],
    ["pair of surrogates", "accepted", given("\ud83d\ude00", signed("😀"))],
    ["bytes that are no UTF-8", "accepted", given(Buffer.from([0xff, 0xc0, 0x80]), signed(Buffer.from([0xff, 0xc0, 0x80])))],
    ["without the BOM", MISMATCH, given(BODY, signed(`\ufeff${BODY}`))],
    ["with a BOM", MISMATCH, given(`\ufeff${BODY}`)],
    ["line feed behind", MISMATCH, given(`${BODY}\n`)],
  ]);

  test("payload is a view of what was passed, without its surroundings", () => {
    const { payload } = verify({ body: offset.subarray(6, 6 + bytes.length) });
    assert.equal(payload.constructor, Uint8Array);
    assert.deepEqual([payload.buffer, payload.byteOffset, payload.byteLength], [offset.buffer, offset.byteOffset + 6, bytes.length]);
    assert.deepEqual(Buffer.from(verify().payload), bytes);
  });
});

describe("text that has no UTF-8", () => {
  const replaced = (text) => signed(text.toWellFormed?.() ?? text.replace(/\p{Surrogate}/gu, "\ufffd"));
  for (const payloadForm of ["raw", "canonical", "jsonString"]) {
    const by = new library.Webhook("s", { payloadForm });
    for (const text of ["\ud800", "\udfff", "\ude00\ud83d", "a\ud83d", "\udc00a", '{"a":"\ud800"}', `${"a".repeat(70_000)}\udbff`]) {
      const name = `${payloadForm}: ${JSON.stringify(text.slice(-9))}`;
      test(name, () => assert.equal(outcome(() => by.verify(text, replaced(text), { now: NOW })), UTF8));
      test(`signing it as ${name}`, () => assert.equal(outcome(() => by.sign(text)), "payload_not_utf8"));
    }
  }
});

describe("what is no body", () => {
  const detached = () => {
    const array = exact();
    new MessageChannel().port1.postMessage(array, [array.buffer]);
    return array;
  };
  const outOfBounds = (View) => {
    const buffer = new ArrayBuffer(64, { maxByteLength: 128 });
    const view = new View(buffer, 32, 4);
    buffer.resize(8);
    return view;
  };
  const shared = new SharedArrayBuffer(8);
  const growable = new SharedArrayBuffer(8, { maxByteLength: 16 });
  const wasmShared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer;
  const empty = signed("");
  const lookalike = Object.create(Uint8Array.prototype, { byteLength: { value: 2 }, buffer: { value: new ArrayBuffer(2) } });
  const nothing = [undefined, null, true, 7, NaN, 7n, Symbol("body"), () => BODY];
  cases(test, [
    ...nothing.map((body) => [`${typeof body} ${String(body)}`, MISTAKE, given(body, empty)]),
    ["parsed object", MISTAKE, given(JSON.parse(BODY))],
    ["list", MISTAKE, given([...bytes])],
    ["String object", MISTAKE, given(new String(BODY))],
    ["what has toString", MISTAKE, given({ toString: () => BODY })],
    ["what has toJSON", MISTAKE, given({ toJSON: () => BODY })],
    ["Buffer that went through JSON", MISTAKE, given(JSON.parse(JSON.stringify(bytes)))],
    ["Blob", MISTAKE, given(new Blob([BODY]))],
    ["ReadableStream", MISTAKE, given(new Blob([BODY]).stream())],
    ["Request", MISTAKE, given(new Request("http://localhost", { method: "POST", body: BODY }))],
    ["promise", MISTAKE, given(Promise.resolve(BODY))],
    ["look-alike", MISTAKE, given(lookalike, empty)],
    ["SharedArrayBuffer", MISTAKE, given(shared, empty)],
    ...[shared, growable, wasmShared].flatMap((buffer) => [Uint8Array, DataView, Float64Array].map((View) => [`${View.name} of shared memory`, MISTAKE, given(new View(buffer), empty)])),
    ["empty view of shared memory", MISTAKE, given(new Uint8Array(shared, 0, 0), empty)],
    ["Buffer of shared memory", MISTAKE, given(Buffer.from(shared), empty)],
    ["detached bytes", MISTAKE, given(detached(), empty)],
    ["detached buffer", MISTAKE, given(detached().buffer, empty)],
    ["detached Buffer", MISTAKE, given(structuredCloned(exact().buffer), empty)],
    ["detached DataView", MISTAKE, given(structuredCloned(new DataView(exact().buffer)), empty)],
    ["bytes out of bounds", MISTAKE, given(outOfBounds(Uint8Array), empty)],
    ["DataView out of bounds", MISTAKE, given(outOfBounds(DataView), empty)],
    ["proxy of bytes", MISTAKE, given(new Proxy(exact(), {}))],
    ["proxy of a buffer", MISTAKE, given(new Proxy(exact().buffer, {}))],
    ["proxy that throws", MISTAKE, given(throwingProxy(exact(), "get", "has", "getPrototypeOf"))],
    ["revoked proxy", MISTAKE, given(revoked())],
    ["revoked proxy of a function", MISTAKE, given(revoked(bang))],
  ]);

  /** A view whose buffer has been transferred away since. */
  function structuredCloned(carrier) {
    const buffer = carrier.buffer ?? carrier;
    const view = ArrayBuffer.isView(carrier) ? carrier : Buffer.from(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    return view;
  }
});

describe("carriers that lie", () => {
  // The internal slots are what counts: everything else may be a stand-in.
  const lies = { byteLength: [0, 1, 1e9, -1, NaN, "7"], length: [0, 1e9], byteOffset: [5, 1e9], buffer: [new ArrayBuffer(1), null, shared()], constructor: [Array, null] };
  const kinds = { "own property": exact, "own property, of a subclass": () => new (class extends Uint8Array {})(bytes), "own property of a Buffer": () => Buffer.from(BODY) };
  const table = [];
  for (const [kind, make] of Object.entries(kinds)) {
    for (const [name, values] of Object.entries(lies)) {
      for (const value of values) table.push([`${kind}: ${name} is ${String(value)}`, "accepted", given(Object.defineProperty(make(), name, { value }))]);
      table.push([`${kind}: ${name} throws`, "accepted", given(Object.defineProperty(make(), name, { get: bang }))]);
    }
  }
  const getters = (names, get) => Object.defineProperties(class extends Uint8Array {}.prototype, Object.fromEntries(names.map((name) => [name, { get }])));
  for (const name of Object.keys(lies)) {
    table.push([`getter of a subclass: ${name} throws`, "accepted", given(Object.setPrototypeOf(exact(), getters([name], bang)))]);
    table.push([`getter of a subclass: ${name} is undefined`, "accepted", given(Object.setPrototypeOf(exact(), getters([name], () => undefined)))]);
  }
  const proxied = Object.setPrototypeOf(exact(), throwingProxy(Uint8Array.prototype, "get", "getPrototypeOf", "has"));
  const iterating = Object.defineProperties(exact(), { [Symbol.iterator]: { value: bang }, set: { value: bang }, subarray: { value: bang } });
  cases(test, [
    ...table,
    ["prototype that is a throwing proxy", "accepted", given(proxied)],
    ["throwing iterator, set and subarray", "accepted", given(iterating)],
    ["constructor claims to be plain, byteLength is short", "accepted", given(claimingPlain(1))],
    ["constructor claims to be plain, byteLength is long", "accepted", given(claimingPlain(1 << 20))],
  ]);

  test("a lie leaves nothing behind", () => {
    const large = Object.defineProperty(new Uint8Array(1 << 20).fill(0x20), "byteLength", { value: 1 });
    assert.equal(outcome(given(large)), MISMATCH);
    assert.equal(outcome(given(Object.defineProperty(new Uint8Array((1 << 20) + 1), "byteLength", { value: 1 }))), "payload_too_large 413");
    assert.equal(verify().event.name, "person.created");
  });

  function claimingPlain(length) {
    return Object.defineProperties(new (class extends Uint8Array {})(bytes), { constructor: { value: Uint8Array }, byteLength: { value: length } });
  }
  function shared() {
    return new SharedArrayBuffer(8);
  }
});

describe("bodies that change afterwards", () => {
  test("the payload is what was authenticated, whatever is appended", () => {
    const buffer = new ArrayBuffer(bytes.length, { maxByteLength: 4096 });
    const body = new Uint8Array(buffer);
    body.set(bytes);
    const delivery = given(body)();
    buffer.resize(4096);
    new Uint8Array(buffer).fill(0x20, bytes.length);
    assert.deepEqual(Buffer.from(delivery.payload), bytes);
    assert.equal(delivery.id, given(BODY)().id);
  });

  test("a body that is transferred away by a header is an empty one", () => {
    const body = exact();
    const headers = { ...signed(), get ["x-twenty-webhook-nonce"]() {
      structuredClone(body.buffer, { transfer: [body.buffer] });
      return "1";
    } };
    assert.equal(outcome(given(body, headers)), MISMATCH);
  });
});

describe("size", () => {
  test("a refused body is not copied", () => {
    const body = new Uint8Array(256 << 20);
    const before = process.memoryUsage();
    assert.equal(outcome(given(body)), "payload_too_large 413");
    assert.equal(outcome(given("a".repeat(100 << 20))), "payload_too_large 413");
    const after = process.memoryUsage();
    assert.ok(after.arrayBuffers + after.external - before.arrayBuffers - before.external < 1 << 20, backend);
  });

  test("the size of text is its UTF-8 length", () => {
    const by = new library.Webhook("s", { maxBodyBytes: 6 });
    const size = (body) => outcome(() => by.verify(body, signed(body), { now: NOW }));
    for (const body of ["aaaaaa", "éée", "日本", "😀aa"]) assert.equal(size(body), MISMATCH, body);
    for (const body of ["aaaaaaa", "éééé", "日本a", "😀😀", "\ud800\ud800\ud800"]) assert.equal(size(body), "payload_too_large 413", body);
  });

  test("the remedy is named for a parsed body, and nothing was thrown by it", () => {
    assert.throws(() => webhook.verify({}, signed(), { now: NOW }), { name: "TypeError", message: /raw body/ });
    assert.equal(thrown.cause, undefined);
    assert.equal(signature(BODY).length, 64);
  });
});
