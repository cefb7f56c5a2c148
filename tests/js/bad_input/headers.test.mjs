// Hostile containers of headers, and hostile values in them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import vm from "node:vm";

import {
  BODY, NAMES, NONCE_HEADER, NOW, SIGNATURE, TIMESTAMP, bang, cases, library, revoked, signature, signed, throwingProxy, verify, webhook,
} from "./support.mjs";

const MISTAKE = "TypeError";
const CAUSED = "TypeError with cause";
const pairs = () => Object.entries(signed());
const given = (headers) => () => webhook.verify(BODY, headers, { now: NOW });
const replacing = (name, value) => given(signed(BODY, { [name]: value }));
const forEachName = (table) => table.flatMap(([what, expected, value]) => NAMES.map((name) => [`${what}: ${name}`, expected, replacing(name, value)]));
const absent = { [TIMESTAMP]: "missing_header 401", [SIGNATURE]: "missing_header 401", [NONCE_HEADER]: "accepted" };
const repeated = { [TIMESTAMP]: "repeated_header 401", [SIGNATURE]: "repeated_header 401", [NONCE_HEADER]: "accepted" };
const malformed = { [TIMESTAMP]: "malformed_timestamp 401", [SIGNATURE]: "malformed_signature 401", [NONCE_HEADER]: "accepted" };
const byName = (what, expected, make) => NAMES.map((name) => [`${what}: ${name}`, expected[name], given(make(name))]);

describe("containers that hold the headers", () => {
  const record = signed();
  const nullPrototype = Object.assign(Object.create(null), record);
  class Request {
    constructor() {
      Object.assign(this, record);
    }
  }
  class Mapping extends Map {}
  const withGetters = Object.create({}, Object.fromEntries(pairs().map(([name, value]) => [name, { enumerable: true, get: () => value }])));
  const otherNames = { toString: 7, [Symbol.toPrimitive]: bang, constructor: {}, "x-other": Symbol("unread"), length: Infinity };
  cases(test, [
    ["plain object", "accepted", given(record)],
    ["upper case", "accepted", given(Object.fromEntries(pairs().map(([name, value]) => [name.toUpperCase(), value])))],
    ["no prototype", "accepted", given(nullPrototype)],
    ["instance of a class", "accepted", given(new Request())],
    ["frozen", "accepted", given(Object.freeze({ ...record }))],
    ["own getters", "accepted", given(withGetters)],
    ["Map", "accepted", given(new Map(pairs()))],
    ["subclass of Map", "accepted", given(new Mapping(pairs()))],
    ["Headers", "accepted", given(new Headers(record))],
    ["URLSearchParams", "accepted", given(new URLSearchParams(record))],
    ["list of pairs", "accepted", given(pairs())],
    ["generator of pairs", "accepted", given(pairs().values())],
    ["transparent proxy", "accepted", given(new Proxy(record, {}))],
    ["proxy of a list", "accepted", given(new Proxy(pairs(), {}))],
    ["of another realm", "accepted", given(vm.runInNewContext(`(${JSON.stringify(record)})`))],
    ["list of another realm", "accepted", given(vm.runInNewContext(`(${JSON.stringify(pairs())})`))],
    ["other names with odd values", "accepted", given({ ...otherNames, ...record })],
    ["pairs with odd values of other names", "accepted", given([["x-other", bang], ["", Symbol("unread")], ...pairs()])],
    ["a million other names", "accepted", given([...Array.from({ length: 1e6 }, () => ["x-other", "a"]), ...pairs()])],
  ]);
});

describe("containers without them", () => {
  const inherited = Object.create(signed());
  const hidden = Object.defineProperties({}, Object.fromEntries(pairs().map(([name, value]) => [name, { value }])));
  const bySymbol = Object.fromEntries(pairs().map(([name, value]) => [name, value]));
  for (const name of NAMES) {
    bySymbol[Symbol(name)] = bySymbol[name];
    delete bySymbol[name];
  }
  const missing = "missing_header 401";
  cases(test, [
    ["empty object", missing, given({})],
    ["empty list", missing, given([])],
    ["empty Map", missing, given(new Map())],
    ["empty Headers", missing, given(new Headers())],
    ["inherited properties", missing, given(inherited)],
    ["properties that are not enumerable", missing, given(hidden)],
    ["symbols", missing, given(bySymbol)],
    ["array-like", missing, given({ ...pairs(), length: 3 })],
    ["Date", missing, given(new Date())],
    ["RegExp", missing, given(/x/)],
    ["another prefix", missing, given(Object.fromEntries(pairs().map(([name, value]) => [name.replace("Twenty", "Twenti"), value])))],
    ["Kelvin sign for k", missing, given(Object.fromEntries(pairs().map(([name, value]) => [name.replace("k", "\u212a"), value])))],
    ["long s for s", missing, given(Object.fromEntries(pairs().map(([name, value]) => [name.replace(/s/gi, "\u017f"), value])))],
    ["full-width letters", missing, given({ ...signed(), [SIGNATURE]: undefined, [SIGNATURE.replace("S", "\uff33")]: signature(BODY) })],
    ["NUL behind the name", missing, given(Object.fromEntries(pairs().map(([name, value]) => [`${name}\0`, value])))],
    ["blank before the name", missing, given(Object.fromEntries(pairs().map(([name, value]) => [` ${name}`, value])))],
    ["lone surrogate in the name", missing, given(Object.fromEntries(pairs().map(([name, value]) => [name.replace("W", "\ud800"), value])))],
  ]);
});

describe("what is no container, or breaks", () => {
  const throwingGetter = Object.defineProperty(signed(), TIMESTAMP, { enumerable: true, get: bang });
  function* failing() {
    yield [TIMESTAMP, String(NOW)];
    bang();
  }
  const failingEntry = [Object.defineProperty([TIMESTAMP], 1, { get: bang })];
  const fetchLike = (get) => ({ [Symbol.toStringTag]: "Headers", get, forEach() {} });
  cases(test, [
    ...[undefined, null, true, 7, 7n, Symbol("headers"), "a: b", "", signed].map((value) => [`${typeof value} ${String(value)}`.slice(0, 40), MISTAKE, given(value)]),
    ["flat array", MISTAKE, given(pairs().flat())],
    ["pair of one", MISTAKE, given([[TIMESTAMP]])],
    ["pair of three", MISTAKE, given([[TIMESTAMP, "1", "2"]])],
    ["pair that is array-like", MISTAKE, given([{ 0: TIMESTAMP, 1: "1", length: 2 }])],
    ["name that is no text", MISTAKE, given([[7, "1"]])],
    ["name that is bytes", MISTAKE, given([[Buffer.from(TIMESTAMP), "1"]])],
    ["Map with a symbol as name", MISTAKE, given(new Map([[Symbol("a"), "1"]]))],
    ["promise", MISTAKE, given(Promise.resolve(signed()))],
    ["Request", MISTAKE, given(new Request("http://localhost/", { headers: signed() }))],
    ["what holds headers", MISTAKE, given({ headers: signed() })],
    ["what holds headers, and a name without a value", MISTAKE, given({ [TIMESTAMP]: undefined, headers: signed() })],
    ["typed array", MISTAKE, given(new Uint8Array(3))],
    ["Set of texts", MISTAKE, given(new Set(["a"]))],
    ["hole", MISTAKE, given([, ...pairs()])],
    ["throwing getter", CAUSED, given(throwingGetter)],
    ["throwing generator", CAUSED, given(failing())],
    ["throwing iterator", CAUSED, given({ [Symbol.iterator]: bang })],
    ["throwing next", CAUSED, given({ [Symbol.iterator]: () => ({ next: bang }) })],
    ["throwing entry", CAUSED, given(failingEntry)],
    ["throwing toStringTag", CAUSED, given(Object.defineProperty({}, Symbol.toStringTag, { get: bang }))],
    ["throwing get of something like Headers", CAUSED, given(fetchLike(bang))],
    ["number from something like Headers", MISTAKE, given(fetchLike(() => 7))],
    ["proxy that throws: get", CAUSED, given(throwingProxy(signed(), "get"))],
    ["proxy that throws: has", CAUSED, given(throwingProxy(signed(), "has"))],
    ["proxy that throws: ownKeys", CAUSED, given(throwingProxy(signed(), "ownKeys"))],
    ["proxy that throws: descriptors", CAUSED, given(throwingProxy(signed(), "getOwnPropertyDescriptor"))],
    ["what is thrown throws", MISTAKE, given({ get [TIMESTAMP]() { throw throwingProxy({}, "getPrototypeOf", "get", "has"); } })],
    ["undefined is thrown", MISTAKE, given({ get [TIMESTAMP]() { throw undefined; } })],
    ["revoked proxy", MISTAKE, given(revoked())],
    ["revoked proxy of a list", MISTAKE, given(revoked([]))],
    ["revoked proxy as a pair", MISTAKE, given([revoked([])])],
  ]);
});

describe("values", () => {
  const huge = "1".repeat(10_000_000);
  const split = (value) => [value.slice(0, 5), value.slice(5)];
  const two = (name) => [signed()[name], signed()[name]];
  const { [TIMESTAMP]: timestamp, ...rest } = signed();
  cases(test, [
    ...forEachName([
      ["number", MISTAKE, NOW], ["bigint", MISTAKE, 1n], ["boolean", MISTAKE, false], ["symbol", MISTAKE, Symbol("v")],
      ["function", MISTAKE, bang], ["object", MISTAKE, {}], ["String object", MISTAKE, new String("1")], ["bytes", MISTAKE, Buffer.from("1")],
      ["Date", MISTAKE, new Date(NOW)], ["nested list", MISTAKE, [["1"]]], ["list with a number", MISTAKE, ["1", 2]],
      ["revoked proxy", MISTAKE, revoked()], ["list of a revoked proxy", MISTAKE, [revoked()]],
      ["throwing list", CAUSED, throwingProxy([], "get")], ["throwing text", MISTAKE, { toString: bang }],
    ]),
    ...["undefined", "null", "empty list", "list of null", "hole in a list"].flatMap((what, index) => byName(what, absent, (name) => signed(BODY, { [name]: [undefined, null, [], [null], [,]][index] }))),
    ...byName("list of one", {}, (name) => signed(BODY, { [name]: [signed()[name]] })).map(([name, , action]) => [name, "accepted", action]),
    ...byName("list of two", repeated, (name) => signed(BODY, { [name]: two(name) })),
    ...byName("two spellings", repeated, (name) => ({ ...signed(), [name.toLowerCase()]: signed()[name] })),
    ...byName("two pairs", repeated, (name) => [...pairs(), [name, signed()[name]]]),
    ...byName("twice in Headers", repeated, (name) => new Headers([...pairs(), [name, signed()[name]]])),
    ...byName("joined by a comma", repeated, (name) => signed(BODY, { [name]: two(name).join(", ") })),
    ...byName("halves in a list", repeated, (name) => signed(BODY, { [name]: split(signed()[name]) })),
    ...byName("empty", malformed, (name) => signed(BODY, { [name]: "" })),
    ...byName("blank behind", malformed, (name) => signed(BODY, { [name]: `${signed()[name]} ` })),
    ...byName("line feed behind", malformed, (name) => signed(BODY, { [name]: `${signed()[name]}\n` })),
    ...byName("NUL behind", malformed, (name) => signed(BODY, { [name]: `${signed()[name]}\0` })),
    ...byName("not ASCII", malformed, (name) => signed(BODY, { [name]: `\u0661${signed()[name].slice(1)}` })),
    ...byName("Latin-1", malformed, (name) => signed(BODY, { [name]: `${signed()[name]}\xe9` })),
    ...byName("lone surrogate", malformed, (name) => signed(BODY, { [name]: `${signed()[name]}\ud800` })),
    ...byName("U+FFFD", malformed, (name) => signed(BODY, { [name]: `${signed()[name]}\ufffd` })),
    ...byName("10 MB", malformed, (name) => signed(BODY, { [name]: huge })),
    ...byName("10 MB behind the value", malformed, (name) => signed(BODY, { [name]: signed()[name] + huge })),
    ...byName("10 MB of surrogates", malformed, (name) => signed(BODY, { [name]: "\udc00".repeat(5_000_000) })),
    ["absent once and there once", "accepted", given({ ...signed(), [TIMESTAMP.toLowerCase()]: undefined })],
    ["repeated comes before missing", "repeated_header 401", given({ ...rest, [SIGNATURE]: ["a", "b"] })],
    ["upper case hex", "malformed_signature 401", replacing(SIGNATURE, signature(BODY).toUpperCase())],
    ["sign in front", "malformed_timestamp 401", replacing(TIMESTAMP, `+${timestamp}`)],
    ["17 digits", "malformed_timestamp 401", replacing(TIMESTAMP, "1".repeat(17))],
    ["seconds", "timestamp_too_old 401", replacing(TIMESTAMP, String(NOW / 1000))],
  ]);

  test("a getter is asked once", () => {
    let count = 0;
    verify({ headers: { ...rest, get [TIMESTAMP]() { count += 1; return timestamp; } } });
    assert.equal(count, 1);
  });

  test("a getter may verify another delivery meanwhile", () => {
    const headers = { ...rest, get [TIMESTAMP]() { verify({ body: "{}", headers: signed("{}") }); return timestamp; } };
    assert.equal(verify({ headers }).id.length, 64);
  });

  test("an unusable nonce is null, a usable one is what was sent", () => {
    const nonceOf = (nonce) => verify({ headers: signed(BODY, { [NONCE_HEADER]: nonce }) }).nonce;
    for (const nonce of ["", " ", "a b", "\u00e9", "a".repeat(129), ["a", "b"], undefined, "a,b"]) assert.equal(nonceOf(nonce), null);
    for (const nonce of ["!", "~".repeat(128), ["x"]]) assert.equal(nonceOf(nonce), String(nonce));
    assert.equal(library.backend, process.env.BACKEND);
  });
});
