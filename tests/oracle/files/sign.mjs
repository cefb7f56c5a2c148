import { bytes, hex } from "../shared/bytes.mjs";
import { NONCE, SECRET, SENT_AT } from "../shared/delivery.mjs";
import { sign } from "../shared/reference.mjs";
import { vectorFile } from "../shared/vector_file.mjs";
import { SAMPLE_PAYLOADS } from "../cases/verify_samples.mjs";

const NOTES = {
  Genuine: "A payload as the sender prints it.",
  Timestamp: "The range of timestamps: at most sixteen digits.",
  BeyondDouble: "A timestamp that a double cannot hold exactly; only for callers with 64-bit integers.",
  Nonce: "Exactly 32 lowercase hex digits.",
  Raw: "Any bytes are signed as given.",
  Canonical: "The canonical text of the payload is signed.",
  JsonString: "The payload quoted once more as a JSON string is signed.",
  Secret: "The first secret signs.",
  Prefix: "The configured prefix, in the case it was configured in.",
};
const SMALL = '{"a":1}';

export function signFile() {
  return vectorFile(NOTES, [
    group({}, [...genuine(), ...timestamps(), ...nonces(), ...rawPayloads()]),
    group({ payloadForm: "canonical" }, canonicalPayloads()),
    group({ payloadForm: "json_string" }, quotedPayloads()),
    ...[["first", "second"], ["second", "first", "third", "fourth"], ["ключ"], ["s".repeat(65)]].map((secrets) =>
      group({ secrets }, [{ comment: `${secrets.length} secrets, the first signs`, flags: ["Secret"] }]),
    ),
    ...["X-Acme-Webhook-", "x-acme-webhook-", "-", `${"p".repeat(63)}-`].map((headerPrefix) =>
      group({ headerPrefix }, [{ comment: `prefix of ${headerPrefix.length} characters`, flags: ["Prefix"] }]),
    ),
  ]);
}

function group(overrides, specs) {
  const options = { secrets: [SECRET], headerPrefix: null, payloadForm: "raw", ...overrides };
  const { secrets, ...shown } = options;
  return {
    options: { secretsHex: secrets.map(hex), ...shown },
    tests: specs.map((spec) => signTest(options, spec)),
  };
}

function signTest(options, { comment, flags, payload = SMALL, timestamp = SENT_AT, nonce = NONCE, code = null }) {
  const outcome = sign(options, bytes(payload), timestamp, nonce);
  if (outcome.code !== code) throw new Error(`${comment}: claimed ${code}, reference says ${outcome.code}`);
  const test = { comment, flags, payloadHex: hex(payload), timestamp, nonce, result: code === null ? "valid" : "invalid", code };
  return code === null ? { ...test, headers: outcome.headers } : test;
}

function genuine() {
  return ["person created", "company updated", "metadata updated", "documented"].map((name) => ({
    comment: name,
    flags: ["Genuine"],
    payload: JSON.stringify(SAMPLE_PAYLOADS[name]),
  }));
}

function timestamps() {
  const test = (timestamp, code = null, flags = ["Timestamp"]) => ({ comment: `timestamp ${timestamp}`, flags, timestamp, code });
  const beyond = ["Timestamp", "BeyondDouble"];
  return [
    test("0"),
    test("1"),
    test("1735066639"),
    test("8640000000000000"),
    test("9007199254740991"),
    test("9999999999999999", null, beyond),
    test("10000000000000000", "invalid_timestamp"),
    test("10000000000000001", "invalid_timestamp", beyond),
    test("9223372036854775808", "invalid_timestamp"),
    test("18446744073709551615", "invalid_timestamp", beyond),
  ];
}

function nonces() {
  const test = (comment, nonce, code = "invalid_nonce") => ({ comment: `nonce ${comment}`, flags: ["Nonce"], nonce, code });
  return [
    test("of zeros", "0".repeat(32), null),
    test("of f", "f".repeat(32), null),
    test("of every digit", "0123456789abcdef".repeat(2), null),
    test("empty", ""),
    test("of 31 digits", NONCE.slice(1)),
    test("of 33 digits", `${NONCE}0`),
    test("of 64 digits", NONCE + NONCE),
    test("in upper case", NONCE.toUpperCase()),
    test("with one upper-case digit", `${NONCE.slice(0, -1)}A`),
    test("with a g", `${NONCE.slice(0, -1)}g`),
    test("with a slash, below 0", `/${NONCE.slice(1)}`),
    test("with a colon, above 9", `:${NONCE.slice(1)}`),
    test("with a backtick, below a", `\`${NONCE.slice(1)}`),
    test("with a space after it", `${NONCE} `),
    test("with a line feed after it", `${NONCE}\n`),
    test("with a line feed in place of a digit", `${NONCE.slice(1)}\n`),
    test("with NUL", `${NONCE.slice(1)}\0`),
    test("of 32 bytes, not ASCII", "é".repeat(16)),
    test("of 32 characters, one not ASCII", `${NONCE.slice(1)}é`),
    test("of full-width digits", "０".repeat(32)),
    test("as a UUID", "0c8f3e5a-7b9d-1f2e-4a6c-8e0b2d4f6a81"),
  ];
}

function rawPayloads() {
  const test = (comment, ...parts) => ({ comment: `raw: ${comment}`, flags: ["Raw"], payload: bytes(...parts) });
  return [
    test("empty"),
    test("not JSON", "plain text\r\n"),
    test("not UTF-8", 0xff, 0x00, 0xfe),
    test("a BOM before it", [0xef, 0xbb, 0xbf], "{}"),
    test("not canonical", '{ "a" : 1.0 }'),
    test("nested beyond the canonical form's limit", "[".repeat(1025)),
  ];
}

function canonicalPayloads() {
  const test = (comment, code, ...parts) => ({ comment: `canonical: ${comment}`, flags: ["Canonical"], code, payload: bytes(...parts) });
  return [
    test("already canonical", null, SMALL),
    test("spaces and numbers", null, '{ "b" : 1e-05, "2": 1.0, "1": "\\u00e9" }'),
    test("repeated keys", null, '{"a":1,"b":2,"a":{"10":1,"9":2}}'),
    test("a lone surrogate's escape", null, '"\\uDEAD"'),
    test("nested 1,024 deep", null, "[".repeat(1024), "]".repeat(1024)),
    test("not UTF-8", "payload_not_utf8", '"', 0xc3, '"'),
    test("empty", "payload_not_json"),
    test("a BOM before it", "payload_not_json", [0xef, 0xbb, 0xbf], "{}"),
    test("not JSON", "payload_not_json", "{a:1}"),
    test("nested 1,025 deep", "payload_too_deep", "[".repeat(1025), "]".repeat(1025)),
  ];
}

function quotedPayloads() {
  const test = (comment, code, ...parts) => ({ comment: `json_string: ${comment}`, flags: ["JsonString"], code, payload: bytes(...parts) });
  return [
    test("the documented example", null, JSON.stringify(SAMPLE_PAYLOADS.documented)),
    test("empty", null),
    test("not JSON", null, 'say "hi"\\\n'),
    test("control characters", null, Array.from({ length: 32 }, (_, value) => value)),
    test("beyond ASCII", null, "é株😀\u2028\u2029\u007f"),
    test("a BOM before it", null, [0xef, 0xbb, 0xbf], "{}"),
    test("not canonical, quoted as given", null, '{ "a" : 1.0 }'),
    test("not UTF-8", "payload_not_utf8", '"', 0xff, '"'),
    test("cut inside a character", "payload_not_utf8", 0xe2, 0x82),
  ];
}
