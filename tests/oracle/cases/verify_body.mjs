import { bytes, hmacHex } from "../shared/bytes.mjs";
import { verifyGroup } from "../shared/delivery.mjs";

const BOM = [0xef, 0xbb, 0xbf];
const DEFAULT_LIMIT = 1_048_576;

export function bodyGroups() {
  return [
    verifyGroup({}, [...unusualBytes(), ...defaultLimit()]),
    verifyGroup({ maxBodyBytes: 16 }, [
      size("15 of 16 bytes", "a".repeat(15)),
      size("exactly 16 bytes", "a".repeat(16)),
      size("17 of 16 bytes", "a".repeat(17), "payload_too_large"),
      size("16 bytes in 8 characters", "é".repeat(8)),
      size("17 bytes in 9 characters", `${"é".repeat(8)}x`, "payload_too_large"),
      size("a BOM counts", bytes(BOM, "a".repeat(14)), "payload_too_large"),
    ]),
    verifyGroup({ maxBodyBytes: 0 }, [size("0 of 0 bytes", ""), size("1 of 0 bytes", "a", "payload_too_large")]),
    verifyGroup({ maxBodyBytes: 1 }, [size("1 of 1 byte", "a"), size("2 of 1 byte", "{}", "payload_too_large")]),
    verifyGroup({ maxBodyBytes: 16, payloadForm: "json_string" }, [
      size("the limit is of the body, not of its quoted text", '"'.repeat(16)),
      size("quoted form, 17 of 16 bytes", '"'.repeat(17), "payload_too_large"),
    ]),
    verifyGroup({ maxBodyBytes: 16, payloadForm: "canonical" }, [
      size("the limit is of the body, not of a longer canonical text", "1e20"),
      size("the canonical text would fit, the body does not", `[${" ".repeat(15)}]`, "payload_too_large"),
    ]),
    verifyGroup({ maxBodyBytes: DEFAULT_LIMIT + 1 }, [
      { comment: "a raised limit lets one byte more through", flags: ["Size"], bodyRepeat: { byteHex: "61", count: DEFAULT_LIMIT + 1 } },
    ]),
  ];
}

function size(comment, body, code = null) {
  return { comment, flags: ["Size"], body, code };
}

function defaultLimit() {
  return [
    { comment: "default limit, exactly", flags: ["Size"], bodyRepeat: { byteHex: "61", count: DEFAULT_LIMIT } },
    { comment: "default limit, one byte more", flags: ["Size"], code: "payload_too_large", bodyRepeat: { byteHex: "61", count: DEFAULT_LIMIT + 1 } },
    { comment: "default limit, exactly, not UTF-8", flags: ["Size", "BodyBytes"], bodyRepeat: { byteHex: "ff", count: DEFAULT_LIMIT } },
  ];
}

function unusualBytes() {
  const raw = (comment, ...parts) => ({ comment: `raw body: ${comment}`, flags: ["BodyBytes"], body: bytes(...parts) });
  return [
    raw("empty"),
    raw("one NUL", 0x00),
    raw("every byte value", Array.from({ length: 256 }, (_, value) => value)),
    raw("not UTF-8", '{"a":"', 0xff, 0xfe, '"}'),
    raw("a surrogate in UTF-8's clothing", '"', 0xed, 0xa0, 0x80, '"'),
    raw("a BOM before it", BOM, "{}"),
    raw("a BOM alone", BOM),
    raw("UTF-16", Buffer.from("{}", "utf16le")),
    raw("CR LF inside and after", '{\r\n  "a": 1\r\n}\r\n'),
    raw("a trailing line feed", "{}\n"),
    raw("white space alone", " \t\r\n"),
    raw("an emoji", '{"a":"😀"}'),
    raw("decomposed accents", '{"a":"e\u0301"}'),
    raw("line separators", '{"a":"\u2028\u2029"}'),
    raw("escapes", '{"a":"\\u00e9\\ud83d\\ude00\\/"}'),
    raw("a lone surrogate's escape", '{"a":"\\ud800"}'),
    raw("not JSON", "event=person.created&id=1"),
    raw("cut short", '{"eventName":"person.cre'),
    raw("a colon first", ":1735066639761:"),
    raw("repeated keys", '{"a":1,"a":2}'),
    raw("55 bytes, the padding's edge with the timestamp", "x".repeat(55 - 14)),
    raw("56 bytes, the padding's edge with the timestamp", "x".repeat(56 - 14)),
    raw("64 bytes, one block with the timestamp", "x".repeat(64 - 14)),
    raw("nested beyond the canonical form's limit", "[".repeat(1025)),
    ...["a", "\r"].map((added) => ({
      comment: `raw body: ${JSON.stringify(added)} appended after signing`,
      flags: ["BodyBytes", "WrongSignedText"],
      code: "signature_mismatch",
      body: `{}${added}`,
      signature: ({ key, timestamp }) => hmacHex(key, timestamp, ":", "{}"),
    })),
    {
      comment: "raw body: the BOM was not signed",
      flags: ["BodyBytes", "WrongSignedText"],
      code: "signature_mismatch",
      body: bytes(BOM, "{}"),
      signature: ({ key, timestamp }) => hmacHex(key, timestamp, ":", "{}"),
    },
    {
      comment: "raw body: two ill-formed bodies do not share a signature",
      flags: ["BodyBytes", "WrongSignedText"],
      code: "signature_mismatch",
      body: bytes('"', 0xff, '"'),
      signature: ({ key, timestamp }) => hmacHex(key, timestamp, ":", bytes('"', 0xfe, '"')),
    },
    {
      comment: "raw body: signed with its ill-formed bytes replaced",
      flags: ["BodyBytes", "WrongSignedText"],
      code: "signature_mismatch",
      body: bytes('"', 0xff, '"'),
      signature: ({ key, timestamp }) => hmacHex(key, timestamp, ":", '"\ufffd"'),
    },
  ];
}
