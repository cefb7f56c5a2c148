import { kindOf } from "./body.js";
import type { Company, Note, Opportunity, Person, StandardRecord, Task, Attachment, WorkspaceMember } from "./records.js";

/**
 * The records of each object, by the object's name. Add your own:
 *
 * ```ts
 * declare module "twenty-webhook" {
 *   interface Records { rocket: Rocket }
 * }
 * ```
 */
export interface Records {
  attachment: Attachment;
  company: Company;
  note: Note;
  opportunity: Opportunity;
  person: Person;
  task: Task;
  workspaceMember: WorkspaceMember;
}

/** What happens to records; unknown actions pass through as text. */
export type Action = "created" | "updated" | "deleted" | "destroyed" | "restored" | "upserted";

/** What a payload says, whichever envelope it came in. */
export type WebhookEvent = RecordEvent | MetadataEvent | UnknownEvent;

interface CommonFields {
  /** When it happened, as sent; not when it was sent. */
  occurredAt: string | null;
  workspaceId: string | null;
  /** The subscription's, the same on every delivery. */
  webhookId: string | null;
  userId: string | null;
  workspaceMemberId: string | null;
  objectMetadataId: string | null;
  targetUrl: string | null;
  recordId: string | null;
  /** Names of changed fields; empty when absent. */
  updatedFields: string[];
}

/** Something happened to a record. */
export interface RecordEvent<Name extends string = string, Entry = StandardRecord> extends CommonFields {
  kind: "record";
  name: Name;
  object: string;
  action: string;
  /** The state after the change; before it for `destroyed`. */
  record: Entry;
  metadataName: null;
  properties: null;
  payload: null;
}

/** Something happened to the workspace's data model or settings. */
export interface MetadataEvent<Name extends string = string> extends CommonFields {
  kind: "metadata";
  name: Name | null;
  object: null;
  action: string | null;
  record: null;
  metadataName: string;
  properties: { before?: unknown; after?: unknown; updatedFields?: unknown; diff?: unknown; [key: string]: unknown } | null;
  payload: null;
}

/** Authentic, of a shape not known here. */
export interface UnknownEvent extends CommonFields {
  kind: "unknown";
  name: null;
  object: null;
  action: null;
  record: null;
  metadataName: null;
  properties: null;
  /** The whole payload; `null` where it is not JSON, or nested deeper than 256 levels. */
  payload: unknown;
}

/** @internal The event whose fields an engine gave, in the core's order, as a JSON array: read in half the time of an object. */
export function eventOf(fields: string): WebhookEvent {
  const values = JSON.parse(fields) as unknown[];
  return {
    kind: values[0],
    name: values[1],
    object: values[2],
    action: values[3],
    record: values[4],
    updatedFields: values[5],
    occurredAt: values[6],
    workspaceId: values[7],
    webhookId: values[8],
    userId: values[9],
    workspaceMemberId: values[10],
    objectMetadataId: values[11],
    targetUrl: values[12],
    metadataName: values[13],
    recordId: values[14],
    properties: values[15],
    payload: values[16],
  } as WebhookEvent;
}

/** @internal What a pattern is matched against. */
export function kindAndName(event: unknown): { kind: string; name: string | undefined } {
  if (typeof event !== "object" || event === null) throw new TypeError(`event must be one, not ${kindOf(event)}`);
  let kind: unknown, name: unknown;
  try {
    ({ kind, name } = event as { kind?: unknown; name?: unknown });
  } catch (cause) {
    throw new TypeError("event could not be read", { cause });
  }
  if (typeof kind !== "string" || (name !== null && name !== undefined && typeof name !== "string")) {
    throw new TypeError("event must be one that a delivery gave: its kind is text, its name text or null");
  }
  return { kind, name: name ?? undefined };
}

/** The events a pattern matches: `person.created`, `*.created`, `person.*`, `metadata.*.*`, `*.*`. */
export type EventMatching<Pattern extends string> = string extends Pattern
  ? WebhookEvent
  : Pattern extends "*.*"
    ? RecordEvent | MetadataEvent
    : Pattern extends `metadata.${infer Name}.${infer Operation}`
      ? MetadataEvent<`metadata.${AnyOr<Name>}.${AnyOr<Operation>}`>
      : Pattern extends `${infer Name}.${infer Verb}`
        ? Name extends keyof Records
          ? RecordEvent<`${Name}.${AnyOr<Verb>}`, Records[Name]>
          : RecordEvent<`${AnyOr<Name>}.${AnyOr<Verb>}`>
        : never;

type AnyOr<Part extends string> = Part extends "*" ? string : Part;
