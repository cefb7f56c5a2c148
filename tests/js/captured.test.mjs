// Requests as tools keep them, and what of one is signed.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";

import { bytesOf, fromHex } from "./conformance/values.mjs";
import { backend, diagnosing } from "./installed.mjs";
import { vectors } from "./vectors.mjs";

const { readRequests, signedParts } = diagnosing;
const BODY = '{"name":"Zoë","quote":"it\'s"}';
const URL = "https://hooks.example.com/twenty";
const HEADERS = [["X-Twenty-Webhook-Timestamp", "1735066639761"], ["X-Other", "Łuczak"]];
const bytes = new Uint8Array(Buffer.from(BODY));
const lines = HEADERS.map(([name, value]) => `${name}: ${value}`).join("\r\n");
const receivedAt = new Date(1_735_066_640_000);
const nothing = { method: undefined, url: undefined, body: undefined, receivedAt: undefined };
const posted = { ...nothing, method: "POST", url: URL, headers: HEADERS, body: bytes };
const named = HEADERS.map(([name, value]) => ({ name, value }));
const entry = { startedDateTime: receivedAt.toISOString(), request: { method: "POST", url: URL, headers: named, postData: { text: BODY } } };
const byName = [...HEADERS].reverse();

const FORMS = {
  "header lines": [lines, [{ ...nothing, headers: HEADERS }]],
  "a dump of HTTP": [`POST /twenty HTTP/1.1\r\nHost: hooks.example.com\r\n${lines}\r\n\r\n${BODY}`, [{ ...posted, headers: [["Host", "hooks.example.com"], ...HEADERS] }]],
  "a command of curl": [`curl ${URL} ${HEADERS.map(([name, value]) => `-H '${name}: ${value}'`).join(" ")} --data-raw '${BODY.replace("'", "'\\''")}'`, [posted]],
  "a HAR": [JSON.stringify({ log: { entries: [entry, entry] } }), [{ ...posted, receivedAt }, { ...posted, receivedAt }]],
  "a saved delivery": [JSON.stringify({ headers: Object.fromEntries(HEADERS), bodyBase64: Buffer.from(BODY).toString("base64"), receivedAt: receivedAt.getTime() }), [{ ...nothing, headers: byName, body: bytes, receivedAt }]],
  "an event of Lambda": [JSON.stringify({ headers: Object.fromEntries(HEADERS), body: "/wA=", isBase64Encoded: true, httpMethod: "POST" }), [{ ...nothing, method: "POST", headers: byName, body: new Uint8Array([255, 0]) }]],
  "a HAR without a POST": ['{"log":{"entries":[{"request":{"method":"GET","url":"/","headers":[]}}]}}', []],
};

for (const [form, [text, expected]] of Object.entries(FORMS)) {
  test(`${form} is read: ${backend}`, () => {
    const { buffer } = new Uint8Array(Buffer.from(text));
    for (const given of [text, Buffer.from(text), buffer, new DataView(buffer), `\ufeff${text}`]) {
      assert.deepEqual(readRequests(given), expected);
    }
    assert.deepEqual(readRequests(Buffer.from(`\ufeff${text}`, "utf16le")), expected);
  });
}

test(`what is no UTF-8 in a header is read as Latin-1: ${backend}`, () => {
  assert.deepEqual(readRequests(Buffer.from("X-Other: Zo\xeb", "latin1"))[0].headers, [["X-Other", "Zoë"]]);
});

test(`what holds no request is refused with a sentence: ${backend}`, () => {
  for (const [text, sentence] of [
    ["hello", /^It holds no headers: the line "hello" has no colon/],
    ["{", /^It begins like JSON and is none/],
    ["curl 'x", /^A quote is not closed\.$/],
    ["curl https://example.com -d @body.json", /body\.json, which cannot be read: put what it holds into the command\.$/],
    ['{"headers":{},"receivedAt":"soon"}', /^receivedAt is no time: soon\./],
    ["[".repeat(100_000), /^It begins like JSON and is none/],
    ["\ud800", /^\S.*\.$/],
    [new Uint8Array([0xff, 0xfe, 0, 0xd8]), /^\S.*\.$/],
  ]) {
    assert.throws(() => readRequests(text), (error) => error instanceof SyntaxError && sentence.test(error.message), sentence);
  }
  for (const text of [undefined, null, 7, {}, [BODY]]) assert.throws(() => readRequests(text), { name: "TypeError", message: /^text must be text or bytes \([^)]*\), not (undefined|null|a number|an object|an array)$/ });
});

test(`a secret given in place of a request is not printed: ${backend}`, () => {
  assert.throws(() => readRequests("whsec_7f0c2d9a1b"), { message: /the line "whsec_7f\.\.\." has no colon/ });
});

test(`the parts are what the vectors' signatures are over: ${backend}`, () => {
  let count = 0;
  for (const group of vectors.verify.testGroups) {
    const options = optionsOf(group);
    for (const test of group.tests) {
      if (test.code !== null) continue;
      const pairs = test.headers.map(({ nameHex, valueHex }) => [fromHex(nameHex), fromHex(valueHex)].map((text) => Buffer.from(text).toString("latin1")));
      const { timestamp, separator, payload, signature } = signedParts(bytesOf(test, "body"), pairs, options);
      const made = group.secretsHex.map((secret) => createHmac("sha256", fromHex(secret)).update(timestamp + separator).update(payload).digest("hex"));
      assert.ok(made.includes(signature.trim()), JSON.stringify({ options, timestamp, signature }));
      count += 1;
    }
  }
  assert.ok(count > 100, `${count} vectors`);
});

test(`parts that are not there are undefined: ${backend}`, () => {
  assert.deepEqual(signedParts(BODY, {}), { timestamp: undefined, separator: ":", payload: BODY, signature: undefined });
  assert.deepEqual(signedParts(bytes, HEADERS).payload, bytes);
  assert.throws(() => signedParts("{", {}, { payloadForm: "canonical" }), { name: "WebhookError", code: "payload_not_json" });
  assert.throws(() => signedParts("{", {}, { headerPrefix: " " }), { name: "WebhookError", code: "invalid_header_prefix" });
  assert.throws(() => signedParts("{", {}, { now: 7 }), { name: "TypeError", message: /^signedParts has no option "now"/ });
  assert.throws(() => signedParts({}, {}), TypeError);
});

function optionsOf({ headerPrefix, payloadForm }) {
  return { ...(headerPrefix && { headerPrefix }), payloadForm: payloadForm.replace("_s", "S") };
}
