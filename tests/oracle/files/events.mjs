import { hex, sha256Hex } from "../shared/bytes.mjs";
import { deliveryId } from "../shared/delivery_id.mjs";
import { normalizedEvent } from "../shared/event_table.mjs";
import { vectorFile } from "../shared/vector_file.mjs";
import { eventEdges } from "../cases/events_edges.mjs";
import { eventIds } from "../cases/events_ids.mjs";
import { eventKinds } from "../cases/events_kinds.mjs";
import { eventNames } from "../cases/events_names.mjs";
import { eventTypes } from "../cases/events_types.mjs";

const NOTES = {
  Record: "The record envelope of today.",
  Era: "A record envelope of an older era.",
  Metadata: "The metadata envelope.",
  Documented: "The envelope that only the documentation knows.",
  Unknown: "A payload of no known envelope: it is kept whole.",
  Name: "How names are taken apart and made today's.",
  WrongType: "An optional field of a wrong type is null.",
  Precedence: "A payload that looks like more than one envelope; the first match counts.",
  RepeatedKey: "Of a repeated key the last counts.",
  Escape: "Escapes in keys and texts.",
  Surrogate: "Unpaired surrogates, as escapes.",
  Number: "Numbers that other parsers change.",
  Depth: "At most 256 containers inside one another.",
  NotJson: "A payload that is no JSON text.",
  Id: "What is left out of the id: the value of the date of an event that has a record id and names its version.",
};

export function eventsFile() {
  return vectorFile(NOTES, [
    { tests: eventKinds().map(eventTest) },
    { tests: eventNames().map(eventTest) },
    { tests: eventTypes().map(eventTest) },
    { tests: eventEdges().map(eventTest) },
    { tests: eventIds().map(eventTest) },
  ]);
}

// `kind` (and `name` and `identity`, what the id is the hash of, where given) is the claim of whoever wrote the case.
function eventTest({ comment, flags, payload, kind, name, identity }) {
  const event = normalizedEvent(payload);
  if (event.kind !== kind) throw new Error(`${comment}: claimed ${kind}, the table says ${event.kind}`);
  if (name !== undefined && event.name !== name) throw new Error(`${comment}: claimed ${name}, the table says ${event.name}`);
  const id = deliveryId(payload);
  if (identity !== undefined && id !== sha256Hex(identity)) throw new Error(`${comment}: it is not the hash of ${identity}`);
  return { comment, flags, payloadHex: hex(payload), result: "valid", code: null, eventHex: hex(JSON.stringify(event)), id };
}
