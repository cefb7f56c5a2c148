import { kindOf } from "./body.js";
import type { Records, StandardRecord } from "./records.js";

/** What happens to records; other actions pass through as text. */
export type Action = "created" | "updated" | "deleted" | "destroyed" | "restored";

/** What a payload says, whichever envelope it came in. `event.name === "person.created"` narrows it, and `switch` does. */
export type WebhookEvent = KnownRecordEvent<Action> | RecordEvent<string, OtherRecord> | MetadataEvent | UnknownEvent;

// <generated> `cargo xtask generate` writes this part from schema/src/event.rs: change that, not this.
interface CommonFields {
  /**
   * The names of the top-level fields that changed; a metadata event lists them among its properties. Empty where the
   * payload has none.
   */
  updatedFields: string[];
  /**
   * When the change was queued, as sent: an ISO 8601 date. All records of a batch share it, and on a busy server it can
   * be an hour old, so it says nothing about freshness.
   */
  occurredAt: string | null;
  /** The workspace it happened in. */
  workspaceId: string | null;
  /** The subscription, the same for each of its deliveries: it does not tell them apart. */
  webhookId: string | null;
  /** Who did it; absent for writes by API keys and by the system. */
  userId: string | null;
  /** The same person as a member of the workspace; absent likewise. */
  workspaceMemberId: string | null;
  /** The id of the object's definition. */
  objectMetadataId: string | null;
  /** The URL Twenty was told to deliver to, with its query: a token in there is in every payload. */
  targetUrl: string | null;
  /** The id of the record, or of what a metadata event is about. */
  recordId: string | null;
}

function named(values: unknown[]) {
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
  } satisfies Record<keyof WebhookEvent, unknown>;
}
// </generated>

/** Something happened to a record. */
export interface RecordEvent<
  Name extends string = string,
  Entry = StandardRecord,
  ObjectName extends string = string,
  Verb extends string = Action | AnyText,
> extends CommonFields {
  kind: "record";
  name: Name;
  object: ObjectName;
  action: Verb;
  /** The state after the change; before it for `destroyed`. */
  record: Entry;
  metadataName: null;
  properties: null;
  payload: null;
}

/** Something happened to the workspace's data model or settings. */
export interface MetadataEvent<Name extends string = `metadata.${string}`> extends CommonFields {
  kind: "metadata";
  name: Name | null;
  object: null;
  action: Action | AnyText | null;
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
  return named(JSON.parse(fields) as unknown[]) as WebhookEvent;
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

/** The patterns that editors complete; any other text can be one, too. */
export type KnownPattern = `${keyof Records | "*"}.${Action | "*"}` | "metadata.*.*";

/** The events a pattern matches: `person.created`, `*.created`, `person.*`, `metadata.*.*`, `*.*`. */
export type EventMatching<Pattern extends string> = string extends Pattern
  ? WebhookEvent
  : Pattern extends "*.*"
    ? Exclude<WebhookEvent, UnknownEvent>
    : Pattern extends `metadata.${infer Name}.${infer Operation}`
      ? MetadataEvent<`metadata.${AnyOr<Name>}.${AnyOr<Operation>}`>
      : Pattern extends `*.${infer Verb}`
        ? KnownRecordEvent<Verb> | RecordEvent<`${string}.${Verb}`, OtherRecord, string, Verb>
        : Pattern extends `${infer Name}.${infer Verb}`
          ? RecordEvent<`${Name}.${AnyOr<Verb>}`, Name extends keyof Records ? Records[Name] : StandardRecord, Name, KnownOr<Verb>>
          : never;

type AnyOr<Part extends string> = Part extends "*" ? string : Part;
type KnownOr<Verb extends string> = Verb extends "*" ? Action | AnyText : Verb;

/** The events of each object in `Records`, told apart by its name. */
type KnownRecordEvent<Verb extends string> = { [Name in keyof Records]: RecordEvent<`${Name}.${Verb}`, Records[Name], Name, Verb> }[keyof Records];

/**
 * A record of an object that `Records` does not have, in an event that was told apart by its name. A field is taken for what
 * the objects in `Records` have under its name, because TypeScript cannot say "any name but these"; others are `unknown`.
 */
export type OtherRecord = StandardRecord & Every<Records[keyof Records]>;

type Every<Union> = (Union extends unknown ? (one: Union) => void : never) extends (one: infer All) => void ? All : never;

/** Text, of which editors complete what stands beside it. */
type AnyText = string & {};
