import { hex } from "../shared/bytes.mjs";
import { vectorFile } from "../shared/vector_file.mjs";

const NOTES = {
  Secret: "The text of a secret.",
  WhiteSpace: "A character with the Unicode property White_Space, or U+FEFF, at an end of the secret.",
  Invisible: "A control or format character (Cc, Cf), one that is ignored by default (Default_Ignorable_Code_Point), or U+FFFD, at an end of the secret.",
  Visible: "A neighbour of those, and what looks or is treated like them elsewhere.",
  IllFormedUtf8: "Bytes that are no UTF-8; only for callers who make a secret from bytes.",
  UnpairedSurrogate: "An unpaired surrogate, written here as the three bytes of its generalised UTF-8; for languages whose text can hold one.",
  Secrets: "The number of secrets.",
  Tolerance: "The tolerance in seconds, as the text of a number.",
  BeyondTimedelta: "More than Python's timedelta can hold.",
  MaxBodyBytes: "The body limit, as the text of a number.",
  HeaderPrefix: "1 to 64 token characters of RFC 9110, the last one a hyphen.",
  PayloadForm: "The name of a payload form.",
  Name: "What a webhook is called: 1 to 128 bytes of UTF-8 without control characters (Cc) and U+FFFD.",
  ReplayTtl: "How long a replay claim lives: at least twice the tolerance.",
};

const WHITE_SPACE = [
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680],
  ...Array.from({ length: 11 }, (_, index) => 0x2000 + index),
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff],
];
// The first and the last of each range of Unicode 17, but for what is white space above.
const INVISIBLE = [
  [0x00, 0x08], [0x0e, 0x1f], [0x7f, 0x84], [0x86, 0x9f], [0xad], [0x34f], [0x600, 0x605], [0x61c], [0x6dd], [0x70f], [0x890, 0x891], [0x8e2], [0x115f, 0x1160], [0x17b4, 0x17b5],
  [0x180b, 0x180f], [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x206f], [0x3164], [0xfe00, 0xfe0f], [0xffa0], [0xfff0, 0xfffb], [0xfffd], [0x110bd], [0x110cd],
  [0x13430, 0x1343f], [0x1bca0, 0x1bca3], [0x1d173, 0x1d17a], [0xe0000, 0xe0fff],
];
const IS_INVISIBLE = /^[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\ufffd]$/u;
const TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

export function configFile() {
  return vectorFile(NOTES, [
    { tests: [...secrets(), ...secretCounts()] },
    { tests: [...tolerances(), ...bodyLimits()] },
    { tests: headerPrefixes() },
    { tests: payloadForms() },
    { tests: names() },
    { tests: replayTtls() },
  ]);
}

function secrets() {
  const test = (comment, flags, secret, code) => testOf(`secret ${comment}`, flags, { kind: "secret", secretHex: hex(secret) }, code);
  const atEnds = (codePoint, flag, code) => {
    const character = String.fromCodePoint(codePoint);
    if (flag !== "WhiteSpace" && IS_INVISIBLE.test(character) !== (flag === "Invisible")) throw new Error(`V8 knows better of ${nameOf(codePoint)}`);
    return [
      test(`after ${nameOf(codePoint)}`, [flag], `${character}secret`, code),
      test(`before ${nameOf(codePoint)}`, [flag], `secret${character}`, code),
    ];
  };
  return [
    test("empty", ["Secret"], "", "secret_empty"),
    test("of one character", ["Secret"], "x", null),
    test("of 64 hex digits", ["Secret"], "0123456789abcdef".repeat(4), null),
    test("of 10,000 characters", ["Secret"], "x".repeat(10_000), null),
    test("with white space inside", ["Secret"], "correct horse\tbattery\nstaple\u00a0and\u3000more\ufeffstill", null),
    test("of one space", ["WhiteSpace"], " ", "secret_has_whitespace"),
    test("of one U+FEFF", ["WhiteSpace"], "\ufeff", "secret_has_whitespace"),
    test("with CR LF at its end", ["WhiteSpace"], "secret\r\n", "secret_has_whitespace"),
    test("with white space at both ends", ["WhiteSpace"], "\tsecret ", "secret_has_whitespace"),
    ...WHITE_SPACE.flatMap((codePoint) => atEnds(codePoint, "WhiteSpace", "secret_has_whitespace")),
    ...[...new Set(INVISIBLE.flat())].flatMap((codePoint) => atEnds(codePoint, "Invisible", "secret_has_invisible_characters")),
    ...visibleNeighbours().flatMap((codePoint) => atEnds(codePoint, "Visible", null)),
    test("of one zero-width space", ["Invisible"], "\u200b", "secret_has_invisible_characters"),
    test("with zero-width characters at both ends", ["Invisible"], "\u200bsecret\u2060", "secret_has_invisible_characters"),
    test("of UTF-16 read as UTF-8", ["Invisible"], "\ufffd\ufffds\0e\0c\0r\0e\0t\0", "secret_has_invisible_characters"),
    test("after U+200B, with a line end after it", ["WhiteSpace"], "\u200bsecret\n", "secret_has_whitespace"),
    test("with invisible characters inside", ["Visible"], "a\0b\u200bc\u00add\ufffde\ufe0ff", null),
    test("of an emoji that a variation selector colours", ["Visible"], "🗝️", null),
    test("that ends in an ideograph with a variation selector", ["Visible"], "secret葛\u{e0100}", null),
    test("of one variation selector", ["Invisible"], "\ufe0f", "secret_has_invisible_characters"),
    test("that ends in two variation selectors", ["Invisible"], "🗝\ufe0f\ufe0f", "secret_has_invisible_characters"),
    test("that ends in a variation selector after an invisible character", ["Invisible"], "secret\u200b\ufe0f", "secret_has_invisible_characters"),
    test("in UTF-16", ["IllFormedUtf8"], [0xff, 0xfe, 0x73, 0x00, 0x0a, 0x00], "secret_not_utf8"),
    test("with byte FF", ["IllFormedUtf8"], [0x61, 0xff, 0x62], "secret_not_utf8"),
    test("cut inside a character", ["IllFormedUtf8"], [0x61, 0xe2, 0x82], "secret_not_utf8"),
    test("with an overlong slash", ["IllFormedUtf8"], [0x61, 0xc0, 0xaf, 0x62], "secret_not_utf8"),
    test("with U+D800", ["UnpairedSurrogate"], [0x61, 0xed, 0xa0, 0x80, 0x62], "secret_not_utf8"),
    test("of U+DFFF alone", ["UnpairedSurrogate"], [0xed, 0xbf, 0xbf], "secret_not_utf8"),
    test("with U+DC00 before U+D800", ["UnpairedSurrogate"], [0xed, 0xb0, 0x80, 0xed, 0xa0, 0x80], "secret_not_utf8"),
  ];
}

function visibleNeighbours() {
  const neighbours = INVISIBLE.flatMap((range) => [range[0] - 1, range.at(-1) + 1]).filter((codePoint) => codePoint >= 0 && (codePoint < 0xd800 || codePoint > 0xdfff));
  const isVisible = (codePoint) => !WHITE_SPACE.includes(codePoint) && !IS_INVISIBLE.test(String.fromCodePoint(codePoint));
  return [...new Set([...neighbours, 0x2800])].filter(isVisible);
}

function secretCounts() {
  const codes = [[0, "secret_empty"], [1, null], [2, null], [3, null], [4, null], [5, "too_many_secrets"], [6, "too_many_secrets"], [100, "too_many_secrets"]];
  return codes.map(([count, code]) => testOf(`${count} secrets`, ["Secrets"], { kind: "secrets", count }, code));
}

function tolerances() {
  const test = (value, code, flags = ["Tolerance"]) => testOf(`tolerance of ${value} s`, flags, { kind: "toleranceSeconds", value }, code);
  return [
    ...["0", "-0", "0.5", "1", "300", "300.001", "86400", "1e9", "1e-9", "0.0004", "5e-324"].map((value) => test(value, null)),
    ...["1e14", "9e15"].map((value) => test(value, null, ["Tolerance", "BeyondTimedelta"])),
    ...["NaN", "Infinity", "-Infinity", "-1", "-0.001", "-0.5", "-300", "-1e300"].map((value) => test(value, "invalid_tolerance")),
    ...["2e16", "1e17", "1e300"].map((value) => test(value, "invalid_tolerance", ["Tolerance", "BeyondTimedelta"])),
  ];
}

function bodyLimits() {
  const test = (value, code) => testOf(`body limit of ${value}`, ["MaxBodyBytes"], { kind: "maxBodyBytes", value }, code);
  return [
    ...["0", "-0", "1", "1024", "1048576", "2147483648", "4294967295", "4294967296", "9007199254740991"].map((value) => test(value, null)),
    ...["NaN", "Infinity", "-Infinity", "-1", "-9007199254740991", "0.5", "1048576.5", "5e-324", "9007199254740992", "1e300"].map((value) =>
      test(value, "invalid_max_body_bytes"),
    ),
  ];
}

function headerPrefixes() {
  const code = (prefix) => (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{0,63}-$/.test(prefix) ? null : "invalid_header_prefix");
  const test = (comment, prefix, claimed) => {
    if (code(prefix) !== claimed) throw new Error(`prefix ${comment}: claimed ${claimed}`);
    return testOf(`prefix ${comment}`, ["HeaderPrefix"], { kind: "headerPrefix", valueHex: hex(prefix) }, claimed);
  };
  const inside = Array.from({ length: 128 }, (_, value) => String.fromCharCode(value)).filter((c) => !/[A-Za-z0-9]/.test(c));
  return [
    ...["X-Twenty-Webhook-", "x-acme-webhook-", "X-2-", "-", "--", `${"x".repeat(63)}-`].map((prefix) => test(prefix, prefix, null)),
    test("empty", "", "invalid_header_prefix"),
    test("of 65 characters", `${"x".repeat(64)}-`, "invalid_header_prefix"),
    test("of 1,000 characters", `${"x".repeat(999)}-`, "invalid_header_prefix"),
    test("without a hyphen at its end", "X-Twenty-Webhook", "invalid_header_prefix"),
    test("with a colon at its end", "X-Twenty-Webhook:", "invalid_header_prefix"),
    test("with a line feed at its end", "X-Twenty-\n", "invalid_header_prefix"),
    test("in Cyrillic", "Х-Twenty-", "invalid_header_prefix"),
    test("with a no-break hyphen at its end", "X-Twenty\u2011", "invalid_header_prefix"),
    test("with an emoji", "X-😀-", "invalid_header_prefix"),
    ...inside.map((character) =>
      test(`with ${nameOf(character.charCodeAt(0))} inside`, `X${character}Y-`, TOKEN_PUNCTUATION.includes(character) ? null : "invalid_header_prefix"),
    ),
  ];
}

function payloadForms() {
  const test = (value, code) => testOf(`payload form ${JSON.stringify(value)}`, ["PayloadForm"], { kind: "payloadForm", value }, code);
  return [
    ...["raw", "canonical", "json_string", "jsonString"].map((value) => test(value, null)),
    ...["", "Raw", "RAW", "raw ", " raw", "canonicalJson", "jsonstring", "JsonString", "json-string", "JSON_STRING", "json", "auto",
      "none", "__proto__", "constructor", "toString"].map(
      (value) => test(value, "invalid_payload_form"),
    ),
  ];
}

function names() {
  const test = (comment, name, claimed) => {
    const bytes = Buffer.isBuffer(name) ? name : Buffer.from(name);
    const isText = bytes.equals(Buffer.from(bytes.toString()));
    const code = isText && bytes.length >= 1 && bytes.length <= 128 && !/[\p{Cc}\ufffd]/u.test(bytes.toString()) ? null : "invalid_name";
    if (code !== claimed) throw new Error(`name ${comment}: claimed ${claimed}`);
    return testOf(`name ${comment}`, Buffer.isBuffer(name) ? ["Name", "UnpairedSurrogate"] : ["Name"], { kind: "name", valueHex: hex(bytes) }, claimed);
  };
  return [
    ...["acme", "a", "20202020-1c25-4d02-bf25-6aeccf7ea000", "Müller & Söhne", "客户:1/2", "😀", "n".repeat(128), "é".repeat(64), "😀".repeat(32)].map((name) => test(name, name, null)),
    test("empty", "", "invalid_name"),
    test("of 129 bytes", "n".repeat(129), "invalid_name"),
    test("of 129 bytes in 65 characters", `${"é".repeat(64)}n`, "invalid_name"),
    test("of 10,000 characters", "n".repeat(10_000), "invalid_name"),
    ...[0x00, 0x09, 0x0a, 0x0d, 0x1f, 0x7f, 0x85, 0x9f, 0xfffd].flatMap((codePoint) =>
      [`${String.fromCodePoint(codePoint)}acme`, `acme${String.fromCodePoint(codePoint)}`, `ac${String.fromCodePoint(codePoint)}me`].map((name, place) =>
        test(`with ${nameOf(codePoint)} ${["before", "after", "inside"][place]} it`, name, "invalid_name"))),
    test("with U+D800", Buffer.from([0x61, 0xed, 0xa0, 0x80]), "invalid_name"),
    test("of U+DFFF alone", Buffer.from([0xed, 0xbf, 0xbf]), "invalid_name"),
  ];
}

function replayTtls() {
  const test = (toleranceMillis, ttlMillis, code) =>
    testOf(`tolerance ${toleranceMillis} ms, claim ${ttlMillis} ms`, ["ReplayTtl"], { kind: "replayTtl", toleranceMillis, ttlMillis }, code);
  // Twice the tolerance, and ten seconds.
  return [
    test(300_000, 86_400_000, null),
    test(300_000, 610_000, null),
    test(300_000, 610_001, null),
    test(300_000, 609_999, "invalid_ttl"),
    test(300_000, 600_000, "invalid_ttl"),
    test(300_000, 0, "invalid_ttl"),
    test(43_195_000, 86_400_000, null),
    test(43_195_001, 86_400_000, "invalid_ttl"),
    test(0, 10_000, null),
    test(0, 9_999, "invalid_ttl"),
    test(1, 10_002, null),
    test(500, 10_999, "invalid_ttl"),
  ];
}

function testOf(comment, flags, input, code) {
  return { comment, flags, ...input, result: code === null ? "valid" : "invalid", code };
}

function nameOf(codePoint) {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}
