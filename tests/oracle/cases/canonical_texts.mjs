// Accepted documents: samples, white space, scalars, strings.
import { bytes } from "../shared/bytes.mjs";
import { pythonDumps } from "../samples/python_json.mjs";
import { SAMPLE_PAYLOADS } from "./verify_samples.mjs";

export function acceptedTexts() {
  return [...samples(), ...reserialized(), ...whiteSpace(), ...scalars(), ...empties(), ...strings(), ...surrogates()];
}

function accepted(flag) {
  return (comment, text) => ({ comment, flags: [flag], input: bytes(text) });
}

function samples() {
  const names = ["person created", "company updated", "task upserted", "eventType of 2024", "metadata updated", "documented"];
  return names.map((name) => accepted("Sample")(name, JSON.stringify(SAMPLE_PAYLOADS[name])));
}

function reserialized() {
  const test = accepted("Reserialized");
  return [
    test("company updated, by Python", pythonDumps(SAMPLE_PAYLOADS["company updated"])),
    test("task upserted, indented", JSON.stringify(SAMPLE_PAYLOADS["task upserted"], null, 2)),
    test("1e-05, 1.0 and -0.0", '{"position": 1e-05, "employees": 1.0, "zero": -0.0}'),
  ];
}

function whiteSpace() {
  const test = accepted("WhiteSpace");
  return [
    test("the four kinds before and after", " \t\r\n1\n\r\t "),
    test("in an empty array", "[ \t\r\n]"),
    test("in an empty object", "{ \t\r\n}"),
    test("around every token", ' { "a" : [ 1 , -2.50 , "x" , true , false , null , { } , [ ] ] , "b" : { "c" : 1 } } '),
    test("inside strings it stays", '[" a \u00a0 b "]'),
    test("a long run", `[1,${" ".repeat(300)}2]`),
  ];
}

function scalars() {
  const test = accepted("Scalar");
  const written = ["true", "false", "null", "0", "-0", "42", "-1.50", "1E3", '"text"', '""', '"\\""'];
  return [
    ...written.map((text) => test(text, text)),
    { comment: "an integer next to every delimiter", flags: ["Number"], input: bytes('[1,2 ,{"a":3},[4],5\n]') },
    { comment: "all literals next to every delimiter", flags: ["Literal"], input: bytes('[true,false ,{"a":null},[true],null\n]') },
  ];
}

function empties() {
  const test = accepted("Empty");
  return ["{}", "[]", "[[]]", "[{}]", '{"":{}}', '{"":""}', '{"a":[]}', "[[],[],{}]", '[""]'].map((text) => test(text, text));
}

function strings() {
  const test = accepted("String");
  const controls = Array.from({ length: 32 }, (_, value) => `\\u00${value.toString(16).padStart(2, "0")}`);
  return [
    ...['\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"].map((escape) => test(`escape ${escape}`, `"a${escape}b"`)),
    ...controls.map((escape) => test(`escape ${escape}`, `"${escape}"`)),
    test("escapes with digits in upper case", '"\\u001F\\u00E9\\u000A\\u2028"'),
    test("escapes of quotes and backslashes", '"\\u0022\\u005c\\u005C"'),
    test("escapes of printable ASCII", '"\\u0041\\u0020\\u007e\\u002f"'),
    test("DEL, raw and escaped", '"\u007f\\u007f"'),
    test("a slash, raw and escaped", '"/\\/\\u002f"'),
    test("line separators, raw and escaped", '"\u2028\u2029\\u2028\\u2029"'),
    test("C1 controls, raw and escaped", '"\u0080\u009f\\u0080\\u009f"'),
    test("no-break space, U+FEFF and U+FFFE", '"\u00a0\ufeff\ufffe\\ufeff\\uffff"'),
    test("U+FFFD, raw and escaped", '"\ufffd\\ufffd"'),
    test("the edges of UTF-8's lengths", '"\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}"'),
    test("accents, raw and escaped", '"é\\u00e9e\u0301\\u00E9"'),
    test("several scripts", '"Łódź Αθήνα Москва תל אביב القاهرة 東京 서울 😀👩‍👩‍👧"'),
    test("an escape at each end", '"\\n\\t"'),
    test("backslashes before the closing quote", '"\\\\\\\\"'),
    test("what looks like an escape after a backslash", '"\\\\u0041\\\\n"'),
    test("brackets and quotes inside", '["[{\\"]}","]"]'),
    test("escapes in keys", '{"\\u0061\\n\\/":1,"\\u00e9":2,"😀\\ud83d\\ude00":3}'),
    test("a run of 15, 16 and 17 plain characters, each before an escape", '["aaaaaaaaaaaaaaa\\n","aaaaaaaaaaaaaaaa\\n","aaaaaaaaaaaaaaaaa\\n"]'),
    test("a long plain text", `"${"abcdefghij".repeat(60)}"`),
  ];
}

function surrogates() {
  const test = accepted("Surrogate");
  return [
    test("a pair of escapes becomes its character", '"\\ud83d\\ude00"'),
    test("a pair in upper and mixed case", '"\\uD83D\\uDE00\\uD83d\\udE00"'),
    test("the first and the last pair", '"\\ud800\\udc00\\udbff\\udfff"'),
    ...["\\ud800", "\\udbff", "\\udc00", "\\udfff", "\\uD800", "\\uDFFF", "\\uDeAd"].map((escape) => test(`${escape} alone`, `"${escape}"`)),
    test("low before high", '"\\ude00\\ud83d"'),
    test("two high ones", '"\\ud83d\\ud83d"'),
    test("two low ones", '"\\ude00\\ude00"'),
    test("high, then a pair", '"\\ud800\\ud83d\\ude00"'),
    test("a pair, then low", '"\\ud83d\\ude00\\udc00"'),
    test("high, high, low, low", '"\\ud83d\\ud83d\\ude00\\ude00"'),
    test("high, then text", '"\\ud83dx\\ude00"'),
    test("high, then another escape", '"\\ud83d\\n\\ude00"'),
    test("high, then an escaped ASCII letter", '"\\ud83d\\u0041"'),
    test("high, then an escaped backslash and text", '"\\ud83d\\\\ude00"'),
    test("high, then a raw character beyond U+FFFF", '"\\ud83d😀"'),
    test("just outside the surrogates", '"\\ud7ff\\ue000"'),
    test("lone ones as keys", '{"\\ud800":1,"\\uDC00":2,"\\uD800":3}'),
    test("a key that is a pair in two spellings", '{"\\ud83d\\ude00":1,"😀":2}'),
    test("a key that ends in high, a key that starts with low", '{"a\\ud83d":1,"\\ude00a":2}'),
  ];
}
