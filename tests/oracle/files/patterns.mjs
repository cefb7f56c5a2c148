import { bytes, hex } from "../shared/bytes.mjs";
import { normalizedEvent } from "../shared/event_table.mjs";
import { matchesPattern } from "../shared/pattern_rule.mjs";
import { vectorFile } from "../shared/vector_file.mjs";

const NOTES = {
  Record: "Patterns of record events: obj.act, *.act, obj.*, *.*",
  Era: "A pattern speaks of today's name, whatever era the payload is of.",
  Metadata: "Patterns of metadata events: *.* always, and three parts where the name has three.",
  Unknown: "An unknown event matches nothing.",
  NoPattern: "Texts that are no pattern match nothing.",
};
const PERSON = { eventName: "person.created", record: { id: "1" } };
const METADATA = { eventName: "metadata.objectMetadata.updated", event: { metadataName: "objectMetadata" } };
const NO_PATTERNS = ["", "*", ".", "..", "*.", ".*", "*.*.*", "**", "*.**", "person", "created", "person.", ".created",
  "person.created.x", "person.created.", " person.created", "person.created ", "person .created", "person,created",
  "person/created", "per*.created", "person.cre*", "?.created", "person|company.created", "*.*\n"];

export function patternsFile() {
  return vectorFile(NOTES, [{ tests: records() }, { tests: eras() }, { tests: metadata() }, { tests: unknown() }]);
}

function records() {
  const custom = { eventName: "rocket.ignited", record: {} };
  const starred = { eventName: "*.created", record: {} };
  return [
    ...matching("Record", PERSON, ["person.created", "*.created", "person.*", "*.*"]),
    ...failing("Record", PERSON, ["person.updated", "company.created", "*.updated", "company.*", "Person.created", "person.Created",
      "PERSON.CREATED", "person.create", "create.person", "created.person", "person.CREATED", "persons.created",
      "perso.created"]),
    ...failing("Record", PERSON, ["metadata.person.created", "metadata.*.*", "metadata.*.created"]),
    ...failing("NoPattern", PERSON, NO_PATTERNS),
    ...matching("Record", custom, ["rocket.ignited", "*.ignited", "rocket.*", "*.*"]),
    ...failing("Record", custom, ["rocket.created", "*.created"]),
    ...matching("Record", starred, ["*.created", "*.*"]),
    ...failing("Record", starred, ["person.created", "person.*"]),
    ...matching("Record", { eventName: "ödland.created", record: {} }, ["ödland.created", "ödland.*"]),
    ...failing("Record", { eventName: "ödland.created", record: {} }, ["o\u0308dland.created", "Ödland.created"]),
  ];
}

function eras() {
  const documented = { event: "person.created", data: {}, timestamp: "t" };
  const verb = { eventName: "person.create", record: {} };
  const eventType = { eventType: "create.person", record: {} };
  const upperCase = { eventName: "person.CREATED", record: {} };
  return [documented, verb, eventType, upperCase].flatMap((payload) => [
    ...matching("Era", payload, ["person.created", "*.created", "person.*", "*.*"]),
    ...failing("Era", payload, ["person.create", "create.person", "person.CREATED", "create.*", "*"]),
  ]);
}

function metadata() {
  const named = (eventName) => ({ ...METADATA, eventName });
  const oneStar = "*.*";
  return [
    ...matching("Metadata", METADATA, ["*.*", "metadata.objectMetadata.updated", "metadata.*.updated", "metadata.objectMetadata.*", "metadata.*.*"]),
    ...failing("Metadata", METADATA, ["metadata.objectMetadata.created", "metadata.fieldMetadata.updated", "metadata.*.created",
      "metadata.fieldMetadata.*", "*.objectMetadata.updated", "*.*.*", "*.*.updated"]),
    ...failing("Metadata", METADATA, ["Metadata.*.*", "metadata.objectmetadata.updated", "metadata.objectMetadata.UPDATED",
      "metadata.objectMetadata", "metadata.objectMetadata.updated.x", "metadata.*", "*.updated", "objectMetadata.updated",
      "objectMetadata.*", "metadata.*.*.*", "metadata..", "*", ""]),
    ...matching("Metadata", named("objectMetadata.updated"), [oneStar]),
    ...failing("Metadata", named("objectMetadata.updated"), ["objectMetadata.updated", "*.updated", "objectMetadata.*",
      "metadata.*.*", "metadata.objectMetadata.updated"]),
    ...matching("Metadata", named("metadata.a.b.c"), [oneStar]),
    ...failing("Metadata", named("metadata.a.b.c"), ["metadata.a.b.c", "metadata.*.*", "metadata.a.b", "metadata.*.c"]),
    ...matching("Metadata", named(null), [oneStar]),
    ...failing("Metadata", named(null), ["metadata.*.*", "metadata.objectMetadata.updated", "null.null.null"]),
    ...matching("Metadata", named("other.a.b"), [oneStar]),
    ...failing("Metadata", named("other.a.b"), ["metadata.*.*", "metadata.a.b", "other.a.b", "other.*.*", "*.a.b"]),
    ...matching("Metadata", named("metadata.view.created"), ["metadata.view.*"]),
  ];
}

function unknown() {
  const shapes = [{ eventName: "person.created" }, { eventName: "metadata.view.created" }, { event: "person.created" }, null, [PERSON], "person.created"];
  return [
    ...shapes.flatMap((payload) => failing("Unknown", payload, ["*.*", "person.created", "person.*", "metadata.*.*", "*", ""])),
    ...["not json", ""].flatMap((text) => ["*.*", "*", ""].map((pattern) => patternTest("Unknown", bytes(text), pattern, false))),
  ];
}

function matching(flag, payload, patterns) {
  return patterns.map((pattern) => patternTest(flag, bytes(JSON.stringify(payload)), pattern, true));
}

function failing(flag, payload, patterns) {
  return patterns.map((pattern) => patternTest(flag, bytes(JSON.stringify(payload)), pattern, false));
}

function patternTest(flag, payload, pattern, matches) {
  const event = normalizedEvent(payload);
  const comment = `${event.kind} ${event.name ?? "without a name"}: ${JSON.stringify(pattern)}`;
  if (matchesPattern(event, pattern) !== matches) throw new Error(`${comment}: claimed ${matches}`);
  return { comment, flags: [flag], payloadHex: hex(payload), pattern, result: "valid", code: null, matches };
}
