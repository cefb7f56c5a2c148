// What holds of every input, tried on generated ones: each of the two engines by an independent oracle, and both alike.
// PROPERTY_RUNS asks for more of them, each time others; the seed of what fails is printed.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";

import fc from "fast-check";

import { BODY, NAMES, NOW, SECRET, SIGNATURE, TIMESTAMP, backend, library, outcome, signed, webhook } from "./support.mjs";

const { Webhook, WebhookError, canonicalize, deliveryIdOf, isEvent, readEvent } = library;
const other = await import(backend === "wasm" ? "twenty-webhook" : "twenty-webhook/wasm");
const SEED = { native: 0x7e57, wasm: 0x7e58 }[backend];
const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);
const settings = process.env.PROPERTY_RUNS ? { numRuns: RUNS } : { numRuns: RUNS, seed: SEED };

function property(what, ...rest) {
  const [check, arbitraries] = [rest.pop(), rest];
  test(`${what} (${RUNS} times, ${backend})`, () => fc.assert(fc.property(...arbitraries, check), settings));
}

const bytes = fc.uint8Array({ maxLength: 3_000 });
const text = fc.string({ unit: "binary", maxLength: 60 });
const secrets = fc.oneof(text, fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }), fc.stringMatching(/^[0-9a-f]{64}$/));
const json = fc.oneof(fc.json({ maxDepth: 4, noUnicodeString: false }), fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value, null, 3)));
const anything = fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSet: true, withSparseArray: true, withTypedArray: true });

property("what is signed with a secret is accepted, and is what node:crypto signs", secrets, bytes, (secret, payload) => {
  let made;
  try {
    made = new Webhook(secret);
  } catch (error) {
    assert.ok(error instanceof WebhookError && error.code.startsWith("secret_"), String(error));
    // A secret that Twenty could make is none of these.
    assert.ok(!/^[!-~]+$/.test(secret), secret);
    return;
  }
  const headers = made.sign(payload, { timestamp: NOW });
  assert.equal(headers[SIGNATURE], createHmac("sha256", Buffer.from(secret)).update(`${NOW}:`).update(payload).digest("hex"));
  const delivery = made.verify(payload, headers, { now: NOW });
  assert.deepEqual(Buffer.from(delivery.payload), Buffer.from(payload));
  assert.equal(delivery.timestamp.getTime(), NOW);
});

const changes = fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });

property("a byte of the body that is changed, put in or left out", bytes.filter((body) => body.length > 0), changes, (body, { at, by }) => {
  const place = at % body.length;
  const changed = body.map((byte, index) => (index === place ? byte ^ by : byte));
  const longer = Uint8Array.of(...body.subarray(0, place), by, ...body.subarray(place));
  for (const forged of [changed, longer, body.subarray(0, -1)]) {
    assert.throws(() => webhook.verify(forged, signed(body), { now: NOW }), { code: "signature_mismatch", status: 401 });
  }
});

property("a character of a header that is changed", bytes, changes, fc.constantFrom(TIMESTAMP, SIGNATURE), (body, { at, by }, name) => {
  const value = signed(body)[name];
  const place = at % value.length;
  const changed = value.slice(0, place) + String.fromCharCode(value.charCodeAt(place) ^ by) + value.slice(place + 1);
  const codes = ["signature_mismatch", "repeated_header", ...(name === SIGNATURE ? ["malformed_signature"] : ["malformed_timestamp", "timestamp_too_old", "timestamp_too_new"])];
  // White space around a value belongs to none, by RFC 9110.
  if (changed.trim() === value) return;
  assert.throws(() => webhook.verify(body, signed(body, { [name]: changed }), { now: NOW }), (error) => codes.includes(error.code));
});

property("canonical text of JSON is V8's", json, (value) => {
  assert.equal(canonicalize(value), JSON.stringify(JSON.parse(value)));
  assert.equal(canonicalize(Buffer.from(value)), canonicalize(value));
});

const nearlyJson = fc.tuple(json, text, fc.nat()).map(([whole, put, at]) => whole.slice(0, at % 80) + put + whole.slice(at % 80));

property("of text that may be no JSON the verdict is V8's", fc.oneof(text, nearlyJson), (value) => {
  let expected;
  try {
    expected = JSON.stringify(JSON.parse(value));
  } catch {
    expected = "payload_not_json";
  }
  const found = outcome(() => canonicalize(value), (result) => result);
  // V8 takes text that has no UTF-8. Of two offences the first counts.
  if (value.isWellFormed()) assert.equal(found, expected);
  else assert.ok(found === "payload_not_utf8" || (found === "payload_not_json" && expected === found), found);
});

property("every JSON is some event, with the id of its bytes", json, (payload) => {
  const event = readEvent(payload);
  assert.ok(["record", "metadata", "unknown"].includes(event.kind));
  if (event.kind === "unknown") assert.deepEqual(event.payload, JSON.parse(payload));
  assert.equal(isEvent(event, "*.*"), event.kind !== "unknown");
  if (!payload.includes("updatedAt")) assert.equal(deliveryIdOf(payload), createHash("sha256").update(payload).digest("hex"));
});

const junk = fc.oneof(anything, text, fc.constantFrom(BODY, SECRET, NOW, ...NAMES));
const junkHeaders = fc.oneof(junk, fc.array(fc.tuple(fc.constantFrom(...NAMES, "x"), junk)), fc.dictionary(fc.constantFrom(...NAMES, "x"), junk), fc.constant(signed()));
const junkOptions = fc.oneof(junk, fc.record({ now: fc.oneof(junk, fc.double()), toleranceSeconds: junk, maxBodyBytes: junk, headerPrefix: junk, payloadForm: junk, name: junk, timestamp: junk, nonce: junk }, { requiredKeys: [] }), fc.constant({ now: NOW }));

property("whatever is passed, nothing foreign comes out, and both engines say the same", junk, junkHeaders, junkOptions, (body, headers, options) => {
  const calls = ({ Webhook: Made, ...own }) => ({
    verify: () => shown(new Made(SECRET).verify(body, headers, options)),
    verifyBody: () => shown(new Made(SECRET).verify(body, signed(), { now: NOW })),
    make: () => typeof new Made(body, options),
    sign: () => Object.keys(new Made(SECRET).sign(body, options)).length,
    canonicalize: () => own.canonicalize(body),
    canonicalizeValue: () => own.canonicalizeValue(body),
    readEvent: () => JSON.stringify(own.readEvent(body)),
    deliveryIdOf: () => own.deliveryIdOf(body),
    isEvent: () => own.isEvent(headers, body),
  });
  const [ours, theirs] = [calls(library), calls(other)];
  for (const name of Object.keys(ours)) assert.equal(outcome(ours[name], String), codeOrResult(theirs[name]), name);
});

/** The other engine has error classes of its own, so of them the word only. */
function codeOrResult(action) {
  try {
    return String(action());
  } catch (error) {
    return error.code === undefined ? error.constructor.name : `${error.code}${error.status === undefined ? "" : ` ${error.status}`}`;
  }
}

function shown({ id, payload, timestamp, nonce, secretIndex, event }) {
  return JSON.stringify([id, Buffer.from(payload).toString("hex"), timestamp, nonce, secretIndex, event]);
}

property("of deliveries under every form both engines say the same", fc.oneof(json, text), fc.constantFrom("raw", "canonical", "jsonString"), fc.boolean(), (body, payloadForm, isForged) => {
  const said = [library, other].map(({ Webhook: Made }) => codeOrResult(() => {
    const made = new Made(SECRET, { payloadForm });
    const headers = made.sign(body, { timestamp: NOW, nonce: "00".repeat(16) });
    return shown(made.verify(body, isForged ? signed(`${body} `) : headers, { now: NOW }));
  }));
  assert.equal(said[0], said[1]);
  if (isForged) assert.ok(!said[0].startsWith("["), said[0]);
});
