// Secrets, options, times and nonces as no caller should pass them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import vm from "node:vm";

import { BODY, NONCE, NOW, NAMES, backend, bang, cases, library, outcome, revoked, signature, signed, throwingProxy, verify } from "./support.mjs";

const { Webhook } = library;
const MISTAKE = "TypeError";
const CAUSED = "TypeError with cause";
const RANGE = "RangeError";
const made = (...parameters) => () => new Webhook(...parameters);
const withOption = (name, value) => made("s", { [name]: value });
const notText = [null, 7, NaN, 7n, true, Symbol("text"), {}, [], () => "s", new String("s"), revoked()];
const notNumbers = [null, "300", "", 7n, true, Symbol("number"), {}, [], () => 1, new Number(1), new Date(NOW), revoked()];
const called = (value) => {
  try {
    return `${typeof value} ${Object.is(value, -0) ? "-0" : String(value).slice(0, 20)}`;
  } catch {
    return "proxy";
  }
};

describe("secrets", () => {
  const detached = Uint8Array.of(97);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const iterating = Object.defineProperty(Uint8Array.of(97), Symbol.iterator, { value: bang });
  const ownMap = Object.assign(["s"], { map: bang });
  const hostileElement = Object.defineProperty(["s"], 0, { get: bang });
  cases(test, [
    ["text", "accepted", made("s")],
    ["bytes", "accepted", made(Buffer.from("s"))],
    ["bytes of another realm", "accepted", made(vm.runInNewContext("Uint8Array.of(97)"))],
    ["four", "accepted", made(["a", "b", Buffer.from("c"), "d"])],
    ["list of another realm", "accepted", made(vm.runInNewContext("['a', 'b']"))],
    ["a megabyte", "accepted", made("a".repeat(1 << 20))],
    ["white space within", "accepted", made("a b")],
    ["empty", "secret_empty", made("")],
    ["no bytes", "secret_empty", made(new Uint8Array())],
    ["empty list", "secret_empty", made([])],
    ["an empty one of two", "secret_empty", made(["a", ""])],
    ...[" s", "s ", "s\n", "\ts", "s\u00a0", "\u2028s", "s\u3000", "\ufeffs", "\u0085s", " "].map((secret) => [`white space ${JSON.stringify(secret)}`, "secret_has_whitespace", made(secret)]),
    ...["s\u200b", "\u2060s", "\0s", "s\u007f", "\ufffds", "s\ufe0f", "\u00ad"].map((secret) => [`invisible ${JSON.stringify(secret)}`, "secret_has_invisible_characters", made(secret)]),
    ["bytes that end in a line end", "secret_has_whitespace", made(Buffer.from("s\n"))],
    ["bytes that begin with a zero-width space", "secret_has_invisible_characters", made(Buffer.from("\u200bs"))],
    ["bytes that are no UTF-8", "secret_not_utf8", made(Uint8Array.of(0xff))],
    ["UTF-16 with its mark", "secret_not_utf8", made(Buffer.from("\ufeffs", "utf16le"))],
    ["white space in the second", "secret_has_whitespace", made(["a", "b "])],
    ...["\ud800", "a\udfff", "\ude00\ud83d"].map((secret) => [`lone surrogate ${JSON.stringify(secret)}`, "secret_not_utf8", made(secret)]),
    ["lone surrogate in the second", "secret_not_utf8", made(["a", "\ud800"])],
    ["five", "too_many_secrets", made(["a", "b", "c", "d", "e"])],
    ["ten thousand", "too_many_secrets", made(Array(10_000).fill("a"))],
    ["undefined", MISTAKE, made()],
    ...notText.filter((value) => !(Array.isArray.call(null, called(value)) || called(value) === "object ")).map((value) => [called(value), MISTAKE, made(value)]),
    ...notText.map((value) => [`list of ${called(value)}`, MISTAKE, made(["a", value])]),
    ["list of undefined", MISTAKE, made([undefined])],
    ["hole", MISTAKE, made(["a", ,])],
    ["holes only", MISTAKE, made(Array(3))],
    ["ArrayBuffer", MISTAKE, made(new ArrayBuffer(3))],
    ["DataView", MISTAKE, made(new DataView(new ArrayBuffer(3)))],
    ["Uint16Array", MISTAKE, made(Uint16Array.of(97))],
    ["Set", MISTAKE, made(new Set(["a"]))],
    ["array-like", MISTAKE, made({ 0: "a", length: 1 })],
    ["detached bytes", MISTAKE, made(detached)],
    ["throwing iterator of bytes", "accepted", made(iterating)],
    ["own map", "accepted", made(ownMap)],
    ["throwing element", CAUSED, made(hostileElement)],
    ["throwing list", CAUSED, made(throwingProxy(["a"], "get"))],
    ["throwing proxy", MISTAKE, made(throwingProxy({}, "get", "getPrototypeOf", "has"))],
    ["revoked list", MISTAKE, made(revoked([]))],
  ]);

  test("bytes are copied: changing them later changes nothing", () => {
    const secret = Buffer.from("secret");
    const by = new Webhook(secret);
    secret.fill(0);
    assert.equal(verify({ by, headers: signed(BODY, { [NAMES[1]]: signature(BODY, { secret: "secret" }) }) }).secretIndex, 0);
  });
});

describe("options of a webhook", () => {
  const invalid = { toleranceSeconds: "invalid_tolerance", maxBodyBytes: "invalid_max_body_bytes" };
  const prefixes = ["", "-", "X", "X Y-", "X\u212a-", "\u00e9-", "X\0-", "X:-", "X\n-", "\ud800-", `${"x".repeat(64)}-`, "X-Twenty-Webhook"];
  cases(test, [
    ...[undefined, {}, [], new Date(), Object.create(null), new Map([["toleranceSeconds", "unread"]])].map((options) => [`none in ${called(options ?? undefined).slice(0, 9)}`, "accepted", made("s", options)]),
    ...[null, 7, "raw", true, Symbol("o"), 7n, () => ({})].map((options) => [`options: ${called(options)}`, MISTAKE, made("s", options)]),
    ["options: revoked proxy", MISTAKE, made("s", revoked())],
    ["options: throwing proxy", CAUSED, made("s", throwingProxy({}, "ownKeys"))],
    ...Object.entries(invalid).flatMap(([name, code]) => [
      ...[NaN, Infinity, -Infinity, -1, -1e-9, -1e300, 1e300].map((value) => [`${name}: ${value}`, code, withOption(name, value)]),
      ...[undefined, 0, -0, 1, 300, 1e15, Number.MAX_SAFE_INTEGER].map((value) => [`${name}: ${called(value)}`, "accepted", withOption(name, value)]),
      ...notNumbers.map((value) => [`${name}: ${called(value)}`, MISTAKE, withOption(name, value)]),
    ]),
    ["toleranceSeconds: a fraction", "accepted", withOption("toleranceSeconds", 0.5)],
    ["maxBodyBytes: beyond the whole numbers", "invalid_max_body_bytes", withOption("maxBodyBytes", 2 ** 53)],
    ["maxBodyBytes: a fraction", "invalid_max_body_bytes", withOption("maxBodyBytes", 0.5)],
    ...["headerPrefix", "payloadForm", "name"].flatMap((name) => notText.map((value) => [`${name}: ${called(value)}`, MISTAKE, withOption(name, value)])),
    ...prefixes.filter((prefix) => prefix !== "-").map((prefix) => [`headerPrefix: ${JSON.stringify(prefix)}`, "invalid_header_prefix", withOption("headerPrefix", prefix)]),
    ["headerPrefix: 64 characters", "accepted", withOption("headerPrefix", `${"x".repeat(63)}-`)],
    ["headerPrefix: 10 MB", "invalid_header_prefix", withOption("headerPrefix", "x-".repeat(5_000_000))],
    ...["", "Raw", "RAW", "JSON_STRING", "raw ", "raw\0", "\ud800", "__proto__", "toString"].map((form) => [`payloadForm: ${JSON.stringify(form)}`, "invalid_payload_form", withOption("payloadForm", form)]),
    ...["", "acme\ud800", "acme\n", "\ufffd", "n".repeat(10_000_000)].map((name) => [`name: ${JSON.stringify(name.slice(0, 9))}`, "invalid_name", withOption("name", name)]),
    ...["toleranceSeconds", "maxBodyBytes", "headerPrefix", "payloadForm", "name"].map((name) => [`${name}: throwing getter`, CAUSED, made("s", Object.defineProperty({}, name, { get: bang }))]),
  ]);
});

describe("now", () => {
  const at = (now) => () => verify({ options: { now } });
  class Late extends Date {
    getTime() {
      return bang();
    }
  }
  cases(test, [
    ["Date", "accepted", at(new Date(NOW))],
    ["number", "accepted", at(NOW)],
    ["fraction", "accepted", at(NOW + 0.9)],
    ["Date of another realm", "accepted", at(vm.runInNewContext(`new Date(${NOW})`))],
    ["subclass whose getTime throws", "accepted", at(new Late(NOW))],
    ["Date without a prototype", "accepted", at(Object.setPrototypeOf(new Date(NOW), null))],
    ["1970", "timestamp_too_new 401", at(0)],
    ["-0", "timestamp_too_new 401", at(-0)],
    ["the largest Date", "timestamp_too_old 401", at(new Date(8.64e15))],
    ["1e300", "timestamp_too_old 401", at(1e300)],
    ...[NaN, Infinity, -Infinity, -1, -0.1].map((now) => [String(now), RANGE, at(now)]),
    ["invalid Date", RANGE, at(new Date(NaN))],
    ["Date before 1970", RANGE, at(new Date(-1))],
    ...notNumbers.filter((value) => called(value) !== called(new Date(NOW))).map((value) => [called(value), MISTAKE, at(value)]),
    ["proxy of a Date", MISTAKE, at(new Proxy(new Date(NOW), {}))],
    ["throwing proxy", MISTAKE, at(throwingProxy({}, "get", "getPrototypeOf"))],
    ["what has valueOf", MISTAKE, at({ valueOf: () => NOW })],
    ["throwing getter", CAUSED, () => verify({ options: { get now() { return bang(); } } })],
    ...[null, 7, NOW, "now", () => 1, Symbol("o")].map((options) => [`options: ${called(options)}`, MISTAKE, () => verify({ options })]),
    ["options: revoked proxy", MISTAKE, () => verify({ options: revoked() })],
  ]);
});

describe("signing", () => {
  const by = new Webhook("s");
  const sign = (options, payload = BODY) => () => by.sign(payload, options);
  const keys = (headers) => (assert.deepEqual(Object.keys(headers).sort(), [...NAMES].sort()), "accepted");
  const long = [NONCE.slice(1), `${NONCE}0`, NONCE.toUpperCase(), `${NONCE.slice(1)}g`, "", ` ${NONCE}`, `${NONCE}\n`, NONCE.replace(/0/g, "\u0660"), "\ud800", "x".repeat(1e6)];
  cases(test, [
    ["now and a random nonce", "accepted", sign()],
    ["a nonce", "accepted", sign({ nonce: NONCE })],
    ["1970", "accepted", sign({ timestamp: 0 })],
    ["fraction", "accepted", sign({ timestamp: NOW + 0.5 })],
    ["16 digits", "accepted", sign({ timestamp: 9_999_999_999_999_998 })],
    ["17 digits", "invalid_timestamp", sign({ timestamp: 1e16 })],
    ["1e300", "invalid_timestamp", sign({ timestamp: 1e300 })],
    ...long.map((nonce) => [`nonce ${JSON.stringify(nonce).slice(0, 40)}`, "invalid_nonce", sign({ nonce })]),
    ...notText.map((nonce) => [`nonce ${called(nonce)}`, MISTAKE, sign({ nonce })]),
    ...[NaN, -1, Infinity, new Date(NaN)].map((timestamp) => [`timestamp ${called(timestamp)}`, RANGE, sign({ timestamp })]),
    ...notNumbers.filter((value) => called(value) !== called(new Date(NOW))).map((timestamp) => [`timestamp ${called(timestamp)}`, MISTAKE, sign({ timestamp })]),
    ["options: null", MISTAKE, sign(null)],
    ["options: throwing proxy", CAUSED, sign(throwingProxy({}, "ownKeys"))],
    ["payload that is parsed", MISTAKE, sign({}, JSON.parse(BODY))],
    ["payload null", MISTAKE, sign({}, null)],
    ["payload in shared memory", MISTAKE, sign({}, new Uint8Array(new SharedArrayBuffer(3)))],
    ["canonical form of no JSON", "payload_not_json", () => new Webhook("s", { payloadForm: "canonical" }).sign("{")],
  ], keys);

  test(`two signatures have two nonces (${backend})`, () => {
    const nonces = new Set(Array.from({ length: 100 }, () => by.sign(BODY)[NAMES[2]]));
    assert.equal(nonces.size, 100);
    for (const nonce of nonces) assert.match(nonce, /^[0-9a-f]{32}$/);
    assert.equal(outcome(() => verify({ by, headers: by.sign(BODY, { timestamp: NOW }) })), "accepted");
  });
});
