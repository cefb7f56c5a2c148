import { bytes, hmacHex } from "../shared/bytes.mjs";
import { BODY, verifyGroup } from "../shared/delivery.mjs";
import { pythonDumps } from "../samples/python_json.mjs";
import { SAMPLE_PAYLOADS } from "./verify_samples.mjs";

const BOM = [0xef, 0xbb, 0xbf];

export function formGroups() {
  return [
    verifyGroup({ payloadForm: "canonical" }, [...reserialized(), ...canonicalRefusals(), ...canonicalMismatches()]),
    verifyGroup({ payloadForm: "json_string" }, [...quotedTexts(), ...quotedRefusals(), ...quotedMismatches()]),
    verifyGroup({ payloadForm: "raw" }, rawMismatches()),
  ];
}

// What was signed is the canonical text; what arrives is one of its re-serialisations.
function reserialized() {
  const test = (comment, body) => ({ comment: `canonical: ${comment}`, flags: ["Canonical"], body });
  const company = SAMPLE_PAYLOADS["company updated"];
  return [
    test("as sent", BODY),
    test("as Python prints it, with 1e-05 and escapes", pythonDumps(company)),
    test("indented by two", JSON.stringify(company.record, null, 2)),
    test("indented by tabs, with CR LF", JSON.stringify(JSON.parse(BODY), null, "\t").replaceAll("\n", "\r\n")),
    test("spread over white space of all four kinds", ' \t\r\n{ \t"a"\r\n: [ 1 ,\t2 , { } ] , "b" :\nnull } \r\n'),
    test("1e-05 is 0.00001", '{"position":1e-05}'),
    test("1.0 is 1", '{"position": 1.0, "other": -0.0, "big": 1E+2}'),
    test("1e400 is null", "[1e400,-1e400]"),
    test("an integer beyond 2^53 is rounded", '{"amountMicros":9007199254740993}'),
    test("escaped accents", '{"name":"Zo\\u00eb \\u682a"}'),
    test("escapes of printable ASCII", '{"\\u0061":"\\u0062\\/c"}'),
    test("an emoji as a pair of escapes", '{"a":"\\uD83D\\uDE00"}'),
    test("a lone high surrogate's escape in upper case", '{"a":"\\uD800"}'),
    test("a lone low surrogate's escape", '{"a":"\\udfff!"}'),
    test("escapes of control characters", '{"a":"\\u000a\\u0008\\u001F\\u007f"}'),
    test("a repeated key", '{"a":1,"b":2,"a":3}'),
    test("index keys out of order", '{"b":1,"10":2,"9":3,"a":4,"01":5}'),
    test("__proto__", '{"__proto__":{"a":1},"b":2}'),
    test("a scalar", " 42 "),
    test("a string", ' "text" '),
    test("nested 1,024 deep", `${"[".repeat(1024)}${"]".repeat(1024)}`),
    test("a whole event, indented", JSON.stringify(company, null, 2)),
    test("a date twice is one in the canonical text, and no part of the id", `{"eventName":"a.b","eventDate":"1","eventDate":"2","record":${JSON.stringify(company.record)}}`),
  ];
}

function canonicalRefusals() {
  const test = (comment, code, ...parts) => ({ comment: `canonical: ${comment}`, flags: ["Canonical"], code, body: bytes(...parts) });
  return [
    test("byte FF in a string", "payload_not_utf8", '"', 0xff, '"'),
    test("a surrogate in UTF-8's clothing", "payload_not_utf8", '"', 0xed, 0xa0, 0x80, '"'),
    test("not JSON and then not UTF-8", "payload_not_utf8", "nope", 0xff),
    test("an empty body", "payload_not_json"),
    test("a BOM before it", "payload_not_json", BOM, "{}"),
    test("single quotes", "payload_not_json", "{'a':1}"),
    test("a trailing comma", "payload_not_json", "[1,]"),
    test("NaN, as Python prints it", "payload_not_json", '{"a": NaN}'),
    test("cut short", "payload_not_json", '{"a":'),
    test("two documents", "payload_not_json", "{}{}"),
    test("nested 1,025 deep", "payload_too_deep", "[".repeat(1025), "]".repeat(1025)),
    test("not JSON, then nested 1,025 deep", "payload_not_json", "[nope,", "[".repeat(1025)),
  ];
}

function canonicalMismatches() {
  const test = (comment, body, signed, flags = ["Canonical", "NoFallback"]) => mismatch(`canonical: ${comment}`, flags, body, signed);
  return [
    test("signed as received, with its spaces", '{"a": 1}', (timestamp, body) => `${timestamp}:${body}`),
    test("signed as received, with index keys out of order", '{"2":1,"1":2}', (timestamp, body) => `${timestamp}:${body}`),
    test("signed as received, with 1e-05", '{"a":1e-05}', (timestamp, body) => `${timestamp}:${body}`),
    test("signed as a JSON string", BODY, (timestamp, body) => `${timestamp}:${JSON.stringify(body)}`),
    test("another value", '{"a": 2}', (timestamp) => `${timestamp}:{"a":1}`, ["Canonical"]),
    test("keys in another order", '{"b":2,"a":1}', (timestamp) => `${timestamp}:{"a":1,"b":2}`, ["Canonical"]),
  ];
}

function quotedTexts() {
  const test = (comment, ...parts) => ({ comment: `json_string: ${comment}`, flags: ["JsonString"], body: bytes(...parts) });
  return [
    test("the documented example", JSON.stringify(SAMPLE_PAYLOADS.documented)),
    test("the wire's body", BODY),
    test("an empty body"),
    test("not JSON at all", "event=person.created"),
    test("quotes and backslashes", '{"a":"\\"\\\\"}'),
    test("raw control characters", Array.from({ length: 32 }, (_, value) => value)),
    test("CR LF after it", "{}\r\n"),
    test("line separators and DEL", '{"a":"\u2028\u2029\u007f/"}'),
    test("an emoji", '{"a":"😀"}'),
    test("a BOM before it", BOM, "{}"),
    test("an escape of a lone surrogate, which is text here", '{"a":"\\ud800"}'),
    test("already a JSON string", '"{}"'),
    test("indented, quoted as received", '{\n  "a": 1\n}'),
  ];
}

function quotedRefusals() {
  const test = (comment, ...parts) => ({ comment: `json_string: ${comment}`, flags: ["JsonString"], code: "payload_not_utf8", body: bytes(...parts) });
  return [
    test("byte FF", '{"a":"', 0xff, '"}'),
    test("a surrogate in UTF-8's clothing", '"', 0xed, 0xbf, 0xbf, '"'),
    test("an overlong slash", '"', 0xc0, 0xaf, '"'),
    test("a sequence cut at the end", "{}", 0xf0, 0x9f, 0x98),
  ];
}

function quotedMismatches() {
  const test = (comment, body, signed) => mismatch(`json_string: ${comment}`, ["JsonString", "NoFallback"], body, signed);
  return [
    test("signed as received", BODY, (timestamp, body) => `${timestamp}:${body}`),
    test("signed as quoted without the outer quotes", BODY, (timestamp, body) => `${timestamp}:${JSON.stringify(body).slice(1, -1)}`),
    test("signed as quoted twice", BODY, (timestamp, body) => `${timestamp}:${JSON.stringify(JSON.stringify(body))}`),
    test("signed as its canonical text, quoted", '{"a": 1}', (timestamp) => `${timestamp}:${JSON.stringify('{"a":1}')}`),
    test("quoted with escapes beyond ASCII", '{"a":"é"}', (timestamp, body) => `${timestamp}:${pythonDumps(body)}`),
  ];
}

function rawMismatches() {
  const test = (comment, body, signed) => mismatch(`raw: ${comment}`, ["NoFallback"], body, signed);
  return [
    test("signed as its canonical text", '{"a": 1}', (timestamp) => `${timestamp}:{"a":1}`),
    test("signed as a JSON string", BODY, (timestamp, body) => `${timestamp}:${JSON.stringify(body)}`),
    test("signed as the documented example has it", JSON.stringify(SAMPLE_PAYLOADS.documented), (timestamp, body) => `${timestamp}:${JSON.stringify(body)}`),
  ];
}

function mismatch(comment, flags, body, signed) {
  const signature = ({ timestamp, key, body: received }) => hmacHex(key, signed(timestamp, received.toString("utf8")));
  return { comment, flags, code: "signature_mismatch", body, signature };
}
