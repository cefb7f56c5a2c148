import { kindOf } from "../body.js";
import type { Action } from "../events.js";
import type { Records, StandardRecord } from "../records.js";
import { SAMPLES } from "./samples.js";

/** The names of events, for completion: custom objects have others. */
export type SampleName = `${keyof Records & string}.${Action}` | `metadata.objectMetadata.${MetadataOperation}` | (string & {});

/** What it sends of the workspace itself. */
export type MetadataOperation = "created" | "updated" | "deleted";

/** What a payload of either kind begins with. */
interface Envelope {
  targetUrl: string;
  eventName: string;
  workspaceId: string;
  webhookId: string;
  eventDate: string;
  userId?: string;
}

/** The payload of an event of a record. */
export interface RecordPayload<Entry = StandardRecord> extends Envelope {
  objectMetadata: { id: string; nameSingular: string };
  workspaceMemberId?: string;
  record: Entry & { id: string };
  updatedFields?: string[];
}

/** The payload of an event of the workspace's data model or settings. */
export interface MetadataPayload extends Envelope {
  apiKeyId?: string;
  event: {
    type: string;
    metadataName: string;
    recordId: string;
    properties: { before?: Record<string, unknown>; after?: Record<string, unknown>; updatedFields?: string[]; diff?: Record<string, unknown> };
  };
}

/** The payload of the event of a name. */
export type SamplePayload<Name extends string> = Name extends `metadata.${string}.${string}`
  ? MetadataPayload
  : Name extends `${infer Known extends keyof Records & string}.${string}`
    ? RecordPayload<Records[Known]>
    : RecordPayload;

/**
 * A payload as the newest version of Twenty sends it, for an event of this name: of a record (`person.created`, also of custom
 * objects) or of the workspace itself (`metadata.objectMetadata.updated`).
 *
 * Each has a new record id and the time of the call, so no two are duplicates. `overrides` are merged into it, objects member
 * by member; `undefined` leaves a member out of what is sent.
 *
 * @throws {RangeError} for a name that Twenty does not send.
 */
export function sample<Name extends SampleName>(name: Name, overrides: object = {}): SamplePayload<Name> {
  if (typeof name !== "string") throw new TypeError(`name must be text, not ${kindOf(name)}`);
  if (!isObject(overrides)) throw new TypeError(`overrides must be an object, not ${kindOf(overrides)}`);
  const parts = name.split(".");
  const kind = parts.length === 3 && parts[0] === "metadata" ? parts.shift() : "record";
  const [object, action] = parts as [string, string];
  const isName = parts.length === 2 && isSent(object);
  const template = isName ? (SAMPLES[`${kind}.${object}.${action}`] ?? SAMPLES[`${kind}.${action}`]) : undefined;
  if (template === undefined) throw new RangeError(`${JSON.stringify(name.slice(0, LONGEST_SHOWN))}: ${SAMPLES.refusal}.`);
  const now = Date.now();
  const values: Record<string, string | undefined> = {
    fields: SAMPLES[`fields.${object}`] ?? SAMPLES["fields."],
    changed: SAMPLES[`changed.${object}`] ?? SAMPLES["changed."],
    name,
    object,
    id: crypto.randomUUID(),
    now: new Date(now).toISOString(),
    before: new Date(now - AN_HOUR_MS).toISOString(),
  };
  const text = template.replace(/<(\w+)>/g, (_, place: string) => values[place] as string);
  return merged(JSON.parse(text), overrides) as SamplePayload<Name>;
}

/** No object is named metadata, and nothing is sent of timelineActivity. */
function isSent(object: string): boolean {
  return /^[a-z][A-Za-z0-9]*$/.test(object) && object !== "metadata" && object !== "timelineActivity";
}

function merged(value: unknown, overrides: unknown): unknown {
  if (!isObject(overrides)) return overrides;
  const members = new Map<string, unknown>(isObject(value) ? Object.entries(value) : []);
  for (const [name, own] of Object.entries(overrides)) members.set(name, merged(members.get(name), own));
  return Object.fromEntries(members);
}

/** No array, and no date or other value of a class that has a text of its own. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Object]";
}

const AN_HOUR_MS = 3_600_000;
const LONGEST_SHOWN = 100;
