// What the id of a delivery is made of. «...» marks the value that is left out of it, by the claim of whoever wrote the case.
import { bytes } from "../shared/bytes.mjs";

const DATE = '«"2026-11-28T05:00:00.000Z"»';
const VERSION = '"updatedAt":"2026-11-28T04:59:58.123Z"';
const RECORD = `{"id":"7",${VERSION}}`;

export function eventIds() {
  return [...records(), ...spellings(), ...dates(), ...versions(), ...recordIds(), ...repetitions(), ...metadata(), ...otherEnvelopes(), ...wholes()];
}

function testOf(kind) {
  return (comment, marked) => ({ comment: `id: ${comment}`, flags: ["Id"], kind, payload: bytes(marked.replace(/[«»]/g, "")), identity: bytes(marked.replace(/«.*»/s, "")) });
}

function records() {
  const test = testOf("record");
  return [
    test("a change", `{"eventName":"person.updated","workspaceId":"w","eventDate":${DATE},"record":${RECORD}}`),
    test("the same change, sent again with another date", `{"eventName":"person.updated","workspaceId":"w","eventDate":«"2026-11-28T05:03:00.000Z"»,"record":${RECORD}}`),
    test("the next change of the same record", `{"eventName":"person.updated","workspaceId":"w","eventDate":${DATE},"record":{"id":"7","updatedAt":"2026-11-28T05:00:01.000Z"}}`),
    test("the date comes first", `{"eventDate":${DATE},"eventName":"person.updated","record":${RECORD}}`),
    test("the date comes last", `{"eventName":"person.updated","record":${RECORD},"eventDate":${DATE}}`),
    test("without a date", `{"eventName":"person.updated","record":${RECORD}}`),
    test("a date in the record is part of it", `{"eventName":"person.updated","eventDate":${DATE},"record":{"id":"7","eventDate":"2026-11-28T05:00:00.000Z",${VERSION}}}`),
    test("a date in the record alone", `{"eventName":"person.updated","record":{"id":"7","eventDate":"2026-11-28T05:00:00.000Z",${VERSION}}}`),
    test("a date in another member", `{"eventName":"person.updated","extra":{"eventDate":"x"},"list":[{"eventDate":"y"}],"eventDate":${DATE},"record":${RECORD}}`),
  ];
}

function spellings() {
  const test = testOf("record");
  return [
    test("the name of the date in escapes", `{"eventName":"a.b","\\u0065vent\\u0044ate":${DATE},"record":${RECORD}}`),
    test("the names of the record, its id and its version in escapes", `{"eventName":"a.b","eventDate":${DATE},"\\u0072ecord":{"i\\u0064":"7","updated\\u0041t":"v"}}`),
    test("names that are nearly the date's", `{"eventName":"a.b","EventDate":"x","eventdate":"y","eventDate ":"z","event\\u0000Date":"0","record":${RECORD}}`),
    test("white space around the date", `{ "eventName" : "a.b" , "eventDate" \t:\r\n ${DATE} \n, "record" : ${RECORD} } `),
    test("white space around the whole", `\n\t{"eventName":"a.b","eventDate":${DATE},"record":${RECORD}}\r\n`),
    test("escapes, quotes and brackets in the date", `{"eventName":"a.b","eventDate":«"\\"}{\\\\\\u0022]"»,"record":${RECORD}}`),
    test("an unpaired surrogate in the date", `{"eventName":"a.b","eventDate":«"\\ud800"»,"record":${RECORD}}`),
    test("unpaired surrogates around it", `{"\\udc00":"\\ud83d","eventName":"a.b","eventDate":${DATE},"record":{"id":"\\ud800","updatedAt":"\\udfff","x":"\\ud800"}}`),
    test("more bytes than characters before it, in it and after it", `{"näme":"株😀","eventName":"a.b","eventDate":«"2026 年 😀"»,"record":{"id":"ü",${VERSION}}}`),
    test("the same change with an unpaired surrogate is another", `{"eventName":"a.b","eventDate":${DATE},"record":{"id":"7",${VERSION},"x":"\\ud801"}}`),
    test("its neighbour", `{"eventName":"a.b","eventDate":${DATE},"record":{"id":"7",${VERSION},"x":"\\ud802"}}`),
  ];
}

function dates() {
  const test = testOf("record");
  const values = ["null", "true", "1764306000000", "-0.5e+7", '""', "[]", "{}", '["x",{"y":[1]}]', '{"eventDate":"x","id":"y"}'];
  return values.map((value) => test(`a date that is ${value}`, `{"eventName":"a.b","eventDate":«${value}»,"record":${RECORD}}`));
}

function versions() {
  const test = testOf("record");
  const none = (comment, record) => test(comment, `{"eventName":"a.b","eventDate":"2026","record":${record}}`);
  const one = (comment, record) => test(comment, `{"eventName":"a.b","eventDate":«"2026"»,"record":${record}}`);
  return [
    none("no version", '{"id":"7"}'),
    none("an empty version", '{"id":"7","updatedAt":""}'),
    ...["null", "0", "true", "[]", "{}", '["x"]', '{"updatedAt":"x"}'].map((value) => none(`a version that is ${value}`, `{"id":"7","updatedAt":${value}}`)),
    none("a version of something in the record", '{"id":"7","name":{"updatedAt":"x"},"list":[{"updatedAt":"x"}]}'),
    none("a version of the record's prototype", '{"id":"7","__proto__":{"updatedAt":"x"}}'),
    none("a version beside the record", `{"id":"7"},${VERSION}`),
    none("in another case", '{"id":"7","UpdatedAt":"x","updatedat":"y","updated_at":"z"}'),
    one("a version that is no date", '{"id":"7","updatedAt":"x"}'),
    one("a version of one space", '{"id":"7","updatedAt":" "}'),
    one("a version in escapes", '{"id":"7","updatedAt":"\\u0000"}'),
    one("a version that is an unpaired surrogate", '{"id":"7","updatedAt":"\\ud800"}'),
    one("the version before the id", `{${VERSION},"id":"7"}`),
    test("a version in properties is none of the record's", `{"eventName":"a.b","eventDate":"2026","record":{"id":"7"},"event":{"properties":{"after":{${VERSION}},"before":{${VERSION}}}},"properties":{"after":{${VERSION}}}}`),
  ];
}

function recordIds() {
  const test = testOf("record");
  const none = (comment, record) => test(comment, `{"eventName":"a.b","eventDate":"2026","record":{${record}}}`);
  return [
    none("no record id", VERSION),
    none("an empty record id", `"id":"",${VERSION}`),
    ...["null", "7", "true", "[]", '{"id":"7"}'].map((value) => none(`a record id that is ${value}`, `"id":${value},${VERSION}`)),
    none("an id in another case", `"ID":"7","Id":"8",${VERSION}`),
    test("an id beside the record", `{"eventName":"a.b","eventDate":"2026","id":"7","recordId":"7","record":{${VERSION}}}`),
  ];
}

function repetitions() {
  const test = testOf("record");
  const none = (comment, members) => test(comment, `{"eventName":"a.b",${members}}`);
  return [
    none("the date twice", `"eventDate":"1","record":${RECORD},"eventDate":"2"`),
    none("the date twice, the same", `"eventDate":"1","eventDate":"1","record":${RECORD}`),
    none("the date twice, once in escapes", `"eventDate":"1","event\\u0044ate":"2","record":${RECORD}`),
    none("the date three times", `"eventDate":"1","eventDate":"2","eventDate":"3","record":${RECORD}`),
    none("the date twice, once as an object", `"eventDate":{"eventDate":"1"},"eventDate":"2","record":${RECORD}`),
    none("the record twice, the last without a version", `"eventDate":"1","record":${RECORD},"record":{"id":"7"}`),
    none("the record twice, the last without an id", `"eventDate":"1","record":${RECORD},"record":{${VERSION}}`),
    none("the record twice, the last one empty", `"eventDate":"1","record":${RECORD},"record":{}`),
    none("the version twice, the last one empty", '"eventDate":"1","record":{"id":"7","updatedAt":"x","updatedAt":""}'),
    none("the id twice, the last one no text", `"eventDate":"1","record":{"id":"7","id":7,${VERSION}}`),
    test("the record twice, the first without a version", `{"eventName":"a.b","eventDate":«"1"»,"record":{"id":"7"},"record":${RECORD}}`),
    test("the record twice, once in escapes", `{"eventName":"a.b","eventDate":«"1"»,"record":null,"r\\u0065cord":${RECORD}}`),
    test("the version twice, the first one empty", '{"eventName":"a.b","eventDate":«"1"»,"record":{"id":"7","updatedAt":"","updatedAt":"x"}}'),
    test("other members twice", `{"eventName":"a.b","eventName":"c.d","eventDate":«"1"»,"userId":"1","userId":"2","record":${RECORD}}`),
  ];
}

function metadata() {
  const test = testOf("metadata");
  const event = (date, properties, id = '"recordId":"9",') => `{"eventName":"metadata.view.updated","eventDate":${date},"event":{"type":"updated","metadataName":"view",${id}"properties":${properties}}}`;
  const after = `{"after":{${VERSION}}}`;
  return [
    test("metadata: a version after the change", event(DATE, after)),
    test("metadata: a version before it alone", event(DATE, `{"before":{${VERSION}}}`)),
    test("metadata: both", event(DATE, `{"before":{"updatedAt":"1"},"after":{"updatedAt":"2"}}`)),
    test("metadata: the one after the change is empty", event(DATE, '{"after":{"updatedAt":""},"before":{"updatedAt":"1"}}')),
    test("metadata: there is nothing after it", event(DATE, '{"after":null,"before":{"updatedAt":"1"}}')),
    test("metadata: names in escapes", event(DATE, '{"\\u0061fter":{"updated\\u0041t":"1"}}')),
    test("metadata: no version", event('"2026"', '{"after":{"id":"9"},"before":{"id":"9"}}')),
    test("metadata: empty versions", event('"2026"', '{"after":{"updatedAt":""},"before":{"updatedAt":""}}')),
    test("metadata: versions of a wrong type", event('"2026"', '{"after":{"updatedAt":1},"before":[{"updatedAt":"1"}]}')),
    test("metadata: no properties", event('"2026"', "null")),
    test("metadata: properties that are an array", event('"2026"', `[${after}]`)),
    test("metadata: a version of the properties themselves", event('"2026"', `{${VERSION},"diff":{${VERSION}}}`)),
    test("metadata: no record id", event('"2026"', after, "")),
    test("metadata: an empty record id", event('"2026"', after, '"recordId":"",')),
    test("metadata: the id of what changed is no record id", event('"2026"', `{"after":{"id":"9",${VERSION}}}`, "")),
    test("metadata: after twice, the last without a version", event('"2026"', `{"after":{${VERSION}},"after":{}}`)),
    test("metadata: after twice, the last with a version", event(DATE, `{"after":{},"after":{${VERSION}}}`)),
    test("metadata: properties twice, the last one empty", event('"2026"', `${after},"properties":{}`)),
    test("metadata: the event twice, the last without properties", `${event('"2026"', after).slice(0, -1)},"event":{"metadataName":"view","recordId":"9"}}`),
    test("metadata: the date twice", `${event('"2026"', after).slice(0, -1)},"eventDate":"2026"}`),
    test("metadata: a record beside it says nothing", `${event('"2026"', "{}").slice(0, -1)},"record":${RECORD}}`),
    test("metadata: two levels further down", event('"2026"', `{"after":{"x":{${VERSION}}}}`)),
  ];
}

function otherEnvelopes() {
  const test = testOf("record");
  return [
    test("the verb of 2024", `{"eventName":"person.create","eventDate":${DATE},"record":${RECORD}}`),
    test("eventType of 2024", `{"eventType":"create.person","eventDate":${DATE},"record":${RECORD}}`),
    test("a documented event, whose date has another name", `{"event":"person.created","data":${RECORD},"timestamp":"2026-11-28T05:00:00.000Z"}`),
    test("a documented event with a date of the other envelope's", `{"event":"person.created","data":${RECORD},"timestamp":"2026","eventDate":${DATE}}`),
    test("a documented event without a version", '{"event":"person.created","data":{"id":"7"},"eventDate":"2026"}'),
  ];
}

function wholes() {
  const test = testOf("unknown");
  const record = `{"eventName":"person.updated","eventDate":"2026","record":${RECORD}}`;
  return [
    test("of a name of three parts", `{"eventName":"a.b.c","eventDate":"2026","record":${RECORD}}`),
    test("without a name", `{"eventDate":"2026","record":${RECORD}}`),
    test("in an array", `[${record}]`),
    test("in a member", `{"payload":${record},"eventDate":"2026"}`),
    test("with text after it", `${record} x`),
    test("with a BOM before it", `\ufeff${record}`),
    test("cut short", record.slice(0, -1)),
    test("nested deeper than an event is read", `{"eventName":"a.b","eventDate":"2026","record":${RECORD},"extra":${"[".repeat(256)}${"]".repeat(256)}}`),
    test("a text that holds an event", JSON.stringify(record)),
  ];
}
