// Payloads that text tools change: repeated keys, escapes, surrogates, numbers, depth, and what is no JSON.
import { bytes } from "../shared/bytes.mjs";

const LIMIT = 256;

export function eventEdges() {
  return [...repeatedKeys(), ...escapes(), ...surrogates(), ...numbers(), ...order(), ...depths(), ...notJson()];
}

function testOf(flag) {
  return (comment, kind, text, name) => ({ comment, flags: [flag], kind, payload: bytes(text), name });
}

function repeatedKeys() {
  const test = testOf("RepeatedKey");
  return [
    test("eventName twice", "record", '{"eventName":"person.created","record":{},"eventName":"company.deleted"}', "company.deleted"),
    test("the last eventName has three parts", "unknown", '{"eventName":"person.created","record":{},"eventName":"a.b.c"}'),
    test("the first eventName has three parts", "record", '{"eventName":"a.b.c","record":{},"eventName":"person.created"}', "person.created"),
    test("record twice", "record", '{"eventName":"a.b","record":{"id":"1"},"record":{"id":"2","x":1}}'),
    test("the last record is null", "unknown", '{"eventName":"a.b","record":{"id":"1"},"record":null}'),
    test("the first record is null", "record", '{"eventName":"a.b","record":null,"record":{"id":"1"}}'),
    test("a key repeated in escapes", "record", '{"eventName":"a.b","record":{"id":"1"},"\\u0072ecord":{"id":"2"}}'),
    test("id twice in the record", "record", '{"eventName":"a.b","record":{"id":"1","a":0,"id":"2"}}'),
    test("the last id is no text", "record", '{"eventName":"a.b","record":{"id":"1","id":3}}'),
    test("workspaceId twice, the last one of a wrong type", "record", '{"workspaceId":"w","eventName":"a.b","record":{},"workspaceId":1}'),
    test("event twice", "metadata", '{"event":"a.b","data":{},"event":{"metadataName":"view","metadataName":"field"}}'),
    test("objectMetadata twice", "record", '{"eventName":"a.b","record":{},"objectMetadata":{"id":"1"},"objectMetadata":{}}'),
    test("updatedFields twice", "record", '{"eventName":"a.b","record":{},"updatedFields":["a"],"updatedFields":["b"]}'),
    test("in an unknown payload", "unknown", '{"b":1,"a":{"2":1,"1":2},"b":3}'),
  ];
}

function escapes() {
  const test = testOf("Escape");
  return [
    test("in the key eventName", "record", '{"event\\u004eame":"person.created","record":{}}', "person.created"),
    test("in every key", "record", '{"\\u0065ventName":"a.b","rec\\u006frd":{"\\u0069d":"1"},"\\u0075pdatedFields":["\\u0061"]}'),
    test("in the dot of the name", "record", '{"eventName":"person\\u002ecreated","record":{}}', "person.created"),
    test("a second dot in escapes", "unknown", '{"eventName":"person.created\\u002e","record":{}}'),
    test("in the action", "record", '{"eventName":"person.cre\\u0061te","record":{}}', "person.created"),
    test("in the verb of the old order", "record", '{"eventType":"\\u0063reate.person","record":{}}', "person.created"),
    test("in metadataName and its key", "metadata", '{"event":{"metadata\\u004eame":"vi\\u0065w"},"eventName":"metadata.view\\u002ecreated"}'),
    test("a dot after a backslash is two characters", "record", '{"eventName":"a\\\\u002e.b","record":{}}', "a\\u002e.b"),
    test("quotes and control characters in the name", "record", '{"eventName":"a\\"\\n.b\\\\","record":{}}', 'a"\n.b\\'),
    test("in values", "record", '{"eventName":"a.b","record":{"a":"\\u00e9\\/\\u0007","\\u006b":"\\ud83d\\ude00"},"targetUrl":"https:\\/\\/x"}'),
    test("raw line separators and DEL", "record", '{"eventName":"a.b","record":{"a":"\u2028\u2029\u007f"}}'),
    test("a key that is nearly eventName", "unknown", '{"eventName ":"a.b","EventName":"a.b","eventname":"a.b","event\\u0000Name":"a.b","record":{}}'),
  ];
}

function surrogates() {
  const test = testOf("Surrogate");
  return [
    test("in a text of the record", "record", '{"eventName":"a.b","record":{"a":"x\\ud800y","b":"\\uDFFF"}}'),
    test("in a key of the record", "record", '{"eventName":"a.b","record":{"\\ud800":1,"\\uD800":2}}'),
    test("in the record's id", "record", '{"eventName":"a.b","record":{"id":"\\udc00"}}'),
    test("in the event's name", "record", '{"eventName":"per\\ud800son.created","record":{}}', "per\ud800son.created"),
    test("at both sides of the name's dot", "record", '{"eventName":"\\ud83d.\\ude00","record":{}}', "\ud83d.\ude00"),
    test("in a name of the old order", "record", '{"eventType":"create.\\uD83D","record":{}}', "\ud83d.created"),
    test("in optional texts", "record", '{"eventName":"a.b","record":{},"userId":"\\ud800","targetUrl":"\\udc00\\ud800","updatedFields":["\\uDBFF"]}'),
    test("in a metadata event", "metadata", '{"eventName":"metadata.\\ud800.created","event":{"metadataName":"\\ud800","properties":{"before":"\\udfff"}}}'),
    test("in an unknown payload", "unknown", '["\\ud800",{"\\udc00":"\\ud83d\\ude00"}]'),
  ];
}

function numbers() {
  const test = testOf("Number");
  return [
    test("beyond the range", "record", '{"eventName":"a.b","record":{"big":1e400,"small":1e-400,"negative":-1e400}}'),
    test("beyond 2^53", "record", '{"eventName":"a.b","record":{"amountMicros":9007199254740993,"id":"1","n":12345678901234567890}}'),
    test("in other spellings", "record", '{"eventName":"a.b","record":{"a":1.0,"b":-0,"c":1E+2,"d":1e-05,"e":0.0000001}}'),
    test("in a metadata event", "metadata", '{"event":{"metadataName":"view","properties":{"after":{"position":1.50,"x":1e400}}}}'),
    test("alone", "unknown", "1e400"),
    test("in an unknown payload", "unknown", '{"a":[1.0,-0.0,1e21]}'),
  ];
}

function order() {
  const test = testOf("Record");
  return [
    test("index keys in the record", "record", '{"eventName":"a.b","record":{"b":1,"10":2,"9":{"z":1,"0":2}}}'),
    test("__proto__ in the record", "record", '{"eventName":"a.b","record":{"__proto__":{"id":"2"},"a":1}}'),
    test("__proto__ in the envelope gives no fields", "unknown", '{"__proto__":{"eventName":"a.b","record":{}}}'),
    test("__proto__ as the record's only source of an id", "record", '{"eventName":"a.b","record":{"__proto__":{"id":"2"}}}'),
    test("members in another order", "record", '{"record":{"id":"1"},"updatedFields":["a"],"workspaceId":"w","eventName":"a.b"}'),
    test("white space everywhere", "record", ' {\r\n\t"eventName" : "a.b" , "record" : { "id" : "1" , "list" : [ 1 , { } ] } , "updatedFields" : [ "a" , "b" ] } \n'),
  ];
}

function depths() {
  const test = testOf("Depth");
  const nested = (count) => "[".repeat(count) + "]".repeat(count);
  const record = (count) => `{"eventName":"a.b","record":{"id":"1","deep":${nested(count - 2)}}}`;
  return [
    test("a record event of 256 levels", "record", record(LIMIT)),
    test("a record event of 257 levels", "unknown", record(LIMIT + 1)),
    test("an array of 256 levels", "unknown", nested(LIMIT)),
    test("an array of 257 levels", "unknown", nested(LIMIT + 1)),
    test("257 levels in a member nobody reads", "unknown", `{"eventName":"a.b","record":{},"extra":${nested(LIMIT)}}`),
    test("256 levels in a member nobody reads", "record", `{"eventName":"a.b","record":{},"extra":${nested(LIMIT - 1)}}`),
    test("257 levels in a repeated key that is dropped", "unknown", `{"eventName":"a.b","record":${nested(LIMIT)},"record":{}}`),
    test("brackets in a text do not nest", "record", `{"eventName":"a.b","record":{"a":"${"[".repeat(260)}"}}`),
    test("many levels side by side", "record", `{"eventName":"a.b","record":{"a":[${"[[]],".repeat(130)}[]]}}`),
    test("objects of 257 levels", "unknown", `${'{"a":'.repeat(LIMIT)}{}${"}".repeat(LIMIT)}`),
    test("beyond the canonical form's limit too", "unknown", nested(1025)),
  ];
}

function notJson() {
  const test = testOf("NotJson");
  return [
    test("an empty payload", "unknown", ""),
    test("white space alone", "unknown", " \n"),
    test("a form", "unknown", "eventName=person.created"),
    test("a record event cut short", "unknown", '{"eventName":"person.created","record":{"id":"1"}'),
    test("text after the document", "unknown", '{"eventName":"person.created","record":{}} x'),
    test("a BOM before it", "unknown", '\ufeff{"eventName":"person.created","record":{}}'),
    test("single quotes", "unknown", "{'eventName':'person.created','record':{}}"),
    test("a trailing comma", "unknown", '{"eventName":"person.created","record":{},}'),
    test("a raw control character", "unknown", '{"eventName":"person.created","record":{"a":"\n"}}'),
    test("NaN", "unknown", '{"eventName":"person.created","record":{"a":NaN}}'),
    test("not UTF-8 in the record", "unknown", bytes('{"eventName":"person.created","record":{"a":"', 0xff, '"}}')),
    test("a surrogate in UTF-8's clothing", "unknown", bytes('{"eventName":"person.created","record":{"a":"', 0xed, 0xa0, 0x80, '"}}')),
  ];
}
