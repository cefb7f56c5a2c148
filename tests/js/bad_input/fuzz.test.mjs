// Odd inputs in random combinations, the same ones on every run: nothing comes out but what is documented.
import assert from "node:assert/strict";
import { test } from "node:test";

import { BODY, NAMES, NOW, SECRET, bang, backend, library, revoked, signature, signed, throwingProxy, verify, wordFor } from "./support.mjs";

const SEED = 0x2545f491;
const ROUNDS = 20_000;

/** Xorshift: numbers from 0 below `below`. */
let state = SEED;
function random(below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}
const pick = (list) => list[random(list.length)];

const texts = ["", "\0", " ", ",", "\ud800", "\udfff\ud800", "\u212a", "\ufeff", "1", "0".repeat(64), "a".repeat(2000), String(NOW), "raw", "canonical", "jsonString", BODY, "*.*", "[".repeat(2000), "__proto__", "😀"];
const numbers = [0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 1e300, 2 ** 31, 2 ** 32, 2 ** 53, NOW];
const make = [
  () => undefined, () => null, () => true, () => 7n, () => Symbol("odd"), () => bang, () => pick(numbers), () => pick(texts), () => pick(texts) + pick(texts),
  () => ({}), () => [], () => [, odd()], () => [odd(), odd()], () => new Date(pick(numbers)), () => new Map([[odd(), odd()]]), () => new Set([odd()]),
  () => Buffer.from(pick(texts)), () => new Uint8Array(random(9)), () => new DataView(new ArrayBuffer(random(9))), () => new ArrayBuffer(random(9)),
  () => new Float64Array(random(3)), () => new SharedArrayBuffer(random(9)), () => new Uint8Array(new SharedArrayBuffer(random(9))),
  () => revoked(pick([{}, [], bang])), () => throwingProxy(pick([{}, [], new Uint8Array(3)]), pick(["get", "has", "ownKeys", "getPrototypeOf"])),
  () => Object.create(null), () => Object.create(signed()), () => ({ get [pick(properties)]() { return bang(); } }), () => ({ [pick(properties)]: odd() }),
  () => new Proxy(odd() ?? {}, {}), () => Object.defineProperty(new Uint8Array(random(9)), pick(["byteLength", "length", "buffer", "constructor"]), { value: odd() }),
  () => new String("odd"), () => new Error("odd"), () => new Headers(), () => new Blob(["odd"]), () => globalThis.crypto,
];
const properties = [...NAMES, ...NAMES.map((name) => name.toLowerCase()), "toleranceSeconds", "maxBodyBytes", "headerPrefix", "payloadForm", "now", "timestamp", "nonce", "kind", "name", "toJSON", "length"];

/** Anything at all. */
function odd() {
  try {
    return pick(make)();
  } catch {
    return null; // A proxy of a primitive, for example.
  }
}

/** Something odd now and then: what is behind it has to be reached as well. */
const or = (usual) => (random(3) === 0 ? odd() : usual());

function headers() {
  const pairs = NAMES.map((name, index) => [random(9) ? name : pick(texts), or(() => Object.values(signed())[index])]);
  return pick([() => Object.fromEntries(pairs), () => pairs, () => pairs.values(), () => new Map(pairs), () => [...pairs, odd()], odd])();
}

const options = (...names) => or(() => Object.fromEntries(names.map((name) => [name, or(() => undefined)])));

const calls = {
  verify: () => ours.verify(or(() => BODY), headers(), or(() => ({ now: or(() => NOW) }))),
  make: () => new library.Webhook(or(() => pick(texts) || "s"), options("toleranceSeconds", "maxBodyBytes", "headerPrefix", "payloadForm")),
  sign: () => ours.sign(or(() => BODY), options("timestamp", "nonce")),
  canonicalize: () => library.canonicalize(or(() => pick(texts))),
  canonicalizeValue: () => library.canonicalizeValue(odd()),
  isEvent: () => library.isEvent(or(() => ({ kind: or(() => "record"), name: or(() => "a.b") })), or(() => pick(texts))),
};
const results = {
  verify: (result) => /^[0-9a-f]{64}$/.test(result.id) && result.payload instanceof Uint8Array && typeof result.event.kind === "string",
  make: (result) => result instanceof library.Webhook,
  sign: (result) => Object.values(result).length === 3,
  canonicalize: (result) => typeof result === "string",
  canonicalizeValue: (result) => typeof result === "string",
  isEvent: (result) => typeof result === "boolean",
};
const forms = ["raw", "canonical", "jsonString"].map((payloadForm) => new library.Webhook(SECRET, { payloadForm }));
let ours;

test(`${ROUNDS} odd calls (${backend})`, () => {
  const seen = new Set();
  const failures = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours = pick(forms);
    const name = pick(Object.keys(calls));
    try {
      let result;
      try {
        result = calls[name]();
      } catch (error) {
        seen.add(`${name}: ${wordFor(error)}`);
        continue;
      }
      assert.ok(results[name](result), "a result of another kind");
      seen.add(`${name}: a result`);
    } catch (failure) {
      failures.push(`round ${round}, ${name}: ${failure.message.split("\n", 3).join(" ")}`);
    }
  }
  assert.deepEqual(failures.slice(0, 20), [], `${failures.length} of ${ROUNDS}`);
  // If these were never seen, the inputs are not mixed well.
  for (const name of Object.keys(calls)) assert.ok(seen.has(`${name}: a result`) && seen.has(`${name}: TypeError`), `${name}: ${[...seen]}`);
  assert.ok(seen.size > 30, [...seen].join("\n"));
  assert.equal(verify({ headers: { ...signed(), [NAMES[1]]: signature(BODY) } }).secretIndex, 0);
});
